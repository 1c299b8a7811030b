//! Events: the lines that a person reads.

use std::time::Duration;

use connectors_client::{Client, ErrorKind, RetryPolicy};
use support::recorder::Recorder;
use support::server::{Reply, Server};
use tracing::Level;
use tracing::level_filters::LevelFilter;

use crate::{TicketsClient, builder, tickets};

/// Returns the debug lines, without the server's port.
fn lines(recorder: &Recorder, server: &Server) -> Vec<String> {
    let lines = recorder.lines(Level::DEBUG);
    lines.into_iter().map(|line| line.replace(&server.url(), "http://server")).collect()
}

#[tokio::test]
async fn a_call_is_a_line_and_each_retry_has_its_reason() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([
        Reply::json(503, r#"{"message": "down"}"#).header("retry-after", "2"),
        Reply::reset(),
        Reply::json(200, r#""a""#),
        Reply::empty(429).header("retry-after", "0"),
        Reply::json(404, r#"{"message": "gone"}"#),
        Reply::json(200, "{"),
    ]);
    let tickets = tickets(&server);
    let _guard = recorder.subscribe();
    tickets.get("17").await.unwrap();
    tickets.pin("17", "3", "spam").await.unwrap_err();
    tickets.list().limit(5).await.unwrap_err();
    let url = "http://server/v1/tickets/{id}";
    let pin = format!("POST {url}/notes/{{note}}:pin");
    assert_eq!(
        lines(&recorder, &server),
        [
            format!("GET {url}: 503 Service Unavailable, retried because the call is idempotent attempt=1 endpoint=Tickets::get error.type=503 wait=_"),
            format!("GET {url}: the connection ended before the response did, retried because the call is idempotent attempt=2 endpoint=Tickets::get error.type=interrupted wait=_"),
            format!("GET {url}: 200 OK attempts=3 elapsed=_ endpoint=Tickets::get"),
            format!("{pin}: 429 Too Many Requests, retried because the server refused the request for now attempt=1 endpoint=Tickets::pin error.type=429 wait=_"),
            format!("{pin}: 404 Not Found attempts=2 elapsed=_ endpoint=Tickets::pin error.type=404"),
            "GET http://server/v1/tickets?limit=REDACTED: 200 OK, the response does not fit the return type attempts=1 elapsed=_ endpoint=Tickets::list error.type=decode".to_owned(),
        ]
    );
    let events = recorder.events();
    assert_eq!(events[0].fields["wait"], "2s");
    assert!(events.iter().all(|event| event.target == "connectors_client"));
}

#[tokio::test]
async fn a_call_without_a_request_is_a_line() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([Reply::empty(200)]);
    let tickets = tickets(&server);
    let _guard = recorder.subscribe();
    tickets.get("..").await.unwrap_err();
    assert_eq!(
        lines(&recorder, &server),
        [
            "GET v1/tickets/<id>: the request cannot be built attempts=0 elapsed=_ endpoint=Tickets::get error.type=build"
        ]
    );
    assert!(recorder.spans().is_empty());
}

/// The reason of a retry that was due and not made is in the line of the call.
#[tokio::test]
async fn a_retry_that_is_not_made_has_its_reason() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([Reply::empty(503)]);
    let retry = RetryPolicy::default().max_retries(100).initial_backoff(Duration::ZERO);
    let client = builder(&server).retry(retry).build().unwrap();
    let tickets = TicketsClient::new(client);
    let _guard = recorder.subscribe();
    tickets.get("17").await.unwrap_err();
    let last = lines(&recorder, &server).pop().unwrap();
    assert!(last.contains("503 Service Unavailable (not retried: too many calls"), "{last}");
}

#[tokio::test]
async fn a_wait_for_the_limits_of_the_client_is_a_line() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([Reply::json(200, r#""a""#)]);
    let client = builder(&server).rate(1, Duration::from_secs(5)).build().unwrap();
    let tickets = TicketsClient::new(client);
    let _guard = recorder.subscribe();
    tickets.get("17").await.unwrap();
    tickets.get("17").await.unwrap();
    let lines = lines(&recorder, &server);
    let url = "GET http://server/v1/tickets/{id}";
    let ended = format!("{url}: 200 OK attempts=1 elapsed=_ endpoint=Tickets::get");
    let waited =
        "GET v1/tickets/<id>: waited for the limits of the client endpoint=Tickets::get wait=_";
    assert_eq!(lines, [ended.clone(), waited.to_owned(), ended]);
    // The wait is not part of the request.
    assert!(recorder.spans().iter().all(|span| span.is_closed));
}

#[tokio::test]
async fn a_redirect_is_a_line_without_its_location() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([
        Reply::empty(307).header("location", "/v1/secret"),
        Reply::json(200, r#""a""#),
        Reply::empty(301).header("location", "https://elsewhere.example/"),
    ]);
    let tickets = tickets(&server);
    let _guard = recorder.subscribe();
    tickets.get("17").await.unwrap();
    tickets.get("17").await.unwrap_err();
    let url = "http://server/v1/tickets/{id}";
    assert_eq!(
        lines(&recorder, &server),
        [
            format!(
                "GET {url}: 307 Temporary Redirect, redirect followed attempt=1 endpoint=Tickets::get"
            ),
            format!("GET {url}: 200 OK attempts=1 elapsed=_ endpoint=Tickets::get"),
            format!(
                "GET {url}: 301 Moved Permanently, the redirect is not followed attempts=1 elapsed=_ endpoint=Tickets::get error.type=redirect"
            ),
        ]
    );
}

/// A call that is dropped has not failed (semantic conventions for HTTP, "Status").
#[tokio::test]
async fn a_call_that_is_dropped_is_a_line_and_no_error() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([Reply::empty(503), Reply::stall()]);
    let tickets = tickets(&server);
    let _guard = recorder.subscribe();
    drop(tickets.get("never polled").send());
    assert!(recorder.events().is_empty());
    let call = tickets.get("17").send();
    tokio::time::timeout(Duration::from_millis(300), call).await.unwrap_err();
    let url = "http://server/v1/tickets/{id}";
    assert_eq!(
        lines(&recorder, &server)[1..],
        [format!("GET {url}: dropped by the caller attempts=2 elapsed=_ endpoint=Tickets::get")]
    );
    let last = recorder.spans().pop().unwrap();
    assert!(last.is_closed);
    assert!(
        !last.fields.contains_key("error.type") && !last.fields.contains_key("otel.status_code")
    );
}

#[tokio::test]
async fn the_words_of_a_server_are_at_trace_level() {
    let recorder = Recorder::ours(LevelFilter::TRACE);
    let server = Server::start([Reply::json(404, r#"{"message": "no such ticket"}"#)]);
    let tickets = tickets(&server);
    let _guard = recorder.subscribe();
    tickets.get("17").await.unwrap_err();
    let words = recorder.lines(Level::TRACE);
    assert!(words.iter().any(|line| line.contains("no such ticket")), "{words:?}");
    assert!(!lines(&recorder, &server).join("\n").contains("no such ticket"));
}

/// Events belong to the span of the caller, also of a blocking call, which runs on other threads.
#[test]
fn spans_and_events_are_in_the_span_of_the_caller() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([Reply::empty(503), Reply::json(200, r#""a""#)]);
    let client = builder(&server).build().unwrap();
    let _guard = recorder.subscribe();
    let span = tracing::info_span!(target: "connectors_client::test", "handler");
    span.in_scope(|| crate::BlockingTicketsClient::new(client).get("17").send().unwrap());
    let (spans, events) = (recorder.spans(), recorder.events());
    assert_eq!((spans.len(), events.len()), (3, 2));
    assert!(spans[1..].iter().all(|span| span.parent == Some(0) && span.is_closed), "{spans:#?}");
    assert!(events.iter().all(|event| event.span == Some(0)), "{events:#?}");
}

#[tokio::test]
async fn with_level_info_there_are_spans_and_no_events() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let server = Server::start([Reply::json(200, r#""a""#)]);
    let tickets = tickets(&server);
    let _guard = recorder.subscribe();
    tickets.get("17").await.unwrap();
    assert_eq!((recorder.spans().len(), recorder.events().len()), (1, 0));
}

const EVENTS: &str = "data: \"a\"\n\ndata: \"b\"\n\ndata: [DONE]\n\n";

fn stream(body: &str) -> Reply {
    Reply::text(200, "text/event-stream", body)
}

#[tokio::test]
async fn the_span_of_a_stream_ends_with_its_headers_and_an_event_tells_its_end() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([stream(EVENTS), stream("data: \"a\"\n\n"), stream(EVENTS)]);
    let tickets = tickets(&server);
    let _guard = recorder.subscribe();
    for _ in 0..2 {
        let mut events = tickets.events().await.unwrap();
        assert!(recorder.spans().iter().all(|span| span.is_closed));
        while let Some(event) = events.next().await {
            if event.is_err() {
                break;
            }
        }
    }
    let mut events = tickets.events().await.unwrap();
    events.next().await.unwrap().unwrap();
    drop(events);
    let url = "GET http://server/v1/events";
    let of = "endpoint=Tickets::events";
    assert_eq!(
        lines(&recorder, &server),
        [
            format!("{url}: 200 OK attempts=1 elapsed=_ {of}"),
            format!("{url}: stream ended: complete bytes={} chunks=1 elapsed=_ {of}", EVENTS.len()),
            format!("{url}: 200 OK attempts=1 elapsed=_ {of}"),
            format!(
                "{url}: stream ended: the stream ended before its terminator bytes=11 chunks=1 elapsed=_ {of} error.type=stream_truncated"
            ),
            format!("{url}: 200 OK attempts=1 elapsed=_ {of}"),
            format!(
                "{url}: stream ended: dropped by the caller bytes={} chunks=1 elapsed=_ {of}",
                EVENTS.len()
            ),
        ]
    );
}

#[tokio::test]
async fn a_download_tells_its_end() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([
        Reply::text(200, "text/plain", "abc"),
        Reply::text(200, "text/plain", "abcdef").reset_after(3),
    ]);
    let tickets = tickets(&server);
    let _guard = recorder.subscribe();
    let mut chunks = tickets.download().await.unwrap();
    while chunks.next().await.is_some() {}
    let mut chunks = tickets.download().await.unwrap();
    let mut last = None;
    while let Some(chunk) = chunks.next().await {
        last = Some(chunk);
    }
    assert_eq!(last.unwrap().unwrap_err().kind(), ErrorKind::Interrupted);
    let lines = lines(&recorder, &server);
    let is_end = |line: &&String| line.contains("stream ended");
    let ends: Vec<_> = lines.iter().filter(is_end).collect();
    assert_eq!(ends.len(), 2, "{lines:#?}");
    assert!(ends[0].contains("stream ended: complete bytes=3"), "{ends:?}");
    assert!(ends[1].contains("the connection ended before the response did"), "{ends:?}");
}

/// A server is asked again by the same stream: it ends once.
#[tokio::test]
async fn a_stream_that_reconnects_ends_once() {
    use connectors_client::{EventStream, api_client};

    #[api_client]
    trait News {
        #[get("news", resume, done = "[DONE]")]
        async fn news(&self) -> EventStream<String>;
    }

    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let server = Server::start([stream("id: 1\ndata: \"a\"\n\n"), stream(EVENTS)]);
    let client: Client = builder(&server).build().unwrap();
    let _guard = recorder.subscribe();
    let mut news = NewsClient::new(client).news().await.unwrap();
    while let Some(event) = news.next().await {
        event.unwrap();
    }
    drop(news);
    let lines = lines(&recorder, &server);
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(
        lines[1].contains("200 OK") && lines[2].contains("stream ended: complete"),
        "{lines:#?}"
    );
}
