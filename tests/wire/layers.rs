//! Layers around the transport: order, what they see, and what they may do.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use connectors_client::cohere::{BlockingConnectorsClient, ConnectorsClient};
use connectors_client::{
    Attempt, Body, Client, Endpoint, ErrorKind, EventStream, Fake, FakeReply, NextTransport, Page,
    RequestOptions, Text, Transport, TransportError, TransportFuture, api_client,
};
use futures_util::StreamExt as _;
use http::HeaderValue;
use serde::Deserialize;
use support::server::{Reply, Server};

use crate::{CONNECTOR, builder};

type Seen = Arc<Mutex<Vec<String>>>;

/// Writes down each request and each end.
struct Recording {
    next: NextTransport,
    name: &'static str,
    seen: Seen,
}

impl Transport for Recording {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let extensions = request.extensions();
        let endpoint = extensions.get::<&'static Endpoint>().map(|endpoint| endpoint.name());
        let attempt = extensions.get::<Attempt>().map(|at| (at.number(), at.hop()));
        let path = request.uri().path().to_owned();
        let line = format!("{} {} {path} {endpoint:?} {attempt:?}", self.name, request.method());
        self.seen.lock().unwrap().push(line);
        Box::pin(async move {
            let response = self.next.send(request).await?;
            self.seen.lock().unwrap().push(format!("{} {}", self.name, response.status()));
            Ok(response)
        })
    }
}

fn recording(name: &'static str, seen: &Seen) -> impl FnOnce(NextTransport) -> Recording + use<> {
    let seen = Arc::clone(seen);
    move |next| Recording { next, name, seen }
}

/// Counts the requests, in the fewest lines.
struct Counting {
    next: NextTransport,
    count: Arc<AtomicUsize>,
}

impl Transport for Counting {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        self.count.fetch_add(1, Ordering::SeqCst);
        self.next.send(request)
    }
}

fn counted(server: &Server) -> (Client, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&count);
    let builder = builder(server).layer(|next| Counting { next, count: counting });
    (builder.build().unwrap(), count)
}

/// Asserts that the layer saw what the server saw.
fn assert_count(server: &Server, count: &AtomicUsize, expected: usize) {
    assert_eq!((server.requests().len(), count.load(Ordering::SeqCst)), (expected, expected));
}

#[tokio::test]
async fn the_last_layer_sees_a_request_first() {
    let server = Server::start([Reply::json(200, CONNECTOR)]);
    let seen = Seen::default();
    let builder = builder(&server).layer(recording("in", &seen)).layer(recording("out", &seen));
    ConnectorsClient::new(builder.build().unwrap()).get("c1").await.unwrap();
    let get = r#"GET /v1/connectors/c1 Some("get") Some((1, 0))"#;
    let expected =
        [format!("out {get}"), format!("in {get}"), "in 200 OK".into(), "out 200 OK".into()];
    assert_eq!(*seen.lock().unwrap(), expected);
}

/// A request that passes through layers equals one that does not.
#[tokio::test]
async fn layers_leave_a_request_as_it_is() {
    let server = Server::start([Reply::json(200, CONNECTOR)]);
    let layered = builder(&server).layer(recording("a", &Seen::default()));
    for client in [builder(&server).build().unwrap(), layered.build().unwrap()] {
        ConnectorsClient::new(client).create("n", "u").await.unwrap();
    }
    let requests = server.requests();
    assert_eq!((requests[0].head(), requests[0].text()), (requests[1].head(), requests[1].text()));
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn a_layer_sees_each_attempt_and_each_hop() {
    let to = |path: &str| Reply::empty(302).header("location", path);
    let server = Server::start([
        to("/a"),
        to("/b"),
        Reply::empty(503),
        to("/c"),
        Reply::json(200, CONNECTOR),
    ]);
    let seen = Seen::default();
    let client = builder(&server).layer(recording("-", &seen)).build().unwrap();
    ConnectorsClient::new(client).get("c1").await.unwrap();
    let seen = seen.lock().unwrap();
    let sent: Vec<_> = seen.iter().filter(|line| line.contains("GET")).collect();
    assert_eq!(
        sent,
        [
            r#"- GET /v1/connectors/c1 Some("get") Some((1, 0))"#,
            r#"- GET /a Some("get") Some((1, 1))"#,
            r#"- GET /b Some("get") Some((1, 2))"#,
            r#"- GET /v1/connectors/c1 Some("get") Some((2, 0))"#,
            r#"- GET /c Some("get") Some((2, 1))"#,
        ]
    );
    assert_eq!(server.requests().len(), sent.len());
}

/// Says that it does not read extensions, and notes if there are some.
struct Blind(NextTransport, Arc<AtomicUsize>);

impl Transport for Blind {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let has = request.extensions().get::<&'static Endpoint>().is_some();
        self.1.fetch_add(usize::from(has), Ordering::SeqCst);
        self.0.send(request)
    }

    fn reads_extensions(&self) -> bool {
        false
    }
}

#[tokio::test]
async fn extensions_are_made_if_any_layer_reads_them() {
    let server = Server::start([Reply::json(200, CONNECTOR)]);
    let (found, seen) = (Arc::new(AtomicUsize::new(0)), Seen::default());
    let blind = |found: &Arc<AtomicUsize>| {
        let found = Arc::clone(found);
        move |next| Blind(next, found)
    };
    let client = builder(&server).layer(blind(&found)).build().unwrap();
    ConnectorsClient::new(client).get("c1").await.unwrap();
    assert_eq!(found.load(Ordering::SeqCst), 0);
    let client = builder(&server).layer(recording("in", &seen)).layer(blind(&found));
    ConnectorsClient::new(client.build().unwrap()).get("c1").await.unwrap();
    assert_eq!(found.load(Ordering::SeqCst), 1);
    assert!(seen.lock().unwrap()[0].contains("(1, 0)"));
}

#[derive(Debug, Deserialize, Page)]
struct Numbers {
    #[page(items)]
    data: Vec<u32>,
}

#[derive(Debug, Deserialize)]
struct Job {
    status: String,
}

#[api_client]
trait Api {
    #[get("events", done = "end")]
    async fn events(&self) -> EventStream<u32>;

    #[get("numbers?<page>", paginate(page))]
    async fn numbers(&self, page: Option<u32>) -> Numbers;

    #[get("job", poll(every = "1s"), done(status = "complete"))]
    async fn job(&self) -> Job;

    #[post("text")]
    async fn text(&self, #[body] text: Text) -> Text;
}

fn text(status: u16) -> Reply {
    Reply::text(status, "text/plain", "ok")
}

#[tokio::test]
async fn a_layer_counts_streams_pages_polls_and_built_requests() {
    let server = Server::start([
        Reply::text(200, "text/event-stream", "data: 1\n\ndata: 2\n\ndata: end\n\n"),
        Reply::json(200, r#"{"data": [1, 2]}"#),
        Reply::json(200, r#"{"data": [3]}"#),
        Reply::json(200, r#"{"data": []}"#),
        Reply::json(200, r#"{"status": "running"}"#),
        Reply::json(200, r#"{"status": "complete"}"#),
        Reply::empty(429),
        text(200),
    ]);
    let (client, count) = counted(&server);
    let api = ApiClient::new(client.clone());
    let events: Vec<_> = api.events().await.unwrap().map(Result::unwrap).collect().await;
    assert_eq!(events, [1, 2]);
    assert_count(&server, &count, 1);
    let numbers: Vec<_> = api.numbers().items().map(Result::unwrap).collect().await;
    assert_eq!(numbers, [1, 2, 3]);
    assert_count(&server, &count, 4);
    assert_eq!(api.job().poll().await.unwrap().status, "complete");
    assert_count(&server, &count, 6);
    let built = api.text("a".into()).build().unwrap();
    let answer: Text = client.send(built).await.unwrap();
    assert_eq!(answer.as_str(), "ok");
    assert_count(&server, &count, 8);
}

#[test]
fn layers_of_a_blocking_client_run_on_the_background_runtime() {
    /// Needs a runtime with timers, which the caller's thread has not.
    struct Waiting(NextTransport);

    impl Transport for Waiting {
        fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(1)).await;
                self.0.send(request).await
            })
        }
    }

    let server = Server::start([Reply::empty(503), Reply::json(200, CONNECTOR)]);
    let count = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&count);
    let builder = builder(&server).layer(Waiting).layer(|next| Counting { next, count: counting });
    let found = BlockingConnectorsClient::new(builder.build().unwrap()).get("c1").send().unwrap();
    assert_eq!(found.connector.id, "c1");
    assert_count(&server, &count, 2);
}

#[tokio::test]
async fn a_layer_stands_around_a_fake() {
    let fake = Fake::new().on(ApiClient::TEXT, |_| FakeReply::new(200, "ok"));
    let seen = Seen::default();
    let client = fake.builder().layer(recording("-", &seen)).build().unwrap();
    ApiClient::new(client).text("a".into()).await.unwrap();
    assert_eq!(fake.requests().len(), 1);
    assert_eq!(seen.lock().unwrap().len(), 2);
}

/// A layer that is a function.
struct Act<F>(NextTransport, F);

impl<F> Transport for Act<F>
where
    F: for<'a> Fn(&'a NextTransport, http::Request<Body>) -> TransportFuture<'a>
        + Send
        + Sync
        + 'static,
{
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        self.1(&self.0, request)
    }
}

fn act<F>(act: F) -> impl FnOnce(NextTransport) -> Act<F>
where
    F: for<'a> Fn(&'a NextTransport, http::Request<Body>) -> TransportFuture<'a>,
{
    move |next| Act(next, act)
}

#[tokio::test]
async fn a_layer_can_change_headers_and_url() {
    let server = Server::start([text(200)]);
    let client = builder(&server).layer(act(|next, mut request| {
        request.headers_mut().insert("x-signature", HeaderValue::from_static("s"));
        request.headers_mut().remove("authorization");
        let url = request.uri().to_string().replace("/text", "/v2/text?signed");
        *request.uri_mut() = url.parse().unwrap();
        next.send(request)
    }));
    ApiClient::new(client.build().unwrap()).text("a".into()).await.unwrap();
    let request = server.request();
    assert_eq!((request.target.as_str(), request.text()), ("/v2/text?signed", "a"));
    assert_eq!(request.header("x-signature"), Some("s"));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header_count("content-type"), 1);
}

#[tokio::test]
async fn a_layer_can_answer_without_sending() {
    let server = Server::start([text(200)]);
    let client = builder(&server)
        .layer(act(|_, _| Box::pin(async { Ok(http::Response::new(Body::from("cached"))) })));
    let answer = ApiClient::new(client.build().unwrap()).text("a".into()).await.unwrap();
    assert_eq!(answer.as_str(), "cached");
    assert_eq!(server.connections(), 0);
}

/// Sends a copy of the request first.
fn twice(next: &NextTransport, request: http::Request<Body>) -> TransportFuture<'_> {
    Box::pin(async move {
        let (parts, body) = request.into_parts();
        let copy = http::Request::from_parts(parts.clone(), body.try_clone().unwrap());
        let _ = next.send(copy).await;
        next.send(http::Request::from_parts(parts, body)).await
    })
}

#[tokio::test]
async fn a_layer_can_send_twice() {
    let server = Server::start([text(401), text(200)]);
    let client = builder(&server).layer(act(twice)).build().unwrap();
    let answer = ApiClient::new(client).text("a".into()).await.unwrap();
    assert_eq!(answer.as_str(), "ok");
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!((requests[0].head(), requests[0].text()), (requests[1].head(), requests[1].text()));
}

/// Executes the first request and loses its answer; there is no server for the others.
#[derive(Default)]
struct LostThenGone(AtomicUsize);

impl Transport for LostThenGone {
    fn send(&self, _: http::Request<Body>) -> TransportFuture<'_> {
        let kind = match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => ErrorKind::Interrupted,
            _ => ErrorKind::Connect,
        };
        Box::pin(async move { Err(TransportError::new(kind, "lost")) })
    }
}

/// The error of a layer that sends twice is that of its last request, which was not sent. The first
/// one was.
#[tokio::test]
async fn a_layer_that_sends_twice_cannot_deny_an_execution() {
    let client = support::client("http://localhost").transport(LostThenGone::default());
    let client = client.layer(act(twice)).build().unwrap();
    let error = ApiClient::new(client).text("a".into()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    assert!(error.may_have_executed(), "{error}");
}

/// The control: a transport that sends twice by itself is believed.
#[tokio::test]
async fn a_transport_that_sends_twice_can_deny_an_execution() {
    struct Careless(LostThenGone);

    impl Transport for Careless {
        fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
            Box::pin(async move {
                let _ = self.0.send(http::Request::new(Body::empty())).await;
                self.0.send(request).await
            })
        }
    }

    let client = support::client("http://localhost").transport(Careless(LostThenGone::default()));
    let error = ApiClient::new(client.build().unwrap()).text("a".into()).await.unwrap_err();
    assert!(!error.may_have_executed() && error.attempts() > 1, "{error}");
}

fn panicking(_: &NextTransport, request: http::Request<Body>) -> TransportFuture<'_> {
    Box::pin(async move { panic!("the layer panics at {}", request.uri().path()) })
}

#[tokio::test]
async fn the_panic_of_a_layer_is_the_callers() {
    let server = Server::start([text(200)]);
    let client = builder(&server).layer(act(panicking)).build().unwrap();
    let api = ApiClient::new(client.clone());
    for _ in 0..2 {
        let api = api.clone();
        let call = tokio::spawn(async move { api.text("a".into()).await });
        let panic = call.await.unwrap_err().into_panic();
        assert_eq!(*panic.downcast::<String>().unwrap(), "the layer panics at /text");
    }
    let blocking = tokio::task::spawn_blocking(move || {
        BlockingApiClient::new(client).text("a".into()).send().map(|_| ())
    });
    let panic = blocking.await.unwrap_err().into_panic();
    assert_eq!(*panic.downcast::<String>().unwrap(), "the layer panics at /text");
    assert_eq!(server.connections(), 0);
}

/// Counts the futures of a layer that were dropped before their end.
struct Dropped(Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_dropped_call_drops_the_future_of_a_layer() {
    let server = Server::start([Reply::stall(), text(200)]);
    let dropped = Arc::new(AtomicUsize::new(0));
    let guard = Arc::clone(&dropped);
    let client = builder(&server).layer(act(move |next, request| {
        let dropped = Dropped(Arc::clone(&guard));
        Box::pin(async move {
            let response = next.send(request).await;
            std::mem::forget(dropped);
            response
        })
    }));
    let api = ApiClient::new(client.build().unwrap());
    let pending = api.text("a".into()).into_future();
    let ended = tokio::time::timeout(Duration::from_millis(200), pending).await;
    assert!(ended.is_err());
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
    api.text("a".into()).await.unwrap();
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
}

/// Notes what it is told.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<Instant>>>);

impl Transport for Told {
    fn send(&self, _: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(std::future::pending())
    }

    fn timed_out(&self, since: Instant) {
        self.0.lock().unwrap().push(since);
    }
}

/// One layer only sends, and the other passes on what it is told.
#[tokio::test]
async fn a_timeout_is_told_once_through_any_layer() {
    struct PassingOn(NextTransport);

    impl Transport for PassingOn {
        fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
            self.0.send(request)
        }

        fn timed_out(&self, since: Instant) {
            self.0.timed_out(since);
        }
    }

    let told = Told::default();
    let client = support::client("http://localhost").transport(told.clone());
    let client = client.layer(recording("-", &Seen::default())).layer(PassingOn).build().unwrap();
    let options = RequestOptions::new().attempt_timeout(Duration::from_millis(20));
    let error = ApiClient::new(client).text("a".into()).options(options).await.unwrap_err();
    assert!(error.is_timeout() && error.may_have_executed());
    assert_eq!(told.0.lock().unwrap().len(), 1);
}
