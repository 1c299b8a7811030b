//! Recorded calls are replayed with the server gone.

use connectors_client::{
    Body, Client, ErrorKind, HttpResponse, Part, Recorder, RequestOptions, Text, api_client,
};
use futures_util::TryStreamExt as _;
use serde::Deserialize;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::{Folder, builder};

#[derive(Debug, Deserialize, PartialEq)]
struct Thing {
    id: String,
    name: String,
}

#[api_client]
trait Things {
    #[get("things/<id>?<lang>&<tags>")]
    async fn thing(&self, id: &str, lang: Option<&str>, tags: &[&str]) -> Thing;

    #[post("things/<id>")]
    async fn rename(&self, id: &str, name: &str, size: Option<&Value>) -> Thing;

    #[post("forms", form)]
    async fn form(&self, id: &str, name: &str);

    #[post("parts", multipart)]
    async fn parts(&self, name: &str, file: Part);

    #[put("texts/<id>")]
    async fn put(&self, id: &str, #[header("X-Kind")] kind: &str, #[body] text: Body) -> Text;

    #[get("jobs/<id>", poll, done(state = "done"))]
    async fn job(&self, id: u32) -> Value;

    #[get("old/<id>")]
    async fn old(&self, id: &str) -> Thing;

    #[get("pages?<page>", paginate(link))]
    async fn numbers(&self, page: Option<u32>) -> Vec<u32>;
}

/// Answers each request with what it asked for.
fn echo() -> Server {
    Server::answer(|request| {
        let target = request.target.clone();
        match target.as_str() {
            "/forms" | "/parts" => Reply::empty(204),
            target if target.starts_with("/texts") => {
                Reply::text(200, "text/plain", request.text())
            }
            target => {
                let id = target.trim_start_matches("/things/");
                Reply::json(200, &json!({"id": id, "name": "n"}).to_string())
            }
        }
    })
}

/// Makes one call of each kind.
async fn calls(client: Client) -> Vec<String> {
    let things = ThingsClient::new(client);
    let size = json!({"width": 2, "unit": "m"});
    let text = || Body::from("some text").with_content_type("text/plain");
    vec![
        format!("{:?}", things.thing("a", &["x y", "z"]).lang("en").await),
        format!("{:?}", things.thing("b/c", &[]).await),
        format!("{:?}", things.rename("a", "n").size(&size).await),
        format!("{:?}", things.form("a b", "c&d").await),
        format!("{:?}", things.parts("n", Part::new("a,b\n").content_type("text/csv")).await),
        format!("{:?}", things.put("1", "k", text()).await),
        format!("{:?}", things.put("2", "k", Body::from_fn(text)).await),
    ]
}

#[tokio::test]
async fn calls_are_replayed_without_the_server() {
    let folder = Folder::new();
    let server = echo();
    let recorder = Recorder::record(folder.file());
    let live = calls(builder(&server.url()).recorder(&recorder).build().unwrap()).await;
    recorder.save().unwrap();
    assert!(live.iter().all(|result| result.starts_with("Ok")), "{live:#?}");
    assert_eq!(server.requests().len(), live.len());
    drop(server);

    for url in ["http://127.0.0.1:9", "https://another.example.com/v7"] {
        let recorder = Recorder::replay(folder.file());
        let replayed = calls(builder(url).recorder(&recorder).build().unwrap()).await;
        assert_eq!(replayed.len(), live.len());
        for (replayed, live) in replayed.iter().zip(&live) {
            assert_eq!(replayed, live);
        }
    }
}

/// Records a call and returns a client that replays it.
async fn recorded(folder: &Folder) -> ThingsClient {
    let server = echo();
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let things = ThingsClient::new(client);
    things.thing("a", &["t"]).lang("en").await.unwrap();
    things.rename("a", "old").size(&json!({"width": 2})).await.unwrap();
    recorder.save().unwrap();
    ThingsClient::new(replaying(folder))
}

fn replaying(folder: &Folder) -> Client {
    builder("http://127.0.0.1:9").recorder(&Recorder::replay(folder.file())).build().unwrap()
}

#[tokio::test]
async fn a_changed_argument_is_named_with_both_values() {
    let folder = Folder::new();
    let things = recorded(&folder).await;
    let file = folder.file().display().to_string();
    let missing = |endpoint: &str, difference: &str| {
        format!(
            "`{file}` has no entry of `{endpoint}` with these arguments; the nearest has {difference}"
        )
    };
    let error = things.thing("b", &["t"]).lang("en").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    let text = error.to_string();
    let end = missing("Things::thing", r#"`id` = "a" instead of "b""#);
    assert!(text.ends_with(&end), "{text}");
    assert!(text.starts_with("GET things/<id>: "), "{text}");

    let text = things.thing("a", &["u"]).await.unwrap_err().to_string();
    let difference = r#"`lang` = "en", which is not given, `tags` = "t" instead of "u""#;
    assert!(text.ends_with(&missing("Things::thing", difference)), "{text}");

    let text = things.rename("a", "old").await.unwrap_err().to_string();
    let difference = r#"`size` = {"width":2}, which is not given"#;
    assert!(text.ends_with(&missing("Things::rename", difference)), "{text}");

    let options = RequestOptions::new().query("more", "1");
    let call = things.rename("a", "old").size(&json!({"width": 2})).options(options);
    let text = call.await.unwrap_err().to_string();
    let difference = r#"no `more`, which is "1" here"#;
    assert!(text.ends_with(&missing("Things::rename", difference)), "{text}");

    let text = things.old("a").await.unwrap_err().to_string();
    let end = format!("`{file}` has no entry of `Things::old`; the nearest is of `Things::rename`");
    assert!(text.ends_with(&end), "{text}");

    // The entries are still there.
    assert_eq!(things.thing("a", &["t"]).lang("en").await.unwrap().name, "n");
    let text = things.thing("a", &["t"]).lang("en").await.unwrap_err().to_string();
    assert!(
        text.ends_with("`Things::thing` with these arguments once, and all are used"),
        "{text}"
    );
}

#[tokio::test]
async fn retries_and_polls_are_sequences() {
    let folder = Folder::new();
    let job = |state: &str| Reply::json(200, &json!({"state": state}).to_string());
    let server = Server::start([
        Reply::empty(503),
        job("new"),
        Reply::empty(503),
        job("running"),
        job("done"),
    ]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let run = async |client| ThingsClient::new(client).with_raw_response().job(7).poll().await;
    let live: HttpResponse<Value> = run(client).await.unwrap();
    assert_eq!(live.data["state"], "done");
    recorder.save().unwrap();
    assert_eq!(server.requests().len(), 5);
    drop(server);

    let statuses: Vec<_> =
        folder.entries().iter().map(|entry| entry["response"]["status"].clone()).collect();
    assert_eq!(statuses, [503, 200, 503, 200, 200]);
    let replayed = run(replaying(&folder)).await.unwrap();
    assert_eq!(replayed.attempts(), live.attempts());
    assert_eq!(replayed.data, live.data);
}

#[tokio::test]
async fn redirects_are_followed_in_a_replay() {
    let folder = Folder::new();
    let moved = |to: &str| Reply::empty(302).header("location", to);
    let server = Server::answer(move |request| match request.target.as_str() {
        "/old/a" => moved("/next?code=canary-code"),
        "/next?code=canary-code" => moved("/things/a"),
        _ => Reply::json(200, r#"{"id":"a","name":"n"}"#),
    });
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let live = ThingsClient::new(client).old("a").await.unwrap();
    recorder.save().unwrap();
    drop(server);
    assert!(!folder.text().contains("canary-code"));
    assert_eq!(ThingsClient::new(replaying(&folder)).old("a").await.unwrap(), live);
}

#[tokio::test]
async fn requests_by_hand_are_replayed() {
    let folder = Folder::new();
    let server = echo();
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let request = |path: &str| http::Request::get(path).body(Body::empty()).unwrap();
    client.send::<Value>(request("/things/x?a=1")).await.unwrap();
    recorder.save().unwrap();
    drop(server);
    let client = replaying(&folder);
    let text = client.send::<Value>(request("/things/y?a=1")).await.unwrap_err().to_string();
    assert!(
        text.ends_with(r#"the nearest has `path` = "/things/x" instead of "/things/y""#),
        "{text}"
    );
    let replayed: Value = client.send(request("/things/x?a=1")).await.unwrap();
    assert_eq!(replayed["id"], "x?a=1");
}

#[test]
fn blocking_calls_are_recorded_and_replayed() {
    let folder = Folder::new();
    let server = echo();
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let call = |client| BlockingThingsClient::new(client).thing("a", &[]).send().unwrap();
    let live = call(client);
    recorder.save().unwrap();
    drop(server);
    assert_eq!(call(replaying(&folder)), live);
}

/// The number of the next page is in a link, and is no secret.
#[tokio::test]
async fn pages_that_follow_links_are_replayed_in_order() {
    let server = Server::answer(|request| {
        let (page, next) = match request.target.as_str() {
            "/pages" => ("[1]", Some(2)),
            "/pages?page=2" => ("[2]", Some(10)),
            _ => ("[10]", None),
        };
        let reply = Reply::json(200, page);
        match next {
            Some(next) => reply.header("link", format!("</pages?page={next}>; rel=\"next\"")),
            None => reply,
        }
    });
    let folder = Folder::new();
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let all = async |client: Client| -> Vec<u32> {
        ThingsClient::new(client).numbers().items().try_collect().await.unwrap()
    };
    assert_eq!(all(client).await, [1, 2, 10]);
    recorder.save().unwrap();
    assert_eq!(all(replaying(&folder)).await, [1, 2, 10]);
}
