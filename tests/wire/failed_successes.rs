//! Successes whose object says that the call has failed.

use connectors_client::{
    ByteStream, ErrorClass, ErrorKind, FromResponse, JsonArray, JsonLines, Text, api_client,
};
use serde::Deserialize;
use support::server::{Reply, Server};

use crate::{client, whole};

#[derive(Debug, Deserialize)]
struct Channel {
    id: String,
}

#[derive(Debug, PartialEq, ErrorClass)]
enum Class {
    #[status(400)]
    BadRequest,
    #[status(429)]
    TooMany,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Job {
    state: String,
}

#[derive(Debug, FromResponse)]
struct Headed {
    #[header("X-Total")]
    total: u8,
    #[body]
    channel: Channel,
}

#[api_client(error = Class, failed(ok = false), envelope = "channel")]
trait Chat {
    #[get("channels/<id>")]
    async fn channel(&self, id: &str) -> Channel;

    #[post("messages")]
    async fn post(&self, text: &str);

    #[get("headed")]
    async fn headed(&self) -> Headed;

    #[get("own", failed(error), envelope = none)]
    async fn own(&self) -> bytes::Bytes;

    #[get("lines", done(end = true))]
    async fn lines(&self) -> JsonLines<serde_json::Value>;

    #[get("job", envelope = none, poll(every = "1s"), done(state = "done"), failed(state = "lost"))]
    async fn job(&self) -> Job;

    #[get("members", envelope = "members")]
    async fn members(&self) -> JsonArray<Channel>;

    #[get("all", envelope = none, failed(ok = false), failed(error))]
    async fn all(&self) -> JsonArray<Channel>;

    #[get("file", envelope = none)]
    async fn file(&self) -> ByteStream;

    #[head("channels/<id>", none_on = 404)]
    async fn exists(&self, id: &str) -> Option<()>;
}

fn chat(replies: impl IntoIterator<Item = Reply>) -> (Server, ChatClient) {
    let server = Server::start(replies);
    let chat = ChatClient::new(client(&server));
    (server, chat)
}

const SLACK: &str = r#"{"ok": false, "error": "channel_not_found"}"#;
const TELEGRAM: &str =
    r#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#;

#[tokio::test]
async fn a_failure_in_a_success_is_the_error_of_the_call() {
    let (server, chat) = chat([
        Reply::json(200, SLACK),
        Reply::json(200, TELEGRAM),
        Reply::json(200, r#"{"ok": true, "channel": {"id": "c"}}"#),
    ]);
    let slack = chat.channel("c 1").await.unwrap_err();
    assert_eq!((slack.kind(), slack.message()), (ErrorKind::Api, Some("channel_not_found")));
    assert_eq!((slack.status().unwrap().as_u16(), slack.class::<Class>()), (200, None));
    assert_eq!(slack.body().unwrap(), SLACK);
    assert!(slack.may_have_executed() && slack.attempts() == 1);
    let telegram = chat.post("hi").await.unwrap_err();
    assert_eq!(telegram.message(), Some("Bad Request: chat not found"));
    assert_eq!(telegram.class::<Class>(), Some(Class::BadRequest));
    assert_eq!(chat.with_raw_response().channel("c").await.unwrap().data.id, "c");
    assert_eq!(
        whole(&server.requests()[0]),
        "GET /channels/c%201 HTTP/1.1\naccept: application/json\nauthorization: Bearer test-token\n\
         accept-encoding: gzip\n\n"
    );
}

#[tokio::test]
async fn all_ways_to_read_a_response_find_the_failure() {
    let (_server, chat) = chat([
        Reply::json(200, SLACK).header("X-Total", "1"),
        Reply::json(200, r#"{"ok": false}"#),
        Reply::json(200, r#"{"error": "x"}"#),
        Reply::text(200, "application/x-ndjson", "{\"ok\": true}\n{\"ok\": false}\n"),
        Reply::empty(404),
        Reply::json(200, r#"{"ok": true, "channel": {"id": "d"}}"#).header("X-Total", "7"),
    ]);
    assert_eq!(chat.headed().await.unwrap_err().kind(), ErrorKind::Api);
    // The endpoint has a mark of its own.
    assert_eq!(chat.own().await.unwrap(), r#"{"ok": false}"#);
    assert_eq!(chat.own().await.unwrap_err().message(), Some("x"));
    let mut lines = chat.lines().await.unwrap();
    lines.next().await.unwrap().unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 500));
    assert_eq!(chat.exists("c").await.unwrap(), None);
    let headed = chat.headed().await.unwrap();
    assert_eq!((headed.total, headed.channel.id.as_str()), (7, "d"));
}

#[tokio::test]
async fn a_failure_is_not_retried_even_if_it_names_a_status_that_is() {
    let (server, chat) = chat([Reply::json(200, r#"{"ok": false, "error_code": 429}"#)]);
    let error = chat.channel("c").await.unwrap_err();
    assert_eq!((error.class::<Class>(), error.attempts()), (Some(Class::TooMany), 1));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_failed_response_ends_polling_and_so_does_a_failed_state() {
    let (_server, chat) = chat([
        Reply::json(200, r#"{"ok": true, "state": "running"}"#),
        Reply::json(200, r#"{"ok": false, "error": "gone", "state": "done"}"#),
        Reply::json(200, r#"{"state": "lost"}"#),
        Reply::json(200, r#"{"state": "done"}"#),
    ]);
    assert_eq!(chat.job().poll().await.unwrap_err().message(), Some("gone"));
    assert_eq!(chat.job().poll().await.unwrap_err().kind(), ErrorKind::Api);
    assert_eq!(chat.job().poll().await.unwrap(), Job { state: "done".to_owned() });
}

#[api_client]
trait Texts {
    #[get("text")]
    async fn string(&self) -> String;

    #[get("text")]
    async fn text(&self) -> Text;
}

#[tokio::test]
async fn a_string_is_json_and_the_error_of_a_text_names_the_type_that_reads_it() {
    let server = Server::start([
        Reply::text(200, "text/plain", "pong"),
        Reply::text(200, "text/csv", "a,b"),
        Reply::text(200, "text/plain", "\"pong\""),
        Reply::text(200, "text/plain", "pong"),
    ]);
    let texts = TextsClient::new(client(&server));
    for media_type in ["text/plain` (4 bytes)", "text/csv` (3 bytes)"] {
        let error = texts.string().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let expected =
            format!("the response is `{media_type}, not JSON (the return type `Text` reads it)");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    assert_eq!(texts.string().await.unwrap(), "pong");
    assert_eq!(texts.text().await.unwrap().as_str(), "pong");
}

async fn read(mut channels: JsonArray<Channel>) -> (Vec<String>, Option<connectors_client::Error>) {
    let mut ids = Vec::new();
    while let Some(channel) = channels.next().await {
        match channel {
            Ok(channel) => ids.push(channel.id),
            Err(error) => return (ids, Some(error)),
        }
    }
    (ids, None)
}

#[tokio::test]
async fn a_failure_in_place_of_an_array_is_the_error_of_the_stream() {
    let failed = |error: &connectors_client::Error| {
        (error.kind(), error.message().map(str::to_owned), error.status().unwrap().as_u16())
    };
    let expected = (ErrorKind::Api, Some("channel_not_found".to_owned()), 500);
    for body in [
        SLACK,
        r#"{"ok": false, "members": null, "error": "channel_not_found"}"#,
        r#"{"ok": false, "members": [], "error": "channel_not_found"}"#,
        r#"{"members": [], "error": "channel_not_found", "ok": false}"#,
    ] {
        for reply in [Reply::json(200, body), Reply::json(200, body).chunked([7, 2, 5])] {
            let (_server, chat) = chat([reply]);
            let (ids, error) = read(chat.members().await.unwrap()).await;
            let error = error.unwrap_or_else(|| panic!("{body}"));
            assert_eq!((ids.len(), failed(&error)), (0, expected.clone()), "{body}");
        }
    }
    let (_server, chat) = chat([Reply::json(200, SLACK)]);
    let (_, error) = read(chat.all().await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!(failed(&error), expected);
    assert_eq!(error.body().unwrap(), SLACK);
    // An object that says nothing of a failure is still not an array.
    let (_server, chat) = self::chat([Reply::json(200, r#"{"id": "c"}"#)]);
    let (_, error) = read(chat.all().await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!(
        (error.kind(), error.excerpt().unwrap()),
        (ErrorKind::Decode, r#"{"id": "c"}"#.into())
    );
}

#[tokio::test]
async fn an_item_of_an_array_with_an_error_of_its_own_is_an_item() {
    let items = r#"[{"id": "a"}, {"id": "b", "error": {"code": 1}, "ok": false}, {"id": "c"}]"#;
    let enveloped = format!(r#"{{"ok": true, "members": {items}, "next": null}}"#);
    let (_server, chat) = chat([Reply::json(200, items), Reply::json(200, &enveloped)]);
    for channels in [chat.all().await.unwrap(), chat.members().await.unwrap()] {
        let (ids, error) = read(channels).await;
        assert_eq!(ids, ["a", "b", "c"], "{error:?}");
        assert!(error.is_none());
    }
}

/// The content of a download is the caller's, also if it looks like a failure.
#[tokio::test]
async fn the_bytes_of_a_download_are_not_searched_for_a_failure() {
    let (_server, chat) = chat([Reply::json(200, SLACK)]);
    let mut file = chat.file().await.unwrap();
    assert_eq!(file.next().await.unwrap().unwrap(), SLACK);
}
