//! Operations that are polled at a URL of the response that started them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::{Client, ErrorKind, RequestOptions, api_client};
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Reply, Server};

use crate::{builder, whole};

#[derive(Debug, Deserialize, PartialEq)]
struct Thing {
    name: String,
}

/// Google's form of an operation.
#[derive(Debug, Deserialize)]
struct Operation {
    name: String,
    response: Option<Thing>,
}

#[api_client]
trait Things {
    /// Azure: the state is in the body, the result at a URL in it.
    #[post(
        "things?<dry>",
        idempotency_key,
        poll(link = header("Operation-Location"), result = field(properties.resourceLocation)),
        done(status = "Succeeded"),
        failed(status = "Failed", status = "Canceled")
    )]
    async fn create(&self, name: &str, dry: Option<bool>) -> Thing;

    /// Azure: the state is the status of the URL in `Location`, which ends with the result.
    #[put("things/<id>", poll(every = "2s", link = header("Location")))]
    async fn replace(&self, id: u8, name: &str) -> Thing;

    /// Azure: the result is at the `Location` of the first response.
    #[post(
        "async",
        poll(link = header("Azure-AsyncOperation"), result = header("Location")),
        done(status = "Succeeded")
    )]
    async fn asynchronous(&self) -> Thing;

    /// The state is the status, and the result is elsewhere.
    #[post("reports", poll(link = header("Operation-Location"), result = header("Location")))]
    async fn report(&self) -> Thing;

    /// Google Compute Engine: both URLs are fields.
    #[post("instances", poll(link = field(selfLink), result = field(targetLink)), done(status = "DONE"), failed(error))]
    async fn insert(&self) -> Thing;

    #[delete("")]
    async fn cancel(&self, #[url] operation: &str);

    /// Google: the name of the operation is the path to it.
    #[post("v1/things:create")]
    async fn start(&self) -> Operation;

    #[get("v1/<name..>", poll, done(done = true), failed(error))]
    async fn operation(&self, name: &str) -> Operation;
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, Client, TestClock) {
    let server = Server::start(replies);
    let clock = TestClock::new();
    let client = builder(&server).clock(clock.clone()).build().unwrap();
    (server, client, clock)
}

fn json(body: &str) -> Reply {
    Reply::json(200, body)
}

fn targets(server: &Server) -> Vec<String> {
    let line =
        |request: support::server::Recorded| format!("{} {}", request.method, request.target);
    server.requests().into_iter().map(line).collect()
}

const THING: &str = r#"{"name": "n"}"#;

#[tokio::test]
async fn a_link_is_polled_and_the_result_is_at_another_one() {
    let (server, client, clock) = start([
        Reply::empty(202).header("Operation-Location", "/operations/1").header("Retry-After", "3"),
        json(r#"{"status": "Running"}"#),
        Reply::empty(503),
        json(r#"{"status": "Succeeded", "properties": {"resourceLocation": "../things/5?v=1"}}"#),
        json(THING),
    ]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watched = Arc::clone(&seen);
    let options =
        RequestOptions::new().query("trace", 1).body_field("more", true).header("X-A", "b");
    let call = ThingsClient::new(client).create("n").dry(true).options(options);
    let thing = call.poll().on_link(move |url| watched.lock().unwrap().push(url.to_owned()));
    assert_eq!(thing.await.unwrap(), Thing { name: "n".to_owned() });
    assert_eq!(*seen.lock().unwrap(), [format!("{}/operations/1", server.url())]);
    assert_eq!(clock.waits()[..2], [3000, 1500].map(Duration::from_millis));
    let requests = server.requests();
    let followed = |target: &str| {
        format!(
            "GET {target} HTTP/1.1\naccept: application/json\nauthorization: Bearer test-token\n\
             x-a: b\naccept-encoding: gzip\n\n"
        )
    };
    assert_eq!(requests[0].target, "/things?dry=true&trace=1");
    assert_eq!(requests[0].text(), r#"{"name":"n","more":true}"#);
    assert_eq!(requests[0].header_count("idempotency-key"), 1);
    let sent: Vec<_> = requests[1..].iter().map(whole).collect();
    let polled = followed("/operations/1");
    assert_eq!(sent, [polled.clone(), polled.clone(), polled, followed("/things/5?v=1")]);
}

#[tokio::test]
async fn the_status_of_a_location_ends_the_operation() {
    let (server, client, clock) = start([
        Reply::empty(202).header("Location", "/status/1"),
        Reply::empty(202).header("Location", "/status/2"),
        Reply::empty(202),
        json(THING),
        json(THING),
    ]);
    let things = ThingsClient::new(client);
    assert_eq!(things.replace(7, "n").poll().await.unwrap().name, "n");
    let expected = ["PUT /things/7", "GET /status/1", "GET /status/2", "GET /status/2"];
    assert_eq!(targets(&server), expected);
    assert_eq!(clock.waits(), [Duration::from_secs(2); 3]);
    // Done at once: there is no link.
    assert_eq!(things.replace(8, "n").poll().await.unwrap().name, "n");
    assert_eq!(targets(&server).len(), 5);
}

#[tokio::test]
async fn the_result_can_be_at_a_header_of_the_first_response_or_at_a_field() {
    let (server, client, _) = start([
        Reply::json(201, r#"{"name": "early"}"#)
            .header("Azure-AsyncOperation", "/operations/1")
            .header("Location", "/things/1"),
        json(r#"{"status": "Succeeded"}"#),
        json(THING),
        json(r#"{"status": "PENDING", "selfLink": "/operations/2"}"#),
        json(r#"{"status": "DONE", "selfLink": "/operations/2", "targetLink": "/instances/1"}"#),
        json(THING),
    ]);
    let things = ThingsClient::new(client);
    assert_eq!(things.asynchronous().poll().await.unwrap().name, "n");
    assert_eq!(things.insert().poll().await.unwrap().name, "n");
    let expected = [
        "POST /async",
        "GET /operations/1",
        "GET /things/1",
        "POST /instances",
        "GET /operations/2",
        "GET /instances/1",
    ];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn an_operation_can_be_cancelled_by_its_url() {
    let is_cancelled = AtomicBool::new(false);
    let server = Server::answer(move |request| match request.method.as_str() {
        "POST" => Reply::empty(202).header("Operation-Location", "/operations/1"),
        "DELETE" => {
            is_cancelled.store(true, Ordering::SeqCst);
            Reply::empty(204)
        }
        _ if is_cancelled.load(Ordering::SeqCst) => json(r#"{"status": "Canceled"}"#),
        _ => json(r#"{"status": "Running"}"#),
    });
    let things = ThingsClient::new(builder(&server).build().unwrap());
    let (tell, told) = tokio::sync::oneshot::channel();
    let mut tell = Some(tell);
    let polling = things.create("n").poll().on_link(move |url| {
        tell.take().unwrap().send(url.to_owned()).unwrap();
    });
    let polling = tokio::spawn(polling.into_future());
    things.cancel(&told.await.unwrap()).await.unwrap();
    let error = polling.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(targets(&server).contains(&"DELETE /operations/1".to_owned()));
}

#[tokio::test]
async fn failures_of_an_operation_say_what_is_missing() {
    for (replies, kind, expected) in [
        (
            vec![Reply::empty(202)],
            ErrorKind::Decode,
            "the response (202) has no header `operation-location` with the URL of the operation",
        ),
        (
            vec![Reply::empty(202).header("Operation-Location", "https://example.com/x")],
            ErrorKind::Decode,
            "the URL in the header `operation-location` of the response leads to https://example.com",
        ),
        (
            vec![
                Reply::empty(202).header("Operation-Location", "/o"),
                json(r#"{"status": "Failed"}"#),
            ],
            ErrorKind::Api,
            "the operation has failed",
        ),
        (
            vec![
                Reply::empty(202).header("Operation-Location", "/o"),
                json(r#"{"status": "Succeeded"}"#),
            ],
            ErrorKind::Decode,
            "no response of the operation names its result in the field `properties.resourceLocation`",
        ),
        (
            vec![Reply::empty(202).header("Operation-Location", "/o").header("Retry-After", "700")],
            ErrorKind::Timeout,
            "timed out: the operation was not done within 600s",
        ),
    ] {
        let (_server, client, _) = start(replies);
        let error = ThingsClient::new(client).create("n").poll().await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
    let (server, client, _) = start([Reply::empty(202)]);
    let error = ThingsClient::new(client).create("n").poll().done_when(|_| true).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_operation_with_a_name_is_polled_by_its_own_endpoint() {
    let (server, client, _) = start([
        json(r#"{"name": "operations/a-1", "done": false}"#),
        json(r#"{"name": "operations/a-1"}"#),
        json(r#"{"name": "operations/a-1", "done": true, "response": {"name": "n"}}"#),
    ]);
    let things = ThingsClient::new(client);
    let operation = things.start().await.unwrap();
    let done = things.operation(&operation.name).poll().await.unwrap();
    assert_eq!(done.response, Some(Thing { name: "n".to_owned() }));
    let expected = ["POST /v1/things:create", "GET /v1/operations/a-1", "GET /v1/operations/a-1"];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn a_link_that_is_not_followed_is_not_resolved() {
    let elsewhere = "https://cdn.example.com/x";
    let (server, client, _) = start([
        Reply::empty(202).header("Location", "/status/1"),
        json(THING).header("Location", elsewhere),
        Reply::empty(202).header("Operation-Location", "/operations/1"),
        json(r#"{"status": "Failed"}"#).header("Operation-Location", elsewhere),
        Reply::empty(202).header("Operation-Location", "/operations/2"),
        json(r#"{"status": "Succeeded", "properties": {"resourceLocation": "/things/5"}}"#)
            .header("Operation-Location", elsewhere),
        json(THING),
        Reply::empty(202).header("Location", "/status/2"),
        Reply::empty(202).header("Location", elsewhere),
    ]);
    let things = ThingsClient::new(client);
    assert_eq!(things.replace(7, "n").poll().await.unwrap().name, "n");
    let error = things.create("n").poll().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api, "{error}");
    assert_eq!(things.create("n").poll().await.unwrap().name, "n");
    // A link that would be followed next is still an error.
    let error = things.replace(7, "n").poll().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    assert!(error.to_string().contains("leads to https://cdn.example.com"), "{error}");
    assert_eq!(server.requests().len(), 9);
}

#[tokio::test]
async fn an_operation_that_is_done_at_once_is_not_polled() {
    for status in [200, 201] {
        let reply = Reply::json(status, THING).header("Location", "/things/7");
        let (server, client, _) = start([reply]);
        let thing = ThingsClient::new(client).replace(7, "n").poll().await.unwrap();
        assert_eq!(
            (thing.name.as_str(), targets(&server)),
            ("n", vec!["PUT /things/7".to_owned()])
        );
    }
}

#[tokio::test]
async fn the_result_of_an_operation_that_is_done_at_once_is_fetched() {
    let (server, client, _) = start([
        Reply::json(201, "{}")
            .header("Operation-Location", "/operations/1")
            .header("Location", "/r/1"),
        Reply::json(200, THING),
    ]);
    let thing = ThingsClient::new(client).report().poll().await.unwrap();
    assert_eq!(thing.name, "n");
    assert_eq!(targets(&server), ["POST /reports", "GET /r/1"]);
}
