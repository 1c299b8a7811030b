//! Reconnecting streams: their cost, their waits, their requests and their end.

use std::time::Duration;

use connectors_client::{
    Error, ErrorClass, ErrorKind, EventStream, RequestOptions, RetryPolicy, Secret, api_client,
};
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

#[derive(Debug, ErrorClass, PartialEq)]
enum Problem {
    #[status(404)]
    Gone,
    #[status(other)]
    Other,
}

#[api_client(error = Problem)]
trait Feeds {
    #[get("feed/<id>?<topic>", resume, done = "[DONE]", headers("X-Fixed" = "fixed"))]
    async fn feed(
        &self,
        id: u32,
        topic: &str,
        #[header("X-Key")] key: Option<&Secret>,
    ) -> EventStream<u32>;

    #[post("feed", resume, idempotency_key)]
    async fn make(&self, name: &str) -> EventStream<u32>;

    #[get("fails")]
    async fn fails(&self);
}

fn events(text: &str) -> Reply {
    Reply::text(200, "text/event-stream", text)
}

fn builder(server: &Server, clock: &TestClock) -> connectors_client::ClientBuilder {
    support::client(server.url()).bearer_token("t").env_proxies(false).clock(clock.clone())
}

/// Reads the whole stream. Returns its items and the error that ends it, if any.
async fn all(mut stream: EventStream<u32>) -> (Vec<u32>, Option<Error>) {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(error) => return (items, Some(error)),
        }
    }
    (items, None)
}

/// Starts a server that sends one item. Later connections deliver none.
fn feed_without_reconnected_items() -> Server {
    Server::answer(|request| {
        if request.path() == "/fails" {
            return Reply::empty(503);
        }
        let is_first = request.header("last-event-id").is_none();
        events(if is_first { "id: 1\ndata: 1\n\n" } else { ": nothing\n\n" })
    })
}

fn feed_requests(server: &Server) -> usize {
    server.requests().iter().filter(|request| request.path() != "/fails").count()
}

#[tokio::test]
async fn empty_reconnections_are_bounded_but_need_no_budget() {
    let server = feed_without_reconnected_items();
    let feeds = FeedsClient::new(builder(&server, &TestClock::new()).build().unwrap());
    let (items, error) = all(feeds.feed(1, "a").await.unwrap()).await;
    assert_eq!((items, error.unwrap().kind()), (vec![1], ErrorKind::StreamTruncated));
    assert_eq!(feed_requests(&server), 3, "2 reconnections in a row, as for any call");

    // A client whose recent calls have all failed has no budget left.
    for _ in 0..100 {
        feeds.fails().await.unwrap_err();
    }
    let (items, error) = all(feeds.feed(1, "a").await.unwrap()).await;
    assert_eq!((items, feed_requests(&server)), (vec![1], 3 + 3));
    assert_eq!(error.unwrap().kind(), ErrorKind::StreamTruncated);
}

/// The control: a reader that reconnects until it reads the terminator, with the same server and
/// count.
#[tokio::test]
async fn a_careless_reader_reconnects_forever() {
    let server = feed_without_reconnected_items();
    let (plain, mut id) = (crate::plain_reqwest::plain(), None);
    let read = async {
        loop {
            let mut request = plain.get(format!("{}/feed/1", server.url()));
            if let Some(id) = &id {
                request = request.header("last-event-id", id);
            }
            let Ok(reply) = request.send().await else { continue };
            let text = reply.bytes().await.unwrap();
            let text = std::str::from_utf8(&text).unwrap();
            if text.contains("[DONE]") {
                return;
            }
            id = text
                .lines()
                .find_map(|line| line.strip_prefix("id: ").map(str::to_owned))
                .or(id.take());
        }
    };
    assert!(tokio::time::timeout(Duration::from_millis(300), read).await.is_err());
    println!("careless: {} connections in 300 ms", feed_requests(&server));
    assert!(feed_requests(&server) > 10, "{}", feed_requests(&server));
}

/// A quiet stream reconnects often, and later calls still have the whole retry budget.
#[tokio::test]
async fn a_quiet_stream_leaves_the_budget_to_other_calls() {
    let server = feed_without_reconnected_items();
    let policy = RetryPolicy::default().max_retries(200).max_backoff(Duration::from_secs(1));
    let client = builder(&server, &TestClock::new()).retry(policy).build().unwrap();
    let feeds = FeedsClient::new(client);
    all(feeds.feed(1, "a").await.unwrap()).await.1.unwrap();
    assert_eq!(feed_requests(&server), 1 + 200);

    let error = feeds.fails().await.unwrap_err();
    println!("a call after 200 reconnections: {} attempts", error.attempts());
    assert_eq!(error.attempts(), 1 + 35, "the whole budget");
}

/// A reconnection that the server refuses is retried like any call, so it does take from the
/// budget.
#[tokio::test]
async fn a_refused_reconnection_uses_the_budget() {
    let server = Server::answer(|request| match request.header("last-event-id") {
        None if request.path() != "/fails" => events("id: 1\ndata: 1\n\n"),
        _ => Reply::empty(503),
    });
    let policy = RetryPolicy::default().max_retries(200).max_backoff(Duration::from_secs(1));
    let client = builder(&server, &TestClock::new()).retry(policy).build().unwrap();
    let feeds = FeedsClient::new(client);
    all(feeds.feed(1, "a").await.unwrap()).await.1.unwrap();
    assert_eq!(feed_requests(&server), 1 + 1 + 35);
    assert_eq!(feeds.fails().await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn waits_before_empty_reconnections_back_off() {
    let first = Duration::from_secs(1);
    let mut longest = [Duration::ZERO; 5];
    for _ in 0..40 {
        let (server, clock) = (feed_without_reconnected_items(), TestClock::new());
        let policy =
            RetryPolicy::default().max_retries(5).initial_backoff(first).max_backoff(first * 8);
        let client = builder(&server, &clock).retry(policy).build().unwrap();
        all(FeedsClient::new(client).feed(1, "a").await.unwrap()).await.1.unwrap();
        let waits = clock.waits();
        assert_eq!(waits.len(), 5);
        for (longest, wait) in longest.iter_mut().zip(waits) {
            *longest = wait.max(*longest);
        }
    }
    println!("longest of 40 waits: {longest:?}");
    for (longest, most) in longest.into_iter().zip([1, 2, 4, 8, 8]) {
        // At least one of 40 random waits is longer than half the bound.
        assert!(longest <= first * most && longest >= first * most / 2, "{longest:?} of {most} s");
    }
}

#[tokio::test]
async fn a_longer_wait_requested_by_the_server_is_obeyed() {
    let server =
        Server::start([events("retry: 20000\nid: 1\ndata: 1\n\n"), events("data: [DONE]\n\n")]);
    let clock = TestClock::new();
    let feeds = FeedsClient::new(builder(&server, &clock).build().unwrap());
    let (items, error) = all(feeds.feed(1, "a").await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((items, clock.waits()), (vec![1], vec![Duration::from_secs(20)]));
}

#[tokio::test]
async fn a_refused_reconnection_ends_the_stream_with_its_error() {
    for (status, class) in [(400, Problem::Other), (401, Problem::Other), (404, Problem::Gone)] {
        let refused = Reply::json(status, r#"{"message": "no more"}"#);
        let server = Server::start([events("id: 1\ndata: 1\n\n"), refused]);
        let feeds = FeedsClient::new(builder(&server, &TestClock::new()).build().unwrap());
        let mut stream = feeds.feed(1, "a").await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap(), 1);
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.class()), (ErrorKind::Api, Some(class)), "{error}");
        assert_eq!(error.message(), Some("no more"));
        assert!(stream.next().await.is_none());
        assert_eq!(server.requests().len(), 2, "a permanent error is not retried");
    }
}

#[tokio::test]
async fn a_temporarily_refused_reconnection_is_retried() {
    let busy = || Reply::empty(503).header("retry-after", "3");
    let server =
        Server::start([events("id: 1\ndata: 1\n\n"), busy(), busy(), events("data: [DONE]\n\n")]);
    let clock = TestClock::new();
    let feeds = FeedsClient::new(builder(&server, &clock).build().unwrap());
    let (items, error) = all(feeds.feed(1, "a").await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((items, server.requests().len()), (vec![1], 4));
    assert_eq!(clock.waits()[1..], [Duration::from_secs(3); 2]);
}

/// Returns the headers without `Last-Event-ID`.
fn without_last_event_id(request: &Recorded) -> Vec<(String, String)> {
    let mut headers = request.headers.clone();
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("last-event-id"));
    headers.sort();
    headers
}

#[tokio::test]
async fn a_reconnection_sends_the_same_request_and_headers() {
    let ends = || [events("id: 1\ndata: 1\n\n"), events("id: 2\ndata: 2\n\n"), Reply::empty(204)];
    let options = || RequestOptions::new().header("X-Option", "option").query("more", "1");
    let server = Server::start(ends());
    let client = builder(&server, &TestClock::new()).auth_header("x-second", "s").build().unwrap();
    let key = Secret::new("k");
    let call = FeedsClient::new(client).feed(7, "a&b").key(&key).options(options());
    assert_eq!(all(call.await.unwrap()).await.0, [1, 2]);
    let requests = server.requests();
    for request in &requests[1..] {
        assert_eq!(without_last_event_id(request), without_last_event_id(&requests[0]));
        assert_eq!(request.target, "/feed/7?topic=a%26b&more=1");
    }
    for (name, value) in [
        ("authorization", "Bearer t"),
        ("x-second", "s"),
        ("x-key", "k"),
        ("x-option", "option"),
        ("x-fixed", "fixed"),
        ("accept", "text/event-stream"),
    ] {
        assert_eq!(requests[2].header(name), Some(value), "{name}");
    }
    let places: Vec<_> = requests.iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(places, [None, Some("1"), Some("2")]);

    // A reconnected POST sends the same body and key.
    let server = Server::start(ends());
    let feeds = FeedsClient::new(builder(&server, &TestClock::new()).build().unwrap());
    assert_eq!(all(feeds.make("n").options(options()).await.unwrap()).await.0, [1, 2]);
    let requests = server.requests();
    assert!(requests[0].header("idempotency-key").is_some());
    for request in &requests[1..] {
        assert_eq!(without_last_event_id(request), without_last_event_id(&requests[0]));
        assert_eq!(request.text(), r#"{"name":"n"}"#);
    }
}

/// An invalid last id is the server's mistake, not the caller's.
#[tokio::test]
async fn an_oversized_last_id_ends_the_stream_as_truncated() {
    let id = "x".repeat(64 * 1024 + 1);
    let server = Server::start([events(&format!("id: {id}\ndata: 1\n\n"))]);
    let feeds = FeedsClient::new(builder(&server, &TestClock::new()).build().unwrap());
    let (items, error) = all(feeds.feed(1, "a").await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!((items, error.kind()), (vec![1], ErrorKind::StreamTruncated), "{error}");
    assert!(error.to_string().contains("no header can carry its last id"), "{error}");
    assert_eq!(
        (error.attempts(), error.may_have_executed(), server.requests().len()),
        (1, true, 1)
    );
}

/// The stream was executed, even if the reconnection cannot have been.
#[tokio::test]
async fn a_failed_reconnection_may_have_executed() {
    let server = Server::start([events("id: 1\ndata: 1\n\n")]);
    let feeds = FeedsClient::new(builder(&server, &TestClock::new()).build().unwrap());
    let stream = feeds.feed(1, "a").await.unwrap();
    drop(server);
    let (items, error) = all(stream).await;
    let error = error.unwrap();
    assert_eq!((items, error.kind()), (vec![1], ErrorKind::Connect), "{error}");
    assert_eq!((error.attempts(), error.may_have_executed()), (1 + 3, true));
}
