//! Observers, and the headers of attempts.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::auth::{AccessToken, AuthError, AuthRequest, TokenProvider, from_fn};
use connectors_client::{
    AttemptReport, CallReport, Client, ClientBuilder, ErrorKind, Fake, FakeReply, Observer,
    RequestOptions, TestClock,
};
use http::{HeaderMap, HeaderValue};
use support::recorder::Recorder;
use support::server::{Reply, Server};
use tracing::level_filters::LevelFilter;

use crate::{TicketsClient, builder};

/// Keeps reports as text.
#[derive(Clone, Default)]
struct Reports(Arc<Mutex<Vec<String>>>);

impl Reports {
    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Observer for Reports {
    fn attempt_ended(&self, report: &AttemptReport<'_>) {
        let attempt = report.attempt();
        self.0.lock().unwrap().push(format!(
            "{}.{} {} {} {:?} {:?} {:?} sent={} cancelled={} sizes={:?} {:?} {}:{}",
            attempt.number(),
            attempt.hop(),
            report.method(),
            report.url_template().unwrap_or("-"),
            report.status().map(|status| status.as_u16()),
            report.error_kind(),
            report.version(),
            report.is_sent(),
            report.is_cancelled(),
            report.request_body_size(),
            report.response_body_size(),
            report.server_address(),
            if report.server_port() > 1023 { "port" } else { "default" },
        ));
    }

    fn call_ended(&self, report: &CallReport<'_>) {
        self.0.lock().unwrap().push(format!(
            "{} {} attempts={} requests={} {:?} {:?} sent={} cancelled={}",
            report.endpoint().name(),
            report.url_template().unwrap_or("-"),
            report.attempts(),
            report.requests(),
            report.status().map(|status| status.as_u16()),
            report.error_type(),
            report.is_sent(),
            report.is_cancelled(),
        ));
    }
}

#[tokio::test]
async fn each_attempt_and_each_call_is_reported_without_a_subscriber() {
    let server = Server::start([
        Reply::empty(503),
        Reply::empty(302).header("location", "/v1/other"),
        Reply::json(200, r#""abc""#),
        Reply::reset(),
    ]);
    let reports = Reports::default();
    let client = builder(&server).observer(reports.clone()).build().unwrap();
    let tickets = TicketsClient::new(client);
    tickets.get("17").await.unwrap();
    tickets.pin("17", "3", "spam").text("hello").await.unwrap_err();
    let get = "GET /v1/tickets/{id}";
    assert_eq!(
        reports.lines(),
        [
            format!("1.0 {get} Some(503) Some(Api) Some(HTTP/1.1) sent=true cancelled=false sizes=Some(0) Some(0) 127.0.0.1:port"),
            format!("2.0 {get} Some(302) None Some(HTTP/1.1) sent=true cancelled=false sizes=Some(0) None 127.0.0.1:port"),
            format!("2.1 {get} Some(200) None Some(HTTP/1.1) sent=true cancelled=false sizes=Some(0) Some(5) 127.0.0.1:port"),
            "get /v1/tickets/{id} attempts=2 requests=3 Some(200) None sent=true cancelled=false".to_owned(),
            "1.0 POST /v1/tickets/{id}/notes/{note}:pin None Some(Interrupted) None sent=true cancelled=false sizes=Some(16) None 127.0.0.1:port".to_owned(),
            "pin /v1/tickets/{id}/notes/{note}:pin attempts=1 requests=1 None Some(\"interrupted\") sent=true cancelled=false".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_call_that_never_reaches_a_server_or_is_dropped_says_so() {
    let reports = Reports::default();
    let server = Server::start([Reply::stall()]);
    let client = builder(&server).observer(reports.clone()).build().unwrap();
    let call = TicketsClient::new(client.clone()).get("17").send();
    tokio::time::timeout(Duration::from_millis(300), call).await.unwrap_err();
    server.stop_listening();
    let client = support::client(server.url()).max_retries(0).observer(reports.clone());
    TicketsClient::new(client.build().unwrap()).get("17").await.unwrap_err();
    let lines = reports.lines();
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[0].contains("None None None sent=true cancelled=true"), "{lines:#?}");
    assert!(lines[1].ends_with("None None sent=true cancelled=true"), "{lines:#?}");
    assert!(lines[2].contains("None Some(Connect) None sent=false cancelled=false"), "{lines:#?}");
    assert!(lines[3].ends_with("Some(\"connect\") sent=false cancelled=false"), "{lines:#?}");
}

/// The size on the wire of a compressed body is unknown, and the decompressed size is not it.
#[tokio::test]
async fn the_size_of_a_decompressed_body_is_not_reported() {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(br#""abc""#).unwrap();
    let body = encoder.finish().unwrap();
    let compressed = Reply::bytes(200, "application/json", body).header("content-encoding", "gzip");
    for lean in [false, true] {
        let reports = Reports::default();
        let server = Server::start([compressed.clone()]);
        let client = builder(&server).observer(reports.clone());
        let client = if lean { client.lean() } else { client };
        assert_eq!(TicketsClient::new(client.build().unwrap()).get("17").await.unwrap(), "abc");
        assert!(reports.lines()[0].contains("sizes=Some(0) None"), "{:#?}", reports.lines());
    }
}

#[tokio::test]
async fn two_observers_see_each_call_of_every_clone() {
    let (one, two) = (Reports::default(), Reports::default());
    let fake = Fake::new().otherwise(|_| FakeReply::json(200, "a"));
    let client = Client::builder("https://api.example.com:8443").transport(fake);
    let client = client.observer(one.clone()).observer(two.clone()).build().unwrap();
    for client in [client.clone(), client.with_options(RequestOptions::new())] {
        TicketsClient::new(client).get("17").await.unwrap();
    }
    assert_eq!((one.lines().len(), one.lines()), (4, two.lines()));
    assert!(one.lines()[0].ends_with("api.example.com:port"), "{:#?}", one.lines());
}

#[tokio::test]
async fn each_attempt_and_redirect_has_headers_of_its_own_in_its_span() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let server = Server::start([
        Reply::empty(503),
        Reply::empty(302).header("location", "/v1/other"),
        Reply::json(200, r#""a""#),
    ]);
    let client = builder(&server)
        .attempt_headers(|headers| {
            let span = tracing::Span::current().id().map_or(0, |id| id.into_u64());
            headers.insert("traceparent", HeaderValue::from(span));
            headers.append("baggage", HeaderValue::from_static("a=1"));
            headers.append("baggage", HeaderValue::from_static("b=2"));
            headers.insert("content-length", HeaderValue::from_static("99"));
        })
        .build()
        .unwrap();
    let tickets = TicketsClient::new(client);
    let _guard = recorder.subscribe();
    tickets.get("17").await.unwrap();
    let sent = |name: &str| -> Vec<Option<String>> {
        server.requests().iter().map(|sent| sent.header(name).map(str::to_owned)).collect()
    };
    let ids = ["1", "2", "3"].map(|id| Some(id.to_owned()));
    assert_eq!(sent("traceparent"), ids);
    assert_eq!(sent("content-length"), [None, None, None]);
    assert!(server.requests().iter().all(|sent| sent.header_count("baggage") == 2));
}

/// Signs all headers, as a strict service demands.
fn signature(request: &HeaderMap) -> String {
    let unsigned = ["host", "connection", "accept-encoding", "content-length", "x-signature"];
    let signed = request.iter().filter(|(name, _)| !unsigned.contains(&name.as_str()));
    let mut signed: Vec<_> =
        signed.map(|(name, value)| format!("{name}:{}", value.to_str().unwrap())).collect();
    signed.sort();
    signed.join(",")
}

/// Returns the headers that the server has received.
fn received(request: &support::server::Recorded) -> HeaderMap {
    request
        .headers
        .iter()
        .map(|(name, value)| {
            let name: http::HeaderName = name.parse().unwrap();
            (name, HeaderValue::from_str(value).unwrap())
        })
        .collect()
}

/// The services that check every header refuse what is added after the signature.
#[tokio::test]
async fn a_signature_covers_the_headers_of_the_attempt_and_of_a_redirect() {
    for has_subscriber in [true, false] {
        let recorder = Recorder::ours(LevelFilter::INFO);
        let server = Server::start([
            Reply::empty(503),
            Reply::empty(302).header("location", "/v1/other"),
            Reply::json(200, r#""a""#),
        ]);
        let reports = Reports::default();
        let client = builder(&server)
            .attempt_headers(|headers| {
                let span = tracing::Span::current().id().map_or(0, |id| id.into_u64());
                headers.insert("traceparent", HeaderValue::from(span));
                headers.insert("x-signature", HeaderValue::from_static("of the closure"));
            })
            .auth(from_fn(|request: &mut AuthRequest| {
                let signature = signature(request.headers());
                request.set_header("x-signature", signature)
            }))
            .observer(reports.clone())
            .build()
            .unwrap();
        let guard = has_subscriber.then(|| recorder.subscribe());
        TicketsClient::new(client).get("17").await.unwrap();
        drop(guard);
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        for (request, id) in requests.iter().zip(["1", "2", "3"]) {
            let id = if has_subscriber { id } else { "0" };
            assert_eq!(request.header("traceparent"), Some(id));
            // It replaces the header of the closure, as it replaces a default header.
            let expected = signature(&received(request));
            assert!(expected.contains("traceparent:"), "{expected}");
            assert_eq!(request.header("x-signature"), Some(&*expected));
            assert_eq!(request.header_count("x-signature"), 1);
        }
        let lines = reports.lines();
        assert_eq!(lines.len(), 4, "{lines:#?}");
        assert!(lines[3].contains("attempts=2 requests=3 Some(200) None sent=true"), "{lines:#?}");
    }
}

/// The wait for credentials is no part of a request, and a request that never came to be is not
/// reported.
#[tokio::test]
async fn a_scheme_that_waits_or_fails_is_no_part_of_an_attempt() {
    let clock = TestClock::new();
    let fake = Fake::new().otherwise(|_| FakeReply::json(200, "a"));
    let (reports, durations) = (Reports::default(), Durations::default());
    let waiting = TokenProvider::new({
        let clock = clock.clone();
        move || {
            clock.advance(Duration::from_secs(7));
            async { Ok(AccessToken::new("token")) }
        }
    });
    let client = |scheme: Box<dyn Fn(ClientBuilder) -> ClientBuilder>| {
        let builder = Client::builder("https://api.example.com").transport(fake.clone());
        let builder = builder.clock(clock.clone()).observer(reports.clone());
        let builder = builder.observer(durations.clone()).attempt_headers(|headers| {
            headers.insert("traceparent", HeaderValue::from_static("00"));
        });
        TicketsClient::new(scheme(builder).build().unwrap())
    };
    client(Box::new(move |builder| builder.auth(waiting.clone()))).get("17").await.unwrap();
    let [attempt, call] = durations.0.lock().unwrap()[..] else { panic!("{durations:?}") };
    assert!(attempt < Duration::from_secs(7) && call >= Duration::from_secs(7), "{durations:?}");
    let failing = |_: &mut AuthRequest| -> Result<(), AuthError> { Err(AuthError::new("no key")) };
    let error = client(Box::new(move |builder| builder.auth(from_fn(failing))));
    let error = error.get("17").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let lines = reports.lines();
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(
        lines[2].ends_with("requests=0 None Some(\"credentials\") sent=false cancelled=false"),
        "{lines:#?}"
    );
}

/// Keeps the durations of attempts and calls.
#[derive(Clone, Debug, Default)]
struct Durations(Arc<Mutex<Vec<Duration>>>);

impl Observer for Durations {
    fn attempt_ended(&self, report: &AttemptReport<'_>) {
        self.0.lock().unwrap().push(report.duration());
    }

    fn call_ended(&self, report: &CallReport<'_>) {
        self.0.lock().unwrap().push(report.duration());
    }
}

#[tokio::test]
async fn a_header_that_the_request_has_stays() {
    let server = Server::start([Reply::json(200, r#""a""#)]);
    let client = builder(&server).attempt_headers(|headers| {
        headers.insert("traceparent", HeaderValue::from_static("of the client"));
        headers.insert("authorization", HeaderValue::from_static("of the closure"));
    });
    let client = client.bearer_token("token").build().unwrap();
    let options = RequestOptions::new().header("traceparent", "of the call");
    TicketsClient::new(client).get("17").options(options).await.unwrap();
    let sent = server.request();
    assert_eq!(sent.header("traceparent"), Some("of the call"));
    assert_eq!(
        (sent.header("authorization"), sent.header_count("authorization")),
        (Some("Bearer token"), 1)
    );
}

#[tokio::test]
async fn the_headers_of_attempts_go_to_the_own_origin_only() {
    let (own, other) =
        (Server::start([Reply::json(200, r#""a""#)]), Server::start([Reply::json(200, r#""a""#)]));
    let client = builder(&own).allow_origin(other.url()).attempt_headers(|headers| {
        headers.insert("traceparent", HeaderValue::from_static("here"));
    });
    let tickets = TicketsClient::new(client.build().unwrap());
    tickets.given(&format!("{}/upload", other.url())).await.unwrap();
    tickets.given(&format!("{}/upload", own.url())).await.unwrap();
    assert_eq!(other.request().header("traceparent"), None);
    assert_eq!(own.request().header("traceparent"), Some("here"));
}

#[tokio::test]
async fn a_sensitive_header_is_not_added_over_plain_http() {
    let secret = |headers: &mut HeaderMap| {
        let mut value = HeaderValue::from_static("canary");
        value.set_sensitive(true);
        headers.insert("x-token", value);
    };
    let fake = Fake::new().otherwise(|_| FakeReply::json(200, "a"));
    let client = |url: &str| Client::builder(url).transport(fake.clone()).attempt_headers(secret);
    let tickets = TicketsClient::new(client("http://far.example").build().unwrap());
    let error = tickets.get("17").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("over plain http") && fake.requests().is_empty(), "{error}");
    TicketsClient::new(client("https://far.example").build().unwrap()).get("17").await.unwrap();
    assert_eq!(fake.requests()[0].headers()["x-token"], "canary");
}

/// The first attempt may have been executed, so its error stays the result.
#[tokio::test]
async fn a_header_that_cannot_be_added_to_a_retry_leaves_the_earlier_error() {
    let fake = Fake::new().otherwise(|_| FakeReply::new(503, "busy"));
    let number = AtomicU32::new(0);
    let client = Client::builder("http://far.example").transport(fake.clone());
    let client = client.clock(TestClock::new()).attempt_headers(move |headers| {
        let mut value = HeaderValue::from_static("canary");
        value.set_sensitive(number.fetch_add(1, Ordering::SeqCst) > 0);
        headers.insert("x-token", value);
    });
    let tickets = TicketsClient::new(client.build().unwrap());
    let error = tickets.get("17").await.unwrap_err();
    assert_eq!((error.kind(), fake.requests().len()), (ErrorKind::Api, 1), "{error}");
    assert!(error.may_have_executed());
    assert!(error.to_string().contains("the request cannot be built again"), "{error}");
}

/// Credentials that fail end the span of their attempt with their own error.
#[tokio::test]
async fn the_span_of_an_attempt_without_credentials_has_its_own_error() {
    let server = Server::start([Reply::json(503, "{}")]);
    let number = Arc::new(AtomicU32::new(0));
    let scheme = from_fn(move |request: &mut AuthRequest| {
        let is_first = number.fetch_add(1, Ordering::SeqCst) == 0;
        if is_first {
            request.set_header("authorization", "Bearer abc")
        } else {
            Err(AuthError::new("no token"))
        }
    });
    let client = builder(&server).auth(scheme).attempt_headers(|headers| {
        headers.insert("traceparent", HeaderValue::from_static("00-1"));
    });
    let recorder = Recorder::ours(LevelFilter::INFO);
    let tickets = TicketsClient::new(client.build().unwrap());
    let _subscriber = recorder.subscribe();
    let error = tickets.get("17").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503, "{error}");
    let spans = recorder.spans();
    let types: Vec<_> = spans.iter().map(|span| &*span.fields["error.type"]).collect();
    assert_eq!(types, ["503", "credentials"]);
}
