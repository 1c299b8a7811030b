//! Streams as return types: requests, items, ends and errors.

use std::time::{Duration, Instant};

use bytes::Bytes;
use connectors_client::{
    ByteStream, Client, Error, ErrorClass, ErrorKind, Event, EventStream, HttpResponse, JsonLines,
    RequestOptions, ServerSentEvent, api_client,
};
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Reply, Server};

#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Item {
    n: u64,
}

#[derive(Debug, ErrorClass, PartialEq)]
enum Problem {
    #[status(429)]
    TooManyRequests,
    #[status(other)]
    Other,
}

/// A stream and a header of its response.
#[derive(Debug, connectors_client::FromResponse)]
struct Feed {
    #[header("X-Feed")]
    feed: String,
    #[body]
    events: EventStream<Item>,
}

#[derive(Debug, connectors_client::FromResponse)]
enum Answer {
    #[status(200)]
    Streamed(JsonLines<Item>),
    #[status(202)]
    Later(Item),
}

#[derive(Debug, PartialEq, connectors_client::FromEvent)]
enum Named {
    #[event("tick", "tock")]
    Tick(Item),
    #[event("bye")]
    Bye,
    #[event(other)]
    Other(ServerSentEvent),
}

#[derive(Debug, PartialEq, connectors_client::OpenUnion)]
#[open_union(tag = "kind", rename_all = "snake_case")]
enum Kind {
    Tick(Item),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

const DONE: &str = "[DONE]";

#[api_client(error = Problem)]
trait Streams {
    #[get("events")]
    async fn events(&self) -> EventStream<Item>;

    #[post("chat", done = DONE, done(type = "message-end"), failed(error), failed(type = "error"))]
    async fn chat(&self, message: &str) -> EventStream<serde_json::Value>;

    #[get("raw")]
    async fn raw(&self) -> EventStream<ServerSentEvent>;

    #[get("named")]
    async fn named(&self) -> EventStream<Event<Named>>;

    #[get("kinds")]
    async fn kinds(&self) -> JsonLines<Kind>;

    #[get("lines")]
    async fn lines(&self) -> JsonLines<Item>;

    #[get("skipped", on_invalid_item = skip)]
    async fn skipped(&self) -> JsonLines<Item>;

    #[get("failing", done("event-type" = "end"), failed(message), failed("event-type" = "failed"))]
    async fn failing(&self) -> JsonLines<serde_json::Value>;

    #[get("ended", done("event-type" = "end"))]
    async fn ended(&self) -> JsonLines<serde_json::Value>;

    #[get("feed", done = "[DONE]", resume)]
    async fn feed(&self) -> Feed;

    #[get("answer")]
    async fn answer(&self) -> Answer;

    #[get("bytes")]
    async fn bytes(&self) -> ByteStream;

    #[get("resumed", resume, done = "[DONE]")]
    async fn resumed(&self) -> EventStream<Item>;

    #[get("closed", done(closed = true))]
    async fn closed(&self) -> EventStream<Item>;

    #[post("resumed", resume, idempotent)]
    async fn resumed_post(&self) -> EventStream<Item>;
}

fn client(server: &Server) -> Client {
    support::client(server.url()).env_proxies(false).clock(TestClock::new()).build().unwrap()
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, StreamsClient) {
    let server = Server::start(replies);
    let client = StreamsClient::new(client(&server));
    (server, client)
}

fn events(text: &str) -> Reply {
    Reply::text(200, "text/event-stream; charset=utf-8", text).chunked([7])
}

/// The events without chunked framing, so a test can count the bytes sent.
fn plain(text: &str) -> Reply {
    Reply::text(200, "text/event-stream", text)
}

fn lines(text: &str) -> Reply {
    Reply::text(200, "application/x-ndjson", text).chunked([5])
}

/// Reads the whole stream. Returns its items and the error that ends it, if any.
async fn all<T>(
    mut stream: impl Stream<Item = Result<T, Error>> + Unpin,
) -> (Vec<T>, Option<Error>) {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(error) => {
                assert!(stream.next().await.is_none(), "a stream is fused after its error");
                return (items, Some(error));
            }
        }
    }
    assert!(stream.next().await.is_none(), "a stream is fused after its end");
    (items, None)
}

fn item(n: u64) -> Item {
    Item { n }
}

fn is_send_unpin<T: Send + Unpin + 'static>(_: &T) {}

#[tokio::test]
async fn each_kind_of_stream_sends_its_own_accept_header() {
    let (server, streams) = start([events(""), lines(""), Reply::bytes(200, "a/b", vec![1, 2])]);
    let (events, lines) = (streams.events().await.unwrap(), streams.lines().await.unwrap());
    let bytes = streams.bytes().await.unwrap();
    is_send_unpin(&events);
    is_send_unpin(&lines);
    is_send_unpin(&bytes);
    assert!(all(events).await.1.is_none() && all(lines).await.1.is_none());
    assert_eq!(all(bytes).await.0.concat(), [1, 2]);
    let accepts: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("accept").unwrap().to_owned())
        .collect();
    assert_eq!(
        accepts,
        [
            "text/event-stream",
            "application/x-ndjson, application/jsonl, application/json;q=0.9, */*;q=0.5",
            "*/*"
        ]
    );
}

#[tokio::test]
async fn events_are_decoded_from_their_data() {
    let text = "\u{feff}: hello\n\ndata: {\"n\":\ndata: 1}\n\nevent: x\rid: 7\rretry: 10\rdata: {\"n\": 2}\r\r";
    let (_server, streams) = start([events(text)]);
    let (items, error) = all(streams.events().await.unwrap()).await;
    assert_eq!((items, error.map(|error| error.to_string())), (vec![item(1), item(2)], None));
    let (raw, _) = all(streams.raw().await.unwrap()).await;
    assert_eq!(raw.len(), 2);
}

#[tokio::test]
async fn a_raw_client_returns_the_head_before_the_first_item() {
    let (_server, streams) = start([events("data: {\"n\": 1}\n\n")
        .header("x-request-id", "r")
        .drip(1, Duration::from_millis(5))]);
    let raw: HttpResponse<EventStream<Item>> = streams.with_raw_response().events().await.unwrap();
    assert_eq!((raw.status().as_u16(), raw.request_id(), raw.attempts()), (200, Some("r"), 1));
    assert_eq!(all(raw.into_data()).await.0, [item(1)]);
}

#[test]
fn blocking_clients_iterate_over_streams() {
    let server = Server::start([
        events("data: {\"n\": 1}\n\ndata: {\"n\": 2}\n\n"),
        lines("{\"n\": 3}\n"),
        Reply::text(200, "a/b", "xy"),
    ]);
    let streams = BlockingStreamsClient::new(client(&server));
    let items: Result<Vec<_>, _> = streams.events().send().unwrap().into_iter().collect();
    assert_eq!(items.unwrap(), [item(1), item(2)]);
    let items: Vec<_> = streams.lines().send().unwrap().into_iter().map(Result::unwrap).collect();
    assert_eq!(items, [item(3)]);
    let mut pieces = Vec::new();
    for piece in streams.bytes().send().unwrap() {
        pieces.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(pieces, b"xy");
}

#[tokio::test]
async fn iterating_inside_a_task_is_an_error() {
    let (_server, streams) = start([events("data: {\"n\": 1}\n\n")]);
    let stream = streams.events().await.unwrap();
    let mut items = stream.into_iter();
    let error = items.next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime, "{error}");
    assert!(items.next().is_none());
    assert_eq!(all(items.into_stream()).await.0, [item(1)], "no item is lost");
}

#[tokio::test]
async fn a_blocking_thread_can_iterate_over_an_async_stream() {
    let (_server, streams) =
        start([events("data: {\"n\": 1}\n\n").drip(3, Duration::from_millis(2))]);
    let stream = streams.events().await.unwrap();
    let items =
        tokio::task::spawn_blocking(|| stream.into_iter().map(Result::unwrap).collect::<Vec<_>>());
    assert_eq!(items.await.unwrap(), [item(1)]);
}

#[tokio::test]
async fn a_terminator_ends_the_stream_and_closes_the_connection() {
    let text = "data: {\"type\": \"a\"}\n\ndata: [DONE]\n\ndata: {\"type\": \"behind\"}\n\n";
    let (server, streams) = start([events(text)]);
    let (items, error) = all(streams.chat("x").await.unwrap()).await;
    assert!(error.is_none());
    assert_eq!(items, [serde_json::json!({"type": "a"})]);
    assert_eq!(server.request().text(), "{\"message\":\"x\"}");
    let text = "data: {\"type\": \"a\"}\n\ndata: {\"type\": \"message-end\", \"why\": \"x\"}\n\n";
    let (_server, streams) =
        start([plain(&format!("{text}data: {{}}\n\n")).stall_after(text.len())]);
    let (items, error) = all(streams.chat("x").await.unwrap()).await;
    assert!(error.is_none());
    assert_eq!(items.last().unwrap()["why"], "x", "the last item is returned in full");
    let (_server, streams) =
        start([lines("{\"event-type\": \"x\"}\n{\"event-type\": \"end\"}\n{\"a\": 1}\n")]);
    let (items, error) = all(streams.ended().await.unwrap()).await;
    assert_eq!((items.len(), error.is_none()), (2, true));
}

#[tokio::test]
async fn a_missing_terminator_is_an_error_after_the_items() {
    let whole = "data: {\"type\": \"a\"}\n\n";
    let replies = [
        (events(whole), "the stream ended before it said that it was complete"),
        (events(&format!("{whole}data: {{\"type\"")), "the stream ended within an item"),
        (events(&format!("{whole}data: {{}}\n")), "the stream ended within an item"),
        (
            plain(&format!("{whole}data: {{}}\n\n")).cut_body_after(whole.len() + 4),
            "the connection ended before the stream said that it was complete",
        ),
    ];
    for (reply, detail) in replies {
        let (_server, streams) = start([reply]);
        let (items, error) = all(streams.chat("x").await.unwrap()).await;
        assert_eq!(items, [serde_json::json!({"type": "a"})], "{detail}");
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::StreamTruncated, "{error}");
        assert!(error.to_string().starts_with(&format!("POST chat: {detail}")), "{error}");
        assert_eq!(error.status().unwrap().as_u16(), 200);
        assert!(error.may_have_executed());
    }
}

#[tokio::test]
async fn without_a_terminator_only_a_truncation_is_an_error() {
    let (_server, streams) = start([events("data: {\"n\": 1}\n\n")]);
    assert!(all(streams.events().await.unwrap()).await.1.is_none());
    let cut = plain("data: {\"n\": 1}\n\ndata: {\"n\": 2}\n\n").cut_body_after(20);
    let (_server, streams) = start([cut]);
    let (items, error) = all(streams.events().await.unwrap()).await;
    assert_eq!((items, error.unwrap().kind()), (vec![item(1)], ErrorKind::Interrupted));
    let cut =
        Reply::text(200, "application/x-ndjson", "{\"n\": 1}\n{\"n\": 2}\n").cut_body_after(16);
    let (_server, streams) = start([cut]);
    let (items, error) = all(streams.lines().await.unwrap()).await;
    assert_eq!((items, error.unwrap().kind()), (vec![item(1)], ErrorKind::Interrupted));
}

#[tokio::test]
async fn lines_end_in_lf_or_crlf_and_the_last_line_needs_neither() {
    let text = "\u{feff}{\"t\": \"a\u{2028}b\u{85}c\"}\r\n\n  \n{\"t\": \"d\"}";
    let (_server, streams) = start([Reply::text(
        200,
        "application/jsonl",
        &format!("{text}\n{{\"event-type\":\"end\"}}"),
    )
    .chunked([3])]);
    let (items, error) = all(streams.ended().await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items[0]["t"], "a\u{2028}b\u{85}c");
    assert_eq!((items[1]["t"].as_str(), items.len()), (Some("d"), 3));
    let (_server, streams) = start([lines("{\"n\": 1}\n{\"n\": ")]);
    let (items, error) = all(streams.lines().await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!((items, error.kind()), (vec![item(1)], ErrorKind::StreamTruncated));
    assert_eq!(error.body().unwrap().as_ref(), b"{\"n\": ");
}

#[tokio::test]
async fn an_invalid_line_is_an_error_with_its_number_and_text() {
    let text = "{\"n\": 1}\n\n{\"n\": \"x\"}\nnonsense\n{\"n\": 2}\n";
    let (_server, streams) = start([lines(text)]);
    let (items, error) = all(streams.lines().await.unwrap()).await;
    assert_eq!(items, [item(1)]);
    let error = error.unwrap();
    assert_eq!(
        error.to_string(),
        "GET lines: line 3 of the stream does not fit at `n`: expected u64, found a string"
    );
    assert_eq!(
        (error.kind(), error.body().unwrap().as_ref()),
        (ErrorKind::Decode, &b"{\"n\": \"x\"}"[..])
    );

    let stream = streams.skipped().await.unwrap();
    let results: Vec<_> = stream.collect().await;
    let results: Vec<_> =
        results.into_iter().map(|item| item.map_err(|error| error.to_string())).collect();
    assert_eq!((&results[0], &results[3]), (&Ok(item(1)), &Ok(item(2))));
    assert!(
        results[1]
            .as_ref()
            .unwrap_err()
            .starts_with("GET skipped: line 3 of the stream does not fit at `n`")
    );
    assert!(results[2].as_ref().unwrap_err().starts_with(
        "GET skipped: line 4 of the stream is not valid JSON: expected ident at line 1 column 2"
    ));
}

#[tokio::test]
async fn the_initial_last_event_id_is_kept_until_another_arrives() {
    let (server, streams) = start([
        events("data: {\"n\": 1}\n\n"),
        events("id: b\ndata: {\"n\": 2}\n\n"),
        events("data: [DONE]\n\n"),
    ]);
    let options = RequestOptions::new().header("last-event-id", "a");
    let (items, error) = all(streams.resumed().options(options).await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [item(1), item(2)]);
    let requests = server.requests();
    let ids: Vec<_> = requests.iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(ids, [Some("a"), Some("a"), Some("b")]);
}

#[tokio::test]
async fn an_error_object_in_a_stream_has_its_class() {
    let cases = [
        (
            r#"{"error": {"message": "slow down", "code": 429}}"#,
            429,
            Problem::TooManyRequests,
            "429 TooManyRequests",
        ),
        (
            r#"{"type": "error", "message": "slow down", "status": 429}"#,
            429,
            Problem::TooManyRequests,
            "429 TooManyRequests",
        ),
        (r#"{"error": "slow down"}"#, 500, Problem::Other, "500 Other"),
    ];
    for (object, status, class, shown) in cases {
        let (_server, streams) =
            start([events(&format!("data: {{}}\n\nevent: error\ndata: {object}\n\n"))]);
        let (items, error) = all(streams.chat("x").await.unwrap()).await;
        let error = error.unwrap();
        assert_eq!(items.len(), 1);
        assert_eq!(
            error.to_string(),
            format!("POST chat: {shown}: reported within the stream: slow down")
        );
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, status));
        assert_eq!(error.class(), Some(class));
        assert_eq!(error.body().unwrap().as_ref(), object.as_bytes());
    }
}

#[tokio::test]
async fn an_error_line_in_a_stream_has_its_class() {
    let cases = [
        (r#"{"message": "slow down", "status_code": 429}"#, 429, Problem::TooManyRequests),
        (r#"{"event-type": "failed", "code": 503, "message": "slow down"}"#, 503, Problem::Other),
        (r#"{"event-type": "failed"}"#, 500, Problem::Other),
    ];
    for (object, status, class) in cases {
        let (_server, streams) = start([lines(&format!("{{\"n\": 1}}\n{object}\n{{\"n\": 2}}\n"))]);
        let (items, error) = all(streams.failing().await.unwrap()).await;
        let error = error.unwrap();
        assert_eq!((items.len(), error.kind()), (1, ErrorKind::Api), "{error}");
        assert_eq!(
            (error.status().unwrap().as_u16(), error.class()),
            (status, Some(class)),
            "{error}"
        );
        assert_eq!(error.body().unwrap().as_ref(), object.as_bytes());
    }
    // A nested field does not count as a field of the item.
    let (_server, streams) =
        start([lines("{\"n\": {\"message\": 1}}\n{\"event-type\": \"end\"}\n")]);
    let (items, error) = all(streams.failing().await.unwrap()).await;
    assert_eq!((items.len(), error.is_none()), (2, true));
}

#[tokio::test]
async fn another_media_type_is_an_error_that_keeps_the_body() {
    let replies = [
        ("text/html", "<html>", true),
        ("application/json", "{\"message\": \"x\"}", true),
        ("text/event-stream", "data: {}\n\n", false),
    ];
    for (name, body, is_events) in replies {
        let (_server, streams) = start([Reply::text(200, name, body)]);
        let error = if is_events {
            streams.events().await.unwrap_err()
        } else {
            streams.lines().await.unwrap_err()
        };
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
        assert!(error.to_string().contains(&format!("the response is `{name}` (")), "{error}");
    }
    // A response without a content type is read as the requested type.
    let (_server, streams) = start([Reply::empty(200).body("data: {\"n\": 1}\n\n")]);
    assert_eq!(all(streams.events().await.unwrap()).await.0, [item(1)]);
    let (_server, streams) = start([Reply::empty(204)]);
    assert!(all(streams.events().await.unwrap()).await.0.is_empty());
}

#[tokio::test]
async fn an_error_status_of_a_stream_is_an_ordinary_error() {
    let (server, streams) = start([Reply::json(503, "{}"), events("data: {\"n\": 1}\n\n")]);
    let raw = streams.with_raw_response().events().await.unwrap();
    assert_eq!(
        (raw.attempts(), server.requests().len()),
        (2, 2),
        "the call is retried until a successful head arrives"
    );
    let (_server, streams) = start([Reply::json(429, r#"{"message": "slow"}"#)]);
    let error = streams.chat("x").options(RequestOptions::new().max_retries(0)).await.unwrap_err();
    assert_eq!(error.to_string(), "POST chat: 429 TooManyRequests: slow");
}

#[tokio::test]
async fn an_item_above_the_size_limit_ends_the_stream() {
    let text = format!("data: {{\"n\": 1}}\n\ndata: {}\n\n", "x".repeat(2000));
    let (_server, streams) = start([events(&text)]);
    let options = RequestOptions::new().max_item(1024);
    let (items, error) = all(streams.events().options(options.clone()).await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!((items, error.kind()), (vec![item(1)], ErrorKind::TooLarge));
    assert_eq!(error.to_string(), "GET events: an item of the stream is larger than 1024 bytes");
    let (_server, streams) = start([lines(&format!("{}\n", "x".repeat(2000)))]);
    let (_, error) = all(streams.lines().options(options).await.unwrap()).await;
    assert_eq!(error.unwrap().kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn only_the_idle_timeout_applies_to_a_stream() {
    let text = "data: {\"n\": 1}\n\n".repeat(20);
    let slow = events(&text).drip(16, Duration::from_millis(20));
    let (_server, streams) = start([slow]);
    let options = RequestOptions::new()
        .timeout(Duration::from_millis(150))
        .attempt_timeout(Duration::from_millis(150))
        .idle_timeout(Duration::from_millis(150));
    let started = Instant::now();
    let (items, error) = all(streams.events().options(options.clone()).await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert!(items.len() == 20 && started.elapsed() > Duration::from_millis(300));

    let (_server, streams) = start([plain("data: {\"n\": 1}\n\ndata: 2\n\n").stall_after(18)]);
    let (items, error) = all(streams.events().options(options.clone()).await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!(
        (items, error.kind(), error.is_timeout()),
        (vec![item(1)], ErrorKind::Timeout, true)
    );
    assert_eq!(error.to_string(), "GET events: timed out: nothing came for 150ms");
    let (_server, streams) = start([Reply::bytes(200, "a/b", vec![0; 100]).stall_after(10)]);
    let (items, error) = all(streams.bytes().options(options).await.unwrap()).await;
    assert_eq!((items.concat().len(), error.unwrap().kind()), (10, ErrorKind::Timeout));
}

#[tokio::test]
async fn dropping_a_stream_closes_its_connection() {
    let (server, streams) =
        start([events(&"data: {\"n\": 1}\n\n".repeat(1000)).drip(16, Duration::from_millis(1))]);
    let mut stream = streams.events().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), item(1));
    drop(stream);
    let mut again = streams.events().await.unwrap();
    assert_eq!(again.next().await.unwrap().unwrap(), item(1));
    assert_eq!(server.connections(), 2, "the first connection is not reused");
}

#[tokio::test]
async fn a_download_arrives_in_chunks_without_a_size_limit() {
    let body = vec![7; 300_000];
    let (_server, streams) = start([Reply::bytes(200, "a/b", body.clone()).chunked([10_000])]);
    let options = RequestOptions::new().max_body(1000);
    let (pieces, error) = all(streams.bytes().options(options).await.unwrap()).await;
    assert!(error.is_none() && pieces.len() > 1);
    assert!(pieces.concat() == body);
    let (_server, streams) = start([Reply::bytes(200, "a/b", body).cut_body_after(1000)]);
    let (pieces, error) = all(streams.bytes().await.unwrap()).await;
    assert_eq!((pieces.concat().len(), error.unwrap().kind()), (1000, ErrorKind::Interrupted));
}

/// An endpoint without `done` ends at the usual mark, and not at other text.
#[tokio::test]
async fn an_undeclared_done_ends_the_events() {
    let text = "data: {\"n\": 1}\n\ndata: [DONE]\n\ndata: {\"n\": 2}\n\n";
    let (server, streams) = start([plain(text).stall_after(text.len())]);
    let mut stream = streams.events().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), item(1));
    assert!(stream.next().await.is_none() && stream.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
    // A stream that would reconnect.
    let (server, streams) = start([events("data: {\"n\": 1}\n\ndata: [DONE]\n\n")]);
    let (items, error) = all(streams.resumed_post().await.unwrap()).await;
    assert_eq!((items, error.is_none(), server.requests().len()), (vec![item(1)], true, 1));
    // Items that are the text itself.
    let (_server, streams) = start([events(text)]);
    assert_eq!(all(streams.raw().await.unwrap()).await.0.len(), 3);
    // Controls: another text, and another end that is declared.
    let (_server, streams) = start([events(&text.replace("[DONE]", "[END]"))]);
    let (_, error) = all(streams.events().await.unwrap()).await;
    assert_eq!(error.unwrap().kind(), ErrorKind::Decode);
    let (_server, streams) = start([events(text)]);
    let (_, error) = all(streams.closed().await.unwrap()).await;
    assert_eq!(error.unwrap().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_stream_reconnects_with_the_last_event_id() {
    let server = Server::start([
        plain("retry: 70\nid: a\ndata: {\"n\": 1}\n\nid: b\ndata: {\"n\": 2}\n\ndata: {\"n\"")
            .cut_body_after(60),
        Reply::json(503, "{}"),
        events("data: {\"n\": 3}\n\n"),
        events("data: [DONE]\n\n"),
    ]);
    let clock = TestClock::new();
    let client =
        support::client(server.url()).env_proxies(false).clock(clock.clone()).build().unwrap();
    let mut stream = StreamsClient::new(client).resumed().await.unwrap();
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(item.unwrap().n);
    }
    assert_eq!((items, stream.reconnections()), (vec![1, 2, 3], 2));
    let ids: Vec<_> =
        server.requests().iter().map(|r| r.header("last-event-id").map(str::to_owned)).collect();
    assert_eq!(ids, [None, Some("b".to_owned()), Some("b".to_owned()), Some("b".to_owned())]);
    assert!(clock.waits()[0] >= Duration::from_millis(70), "{:?}", clock.waits());
}

#[tokio::test]
async fn a_stream_does_not_reconnect_forever_or_after_its_end() {
    // Reconnecting stops after several connections without items.
    let (server, streams) = start([events("data: {\"n\": 1}\n\n"), events("")]);
    let (items, error) = all(streams.resumed().await.unwrap()).await;
    assert_eq!((items, error.unwrap().kind()), (vec![item(1)], ErrorKind::StreamTruncated));
    assert_eq!(server.requests().len(), 3, "2 retries, as for any call");
    // A 204 ends the stream.
    let (server, streams) = start([events("data: {\"n\": 1}\n\n"), Reply::empty(204)]);
    let (items, error) = all(streams.resumed_post().await.unwrap()).await;
    assert_eq!((items, error.is_none(), server.requests().len()), (vec![item(1)], true, 2));
    // The terminator ends the stream.
    let (server, streams) = start([events("data: {\"n\": 1}\n\ndata: [DONE]\n\n")]);
    assert!(all(streams.resumed().await.unwrap()).await.1.is_none());
    assert_eq!(server.requests().len(), 1);
    // Reconnecting is not declared.
    let (server, streams) = start([plain("data: {\"n\": 1}\n\ndata: 2").cut_body_after(17)]);
    assert!(all(streams.events().await.unwrap()).await.1.is_some());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_stream_of_64_mib_uses_little_memory() {
    const LINE: &str = "{\"n\": 1234567890123456789}\n";
    let lines = 64 * 1024 * 1024 / LINE.len();
    let reply = Reply::text(200, "application/x-ndjson", &LINE.repeat(lines)).chunked([60_000]);
    let (_server, streams) = start([reply]);
    let mut stream = streams.lines().await.unwrap();
    let (mut count, mut sum) = (0, 0u64);
    let before = resident();
    let mut most = 0;
    while let Some(item) = stream.next().await {
        sum = sum.wrapping_add(item.unwrap().n);
        count += 1;
        if count % 100_000 == 0 {
            most = most.max(resident().saturating_sub(before));
        }
    }
    assert_eq!((count, sum), (lines, 1_234_567_890_123_456_789u64.wrapping_mul(lines as u64)));
    // The server runs in this process, but its data was allocated before.
    assert!(most < 24 * 1024 * 1024, "the process grew by {most} bytes");
}

/// Returns the resident memory of this process in bytes, or 0 if the system does not report it.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    status.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or_default()
        * 4096
}

#[test]
fn a_stream_can_be_created_from_items_for_tests() {
    let items = || [Ok(item(1)), Err(Error::fake(429, "")), Ok(item(2))];
    let results: Vec<_> =
        EventStream::from_items(items()).collect::<Vec<_>>().now_or_never().unwrap();
    assert_eq!((results.len(), results[1].is_err()), (3, true));
    let results: Vec<_> =
        JsonLines::from_items(items()).collect::<Vec<_>>().now_or_never().unwrap();
    assert_eq!(results.len(), 3);
    let results: Vec<_> =
        ByteStream::from_items([Ok(Bytes::from("a"))]).into_iter().map(Result::unwrap).collect();
    assert_eq!(results, ["a"]);
}

#[tokio::test]
async fn a_stream_can_be_the_body_of_a_derived_response() {
    let (_server, streams) = start([
        events("data: {\"n\": 1}\n\ndata: [DONE]\n\n")
            .header("x-feed", "f")
            .drip(1, Duration::from_millis(1)),
        Reply::text(200, "text/html", "<p>").header("x-feed", "f"),
        lines("{\"n\": 2}\n"),
        Reply::json(202, "{\"n\": 3}"),
    ]);
    let Feed { feed, events } = streams.feed().await.unwrap();
    assert_eq!((feed.as_str(), all(events).await.0), ("f", vec![item(1)]));
    assert_eq!(streams.feed().await.unwrap_err().body().unwrap().as_ref(), b"<p>");
    let Answer::Streamed(items) = streams.answer().await.unwrap() else { panic!("not streamed") };
    assert_eq!(all(items).await.0, [item(2)]);
    assert!(matches!(streams.answer().await.unwrap(), Answer::Later(Item { n: 3 })));
}

#[tokio::test]
async fn the_event_name_or_a_field_selects_the_variant() {
    let text = "id: 4\nevent: tock\ndata: {\"n\": 1}\n\nevent: bye\ndata: x\n\nevent: new\ndata: y\n\nevent: tick\ndata: {}\n\n";
    let (_server, streams) = start([events(text)]);
    let (items, error) = all(streams.named().await.unwrap()).await;
    let names: Vec<_> =
        items.iter().map(|event| (event.name.as_str(), event.id.as_str())).collect();
    assert_eq!(names, [("tock", "4"), ("bye", "4"), ("new", "4")]);
    assert_eq!((&items[0].data, &items[1].data), (&Named::Tick(item(1)), &Named::Bye));
    assert!(matches!(&items[2].data, Named::Other(event) if event.data() == "y"));
    let error = error.unwrap().to_string();
    assert_eq!(
        error,
        "GET named: an event of the stream does not fit at the top: missing field `n`"
    );

    let (_server, streams) =
        start([lines("{\"kind\": \"tick\", \"n\": 1}\n{\"kind\": \"new\"}\n5\n")]);
    let (items, _) = all(streams.kinds().await.unwrap()).await;
    let unknown = [serde_json::json!({"kind": "new"}), serde_json::json!(5)].map(Kind::Unknown);
    let [first, second] = unknown;
    assert_eq!(items, [Kind::Tick(item(1)), first, second]);
}

#[tokio::test]
async fn a_stream_that_delivers_items_reconnects_without_limit() {
    let server = Server::answer(|request| {
        let last: u64 = request.header("last-event-id").map_or(0, |id| id.parse().unwrap());
        if last == 60 {
            return Reply::text(200, "text/event-stream", "data: [DONE]\n\n");
        }
        Reply::text(
            200,
            "text/event-stream",
            &format!("id: {0}\ndata: {{\"n\": {0}}}\n\n", last + 1),
        )
    });
    let streams = StreamsClient::new(client(&server));
    let (items, error) = all(streams.resumed().await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((items.len(), server.requests().len()), (60, 61));
}

#[tokio::test]
async fn the_error_says_why_a_stream_does_not_reconnect() {
    let (_server, streams) = start([events("data: {\"n\": 1}\n\n"), events(": nothing\n\n")]);
    let (items, error) = all(streams.resumed_post().await.unwrap()).await;
    assert_eq!(items, [item(1)]);
    assert_eq!(
        error.unwrap().to_string(),
        "POST resumed: the stream ended, and is not connected again: reconnecting was in vain as often as a call is retried \
         (after 3 attempts)"
    );
    let (server, streams) = start([events("id: a\u{1}b\ndata: {\"n\": 1}\n\n")]);
    let (_, error) = all(streams.resumed_post().await.unwrap()).await;
    assert!(error.unwrap().to_string().ends_with("no header can carry its last id"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_reconnection_time_of_the_server_has_a_maximum() {
    let server = Server::start([
        events("retry: 99999999999999\ndata: {\"n\": 1}\n\n"),
        events("data: [DONE]\n\n"),
    ]);
    let clock = TestClock::new();
    let client =
        support::client(server.url()).env_proxies(false).clock(clock.clone()).build().unwrap();
    let (_, error) = all(StreamsClient::new(client).resumed().await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(clock.waits(), [Duration::from_secs(60)]);
}

#[tokio::test]
async fn a_flood_without_items_does_not_starve_other_tasks() {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        gzip.write_all(&vec![b'\n'; 64 * 1024]).unwrap();
    }
    let reply = Reply::bytes(200, "text/event-stream", gzip.finish().unwrap())
        .header("content-encoding", "gzip");
    let (_server, streams) = start([reply]);
    let mut stream = streams.events().await.unwrap();
    let turns = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let counted = std::sync::Arc::clone(&turns);
    let other = tokio::spawn(async move {
        loop {
            counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    });
    assert!(stream.next().await.is_none());
    other.abort();
    assert!(turns.load(std::sync::atomic::Ordering::Relaxed) > 5);
}

#[tokio::test]
async fn polling_outside_a_runtime_is_an_error() {
    let (_server, streams) = start([events("data: {\"n\": 1}\n\n").stall_after_head()]);
    let mut stream = streams.events().await.unwrap();
    let error = std::thread::spawn(move || {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match stream.poll_next_unpin(&mut context) {
            std::task::Poll::Ready(item) => item.unwrap().unwrap_err(),
            std::task::Poll::Pending => panic!("the stream waits forever"),
        }
    });
    assert_eq!(error.join().unwrap().kind(), ErrorKind::Runtime);
}

#[tokio::test]
async fn a_late_poll_returns_the_data_that_has_arrived() {
    let (_server, streams) = start([
        plain("data: {\"n\": 1}\n\ndata: {\"n\": 2}\n\n").drip(16, Duration::from_millis(100))
    ]);
    let options = RequestOptions::new().idle_timeout(Duration::from_millis(200));
    let mut stream = streams.events().options(options).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), item(1));
    assert!(stream.next().now_or_never().is_none());
    // The task blocks its thread, so no other task runs.
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(stream.next().await.unwrap().unwrap(), item(2));
}

#[tokio::test]
async fn an_invalid_last_line_is_not_a_truncation() {
    let (_server, streams) = start([lines("{\"n\": 1}\n{\"n\": \"x\"}")]);
    let (items, error) = all(streams.lines().await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!((items, error.kind()), (vec![item(1)], ErrorKind::Decode));
    assert!(
        error.to_string().starts_with("GET lines: line 2 of the stream does not fit at `n`"),
        "{error}"
    );
}

#[tokio::test]
async fn an_error_object_instead_of_a_stream_has_its_class() {
    let (_server, streams) =
        start([Reply::json(200, r#"{"error": {"message": "slow", "code": 429}}"#)]);
    let error = streams.chat("x").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.class(), error.message()),
        (ErrorKind::Api, Some(Problem::TooManyRequests), Some("slow"))
    );
}

#[tokio::test]
async fn the_head_is_returned_before_any_data_of_the_stream() {
    let (_server, streams) = start([plain("data: {\"n\": 1}\n\n").stall_after_head()]);
    let reply = streams.with_raw_response().events().await.unwrap();
    assert_eq!(reply.status(), 200);
}

#[tokio::test]
async fn the_default_size_limit_of_an_item_is_1_mib() {
    const MIB: usize = 1024 * 1024;
    // The size of the event includes the field name.
    let of = |size: usize| plain(&format!("data: \"{}\"\n\n", "x".repeat(size - 2)));
    let (_server, streams) = start([of(MIB - 16), of(MIB + 16)]);
    let mut whole = streams.raw().await.unwrap();
    assert_eq!(whole.next().await.unwrap().unwrap().data().len(), MIB - 16);
    let mut large = streams.raw().await.unwrap();
    assert_eq!(large.next().await.unwrap().unwrap_err().kind(), ErrorKind::TooLarge);
    let server = Server::start([of(2000)]);
    let builder = support::client(server.url()).env_proxies(false).max_item(1000);
    let mut small = StreamsClient::new(builder.build().unwrap()).raw().await.unwrap();
    assert_eq!(small.next().await.unwrap().unwrap_err().kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn the_client_can_set_the_idle_timeout() {
    let server = Server::start([plain("data: {\"n\": 1}\n\n").stall_after_head()]);
    let builder = support::client(server.url()).env_proxies(false);
    let client = builder.idle_timeout(Duration::from_millis(50)).build().unwrap();
    let mut stream = StreamsClient::new(client).events().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap_err().kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_dropped_stream_closes_the_connection_at_the_server() {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::task::spawn_blocking(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        assert!(connection.read(&mut request).unwrap() > 0);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
        connection.write_all(format!("{head}data: {{\"n\": 1}}\n\n").as_bytes()).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        match connection.read(&mut request) {
            Ok(read) => read == 0,
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
        }
    });
    let client = support::client(url).env_proxies(false).build().unwrap();
    let mut stream = StreamsClient::new(client).events().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), item(1));
    drop(stream);
    assert!(server.await.unwrap(), "the connection is closed within 10 s");
}
