//! Services and layers of tower, unchanged, on a real server.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use connectors_client::cohere::ConnectorsClient;
use connectors_client::{
    Body, ClientBuilder, Endpoint, ErrorKind, EventStream, Fake, NextTransport, RequestOptions,
    Text, TowerTransport, Transport, TransportError, TransportFuture, api_client,
};
use futures_util::future::join_all;
use futures_util::{StreamExt as _, stream};
use http::{HeaderName, HeaderValue};
use http_body_util::{Full, StreamBody};
use hyper::body::Frame;
use support::clock::TestClock;
use support::server::{Reply, Server, refused_url};
use tower::limit::ConcurrencyLimitLayer;
use tower::load_shed::LoadShedLayer;
use tower::retry::{Policy, RetryLayer};
use tower::timeout::TimeoutLayer;
use tower::util::{MapErrLayer, MapRequestLayer};
use tower::{BoxError, Service, ServiceBuilder, service_fn};
use tower_http::set_header::{SetRequestHeaderLayer, SetResponseHeaderLayer};
use tower_http::trace::TraceLayer;

use crate::{CONNECTOR, builder};

#[api_client]
trait Api {
    #[get("text")]
    async fn get(&self) -> Text;

    #[post("text")]
    async fn post(&self, #[body] text: Text) -> Text;

    #[get("events")]
    async fn events(&self) -> EventStream<u32>;
}

fn text(status: u16) -> Reply {
    Reply::text(status, "text/plain", "ok")
}

fn api(builder: ClientBuilder) -> ApiClient {
    ApiClient::new(builder.build().unwrap())
}

/// Returns a client whose requests end in a service.
fn of_service(transport: impl Transport) -> ApiClient {
    api(Fake::new().builder().transport(transport))
}

#[tokio::test]
async fn layers_of_tower_and_of_tower_http_work_unchanged() {
    let server = Server::start([Reply::empty(503), Reply::json(200, CONNECTOR)]);
    let name = HeaderName::from_static("x-set");
    let value = HeaderValue::from_static("by tower-http");
    let builder = builder(&server)
        .tower_layer(ConcurrencyLimitLayer::new(2))
        .tower_layer(TraceLayer::new_for_http())
        .tower_layer(SetRequestHeaderLayer::overriding(name.clone(), value.clone()))
        .tower_layer(SetResponseHeaderLayer::overriding(name, value));
    let client = ConnectorsClient::new(builder.build().unwrap());
    let raw = client.with_raw_response().get("c1").await.unwrap();
    assert_eq!((raw.attempts(), raw.headers()["x-set"].to_str().unwrap()), (2, "by tower-http"));
    let requests = server.requests();
    let lines: Vec<_> = requests[1].head().to_lowercase().lines().map(str::to_owned).collect();
    let set = "x-set: by tower-http".to_owned();
    assert!(lines.contains(&set) && requests.len() == 2, "{lines:?}");
    // But for this header, the request is that of a client without layers.
    let plain = Server::start([Reply::json(200, CONNECTOR)]);
    ConnectorsClient::new(self::builder(&plain).build().unwrap()).get("c1").await.unwrap();
    let host = |line: &&String| !line.starts_with("host:") && **line != set;
    let plain: Vec<_> = plain.request().head().to_lowercase().lines().map(str::to_owned).collect();
    let sorted = |lines: &[String]| {
        let mut lines: Vec<_> = lines.iter().filter(host).cloned().collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&lines), sorted(&plain));
}

#[tokio::test]
async fn a_stack_of_layers_is_a_layer() {
    let server = Server::start([text(200)]);
    let stack = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http())
        .layer(TimeoutLayer::new(Duration::from_secs(30)))
        .layer(ConcurrencyLimitLayer::new(1));
    assert_eq!(api(builder(&server).tower_layer(stack)).get().await.unwrap().as_str(), "ok");
}

/// Counts the requests on their way, and their maximum.
#[derive(Clone, Default)]
struct Gauge(Arc<(AtomicUsize, AtomicUsize)>);

struct Gauged(NextTransport, Gauge);

struct Gone<'a>(&'a AtomicUsize);

impl Drop for Gone<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Transport for Gauged {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (now, most) = &*self.1.0;
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // Also if the call is dropped.
            let _gone = Gone(now);
            self.0.send(request).await
        })
    }
}

/// The limit holds, and a call that is dropped while it waits gives its place back.
#[tokio::test]
async fn a_concurrency_limit_is_obeyed() {
    for (limit, expected) in [(2, 2), (100, 20)] {
        let server = Server::answer(|_| text(200).delay(Duration::from_millis(20)));
        let gauge = Gauge::default();
        let inner = gauge.clone();
        let builder = builder(&server).layer(|next| Gauged(next, inner));
        let api = api(builder.tower_layer(ConcurrencyLimitLayer::new(limit)));
        let waiting = (0..5).map(|_| tokio::time::timeout(Duration::from_millis(1), api.get()));
        join_all(waiting).await;
        let calls = (0..20).map(|_| async { api.get().await.unwrap() });
        join_all(calls).await;
        // The control has a limit that is never reached.
        let most = gauge.0.1.load(Ordering::SeqCst);
        assert!(most == expected || (limit == 100 && most > 2), "{most} of {expected}");
    }
}

#[tokio::test]
async fn a_stream_passes_through_layers() {
    let server = Server::start([Reply::text(200, "text/event-stream", "data: 1\n\ndata: 2\n\n")]);
    let api = api(builder(&server).tower_layer(TraceLayer::new_for_http()));
    let events: Vec<_> = api.events().await.unwrap().map(Result::unwrap).collect().await;
    assert_eq!(events, [1, 2]);
}

#[test]
fn layers_of_a_blocking_client_run_on_the_background_runtime() {
    let server = Server::start([text(200)]);
    let builder = builder(&server).tower_layer(TimeoutLayer::new(Duration::from_secs(30)));
    let api = BlockingApiClient::new(builder.build().unwrap());
    assert_eq!(api.get().send().unwrap().as_str(), "ok");
}

/// A POST meets our own errors, each through layers that box them.
#[tokio::test]
async fn our_own_error_comes_out_unchanged() {
    let cut = Server::start([Reply::close()]);
    for (url, kind, executed, attempts) in [
        (cut.url(), ErrorKind::Interrupted, true, 1),
        (refused_url(), ErrorKind::Connect, false, 3),
    ] {
        let plain = || support::client(&url).env_proxies(false).clock(TestClock::new());
        let layered = plain()
            .tower_layer(ConcurrencyLimitLayer::new(2))
            .tower_layer(TimeoutLayer::new(Duration::from_secs(30)))
            .tower_layer(MapErrLayer::new(|error: TransportError| BoxError::from(error)));
        let error = api(layered).post("a".into()).await.unwrap_err();
        let said = (error.kind(), error.may_have_executed(), error.attempts());
        assert_eq!(said, (kind, executed, attempts), "{error}");
        assert_eq!(error.to_string(), api(plain()).post("a".into()).await.unwrap_err().to_string());
    }
}

#[tokio::test]
async fn the_errors_of_others_count_as_sent() {
    #[derive(Debug)]
    struct Wrapped(TransportError);

    impl std::fmt::Display for Wrapped {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("wrapped")
        }
    }

    impl std::error::Error for Wrapped {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }

    type Make = fn() -> BoxError;
    let cases: [(Make, ErrorKind, bool); 5] = [
        (|| "unknown".into(), ErrorKind::Interrupted, false),
        (|| tower::timeout::error::Elapsed::new().into(), ErrorKind::Timeout, true),
        (|| io::Error::from(io::ErrorKind::TimedOut).into(), ErrorKind::Timeout, true),
        (|| tower::load_shed::error::Overloaded::new().into(), ErrorKind::Interrupted, false),
        (
            || Wrapped(TransportError::new(ErrorKind::Connect, "inner")).into(),
            ErrorKind::Connect,
            false,
        ),
    ];
    for (make, kind, timed_out) in cases {
        let service = service_fn(move |_: http::Request<Body>| async move {
            Err::<http::Response<Body>, _>(make())
        });
        let api = of_service(TowerTransport::new(service));
        let error = api.post("a".into()).await.unwrap_err();
        let said = (error.kind(), error.is_timeout(), error.may_have_executed(), error.attempts());
        assert_eq!(said, (kind, timed_out, true, 1), "{error}");
        // An idempotent call is retried.
        assert_eq!(api.get().await.unwrap_err().attempts(), 3);
    }
}

/// Fails before it takes a request, or never takes one.
#[derive(Clone)]
struct Unready(Option<&'static str>, Arc<AtomicUsize>);

impl Service<http::Request<Body>> for Unready {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = std::future::Pending<Result<http::Response<Body>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        match self.0 {
            Some(error) => Poll::Ready(Err(error.into())),
            None => Poll::Pending,
        }
    }

    fn call(&mut self, _: http::Request<Body>) -> Self::Future {
        self.1.fetch_add(1, Ordering::SeqCst);
        std::future::pending()
    }
}

#[tokio::test]
async fn nothing_is_sent_by_a_service_that_is_not_ready() {
    let calls = Arc::new(AtomicUsize::new(0));
    let failing = Unready(Some("not ready"), Arc::clone(&calls));
    let error = of_service(TowerTransport::new(failing)).post("a".into()).await.unwrap_err();
    // So a POST is retried.
    assert_eq!((error.may_have_executed(), error.attempts()), (false, 3), "{error}");
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

/// A call that times out while it waits for its turn was not sent. One whose turn has come was.
#[tokio::test]
async fn a_call_that_waits_for_its_turn_is_unsent() {
    let server = Server::start([Reply::stall()]);
    let api = api(builder(&server).max_retries(0).tower_layer(ConcurrencyLimitLayer::new(1)));
    let options = |ms| RequestOptions::new().attempt_timeout(Duration::from_millis(ms));
    let (first, second) = tokio::join!(
        async { api.post("a".into()).options(options(600)).await.unwrap_err() },
        async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            api.post("b".into()).options(options(200)).await.unwrap_err()
        }
    );
    assert_eq!((first.is_timeout(), first.may_have_executed()), (true, true), "{first}");
    assert_eq!((second.is_timeout(), second.may_have_executed()), (true, false), "{second}");
    assert_eq!(server.request().text(), "a");
}

#[tokio::test]
async fn a_call_that_is_shed_is_unsent() {
    let server = Server::start([Reply::stall()]);
    let stack = ServiceBuilder::new().layer(LoadShedLayer::new()).concurrency_limit(1);
    let api = api(builder(&server).max_retries(0).tower_layer(stack));
    let options = RequestOptions::new().attempt_timeout(Duration::from_millis(400));
    let (_, second) = tokio::join!(api.post("a".into()).options(options), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        api.post("b".into()).await.unwrap_err()
    });
    assert_eq!(second.kind(), ErrorKind::Interrupted);
    assert!(!second.may_have_executed(), "{second}");
    assert_eq!(server.request().text(), "a");
}

/// A retry policy that builds a second request, without the extensions of the first.
#[derive(Clone)]
struct Once(bool);

impl<E> Policy<http::Request<Body>, http::Response<Body>, E> for Once {
    type Future = std::future::Ready<()>;

    fn retry(
        &mut self,
        _: &mut http::Request<Body>,
        result: &mut Result<http::Response<Body>, E>,
    ) -> Option<Self::Future> {
        let is_first = std::mem::take(&mut self.0);
        (is_first && result.is_err()).then(|| std::future::ready(()))
    }

    fn clone_request(&mut self, request: &http::Request<Body>) -> Option<http::Request<Body>> {
        let mut copy = http::Request::new(request.body().try_clone()?);
        *copy.method_mut() = request.method().clone();
        *copy.uri_mut() = request.uri().clone();
        *copy.headers_mut() = request.headers().clone();
        Some(copy)
    }
}

#[tokio::test]
async fn a_retrying_layer_sends_again() {
    let server = Server::start([Reply::close(), text(200)]);
    let api = api(builder(&server).tower_layer(RetryLayer::new(Once(true))));
    assert_eq!(api.post("a".into()).await.unwrap().as_str(), "ok");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_timeout_of_a_layer_is_a_timeout() {
    let server = Server::start([Reply::stall()]);
    let layer = TimeoutLayer::new(Duration::from_millis(100));
    let error = api(builder(&server).tower_layer(layer)).post("a".into()).await.unwrap_err();
    let said = (error.kind(), error.is_timeout(), error.may_have_executed(), error.attempts());
    assert_eq!(said, (ErrorKind::Timeout, true, true, 1), "{error}");
}

/// The body of a service is read as it arrives, also if it has errors of its own.
#[tokio::test]
async fn a_service_has_bodies_of_its_own() {
    let full = service_fn(async |request: http::Request<Body>| {
        assert_eq!(request.extensions().get::<&'static Endpoint>().unwrap().name(), "get");
        Ok::<_, Infallible>(http::Response::new(Full::new(Bytes::from("full"))))
    });
    assert_eq!(of_service(TowerTransport::new(full)).get().await.unwrap().as_str(), "full");
    let broken = service_fn(async |_: http::Request<Body>| {
        let frames = [Ok(Frame::data(Bytes::from("a"))), Err(io::Error::other("broken"))];
        Ok::<_, Infallible>(http::Response::new(StreamBody::new(stream::iter(frames))))
    });
    let error = of_service(TowerTransport::new(broken)).post("a".into()).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Interrupted, true));
    assert_eq!(error.body(), Some(&Bytes::from("a")));
}

/// Each request waits until its own clone is ready.
#[tokio::test]
async fn a_service_is_called_once_it_is_ready() {
    #[derive(Default)]
    struct Slow {
        turns: u8,
    }

    impl Clone for Slow {
        fn clone(&self) -> Self {
            Self::default()
        }
    }

    impl Service<http::Request<Body>> for Slow {
        type Response = http::Response<Body>;
        type Error = Infallible;
        type Future = std::future::Ready<Result<http::Response<Body>, Infallible>>;

        fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            self.turns += 1;
            context.waker().wake_by_ref();
            if self.turns < 3 { Poll::Pending } else { Poll::Ready(Ok(())) }
        }

        fn call(&mut self, _: http::Request<Body>) -> Self::Future {
            let body = format!("after {}", self.turns);
            std::future::ready(Ok(http::Response::new(Body::from(body))))
        }
    }

    let api = of_service(TowerTransport::new(Slow::default()));
    for _ in 0..2 {
        assert_eq!(api.get().await.unwrap().as_str(), "after 3");
    }
}

/// A layer that hands the request to a task of its own.
#[tokio::test]
async fn a_buffer_works() {
    let server = Server::start([text(200)]);
    let stack = ServiceBuilder::new()
        .buffer::<http::Request<Body>>(4)
        .layer(MapRequestLayer::new(|request: http::Request<Body>| request));
    // A buffer starts its task where the client is built.
    let api = api(builder(&server).tower_layer(stack));
    assert_eq!(api.get().await.unwrap().as_str(), "ok");
}
