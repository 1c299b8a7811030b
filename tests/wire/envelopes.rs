//! The data of a response in a field of it.

use connectors_client::{ErrorKind, FromResponse, Page, api_client};
use serde::Deserialize;
use support::server::{Reply, Server};

use crate::{client, whole};

#[derive(Debug, Deserialize, PartialEq)]
struct Item {
    id: u32,
}

#[derive(Debug, Deserialize)]
struct Found {
    #[expect(dead_code)]
    items: Vec<Item>,
}

#[derive(Debug, Deserialize, Page)]
struct Listed {
    #[page(items)]
    items: Vec<Item>,
    #[page(next)]
    next: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Job {
    status: String,
}

#[derive(Debug, FromResponse)]
enum Lookup {
    #[status(200)]
    Found(Item),
    #[status(404)]
    Missing(Job),
}

#[api_client(envelope = "data", prefix = "v1")]
trait Things {
    #[get("things/<id>")]
    async fn get(&self, id: u32) -> Item;

    #[get("found")]
    async fn found(&self) -> Found;

    #[get("maybe", none_on = 404)]
    async fn maybe(&self) -> Option<Item>;

    #[delete("things")]
    async fn clear(&self);

    #[get("raw")]
    async fn raw(&self) -> bytes::Bytes;

    #[get("result", envelope = "result")]
    async fn other(&self) -> Vec<Item>;

    #[get("bare", envelope = none)]
    async fn bare(&self) -> Item;

    #[get("lookup")]
    async fn lookup(&self) -> Lookup;

    #[get("list?<at>", paginate(cursor = at))]
    async fn list(&self, at: Option<&str>) -> Listed;

    #[get("job", poll(every = "1s"), done(status = "done"), failed(status = "lost"))]
    async fn job(&self) -> Job;
}

fn things(replies: impl IntoIterator<Item = Reply>) -> (Server, ThingsClient) {
    let server = Server::start(replies);
    let things = ThingsClient::new(client(&server));
    (server, things)
}

fn json(body: &str) -> Reply {
    Reply::json(200, body)
}

#[tokio::test]
async fn the_data_is_read_from_its_field() {
    let (server, things) = things([
        json(r#"{"data": {"id": 1}, "status": "ok"}"#).header("X-Total", "7"),
        json(r#"{"data": null}"#),
        Reply::empty(404),
        Reply::empty(204),
        json(r#"{"data": 1}"#),
        json(r#"{"time": 0.1, "result": [{"id": 3}]}"#),
        json(r#"{"id": 4}"#),
        Reply::json(404, r#"{"status": "gone"}"#),
        json(r#"{"data": {"id": 5}}"#),
    ]);
    let raw = things.with_raw_response().get(1).await.unwrap();
    assert_eq!((raw.status().as_u16(), &raw.headers()["x-total"]), (200, &"7".parse().unwrap()));
    assert_eq!(raw.data, Item { id: 1 });
    assert_eq!(things.maybe().await.unwrap(), None);
    assert_eq!(things.maybe().await.unwrap(), None);
    things.clear().await.unwrap();
    assert_eq!(things.raw().await.unwrap(), r#"{"data": 1}"#);
    assert_eq!(things.other().await.unwrap(), [Item { id: 3 }]);
    assert_eq!(things.bare().await.unwrap(), Item { id: 4 });
    assert!(matches!(things.lookup().await.unwrap(), Lookup::Missing(job) if job.status == "gone"));
    assert!(matches!(things.lookup().await.unwrap(), Lookup::Found(Item { id: 5 })));
    assert_eq!(
        whole(&server.requests()[0]),
        "GET /v1/things/1 HTTP/1.1\naccept: application/json\nauthorization: Bearer test-token\n\
         accept-encoding: gzip\n\n"
    );
}

#[tokio::test]
async fn an_error_names_the_field_and_the_path_within_it() {
    let latin = Reply::bytes(200, "application/json", b"{\"data\": {\"id\": \"\xe9\"}}".to_vec());
    for (reply, expected) in [
        (json(r#"{"result": {}}"#), "the response has no field `data`, which its envelope names"),
        (
            json("[]"),
            "the response does not fit at the top: expected an object with the field `data`, found an array",
        ),
        (
            json(r#"{"data": {"items": [{"id": 1}, {"id": "x"}]}}"#),
            "the response does not fit at `data.items[1].id`: expected u32, found a string",
        ),
        (
            json(r#"{"data": null}"#),
            "the response does not fit at `data`: expected struct Found, found null",
        ),
        (
            json(r#"{"data": []}"#),
            "the response does not fit at `data`: expected struct Found, found an array",
        ),
        (json(r#"{"data": {"items": []}"#), "EOF while parsing an object"),
        (Reply::empty(200), "the response body is empty, but the return type needs one"),
        (Reply::text(200, "text/html", "<p>"), "the response is `text/html` (3 bytes), not JSON"),
        (latin, "the response does not fit at `data`"),
    ] {
        let (_server, things) = things([reply]);
        let error = things.found().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let text = error.to_string();
        assert!(text.starts_with("GET v1/found: ") && text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn pages_and_operations_are_in_envelopes() {
    let (server, things) = things([
        json(r#"{"data": {"items": [{"id": 1}], "next": "b"}}"#),
        json(r#"{"data": {"items": [{"id": 2}], "next": null}}"#),
        json(r#"{"status": "done", "data": {"status": "running"}}"#),
        json(r#"{"status": "running", "data": {"status": "done"}}"#),
        json(r#"{"data": {"status": "lost"}}"#),
    ]);
    let mut items = things.list().items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id);
    }
    assert_eq!(ids, [1, 2]);
    assert_eq!(things.job().poll().await.unwrap(), Job { status: "done".to_owned() });
    let error = things.job().poll().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/v1/list", "/v1/list?at=b", "/v1/job", "/v1/job", "/v1/job"]);
}
