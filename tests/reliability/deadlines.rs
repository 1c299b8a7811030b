//! No server keeps a call longer than its timeouts, whichever timeout it is and wherever it is set.

use std::time::{Duration, Instant};

use connectors_client::{Client, ClientBuilder, Error, ErrorKind, RequestOptions, api_client};
use support::fault_server::{Certificate, Fault, FaultServer, HEALTHY_BODY, Script, authority};

use crate::{careless, plain_reqwest};

const LIMIT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(30);
/// Tolerance for a busy machine. The faults last far longer.
const MARGIN: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(50);

#[api_client]
trait Slow {
    #[get("slow")]
    async fn get(&self) -> serde_json::Value;

    #[post("slow")]
    async fn post(&self) -> serde_json::Value;

    #[get("slow", timeout = "200ms")]
    async fn limited_get(&self) -> serde_json::Value;

    #[post("slow", timeout = "200ms")]
    async fn limited_post(&self) -> serde_json::Value;
}

/// Place where the timeout is set, and its kind.
#[derive(Clone, Copy, Debug)]
enum Set {
    ConnectOfClient,
    AttemptOfClient,
    AttemptOfCall,
    WholeOfClient,
    WholeOfEndpoint,
    WholeOfCall,
}

impl Set {
    const WHOLE_AND_ATTEMPT: [Self; 5] = [
        Self::AttemptOfClient,
        Self::AttemptOfCall,
        Self::WholeOfClient,
        Self::WholeOfEndpoint,
        Self::WholeOfCall,
    ];

    /// Maximum number of attempts a GET can make within it.
    fn attempts(self) -> u32 {
        match self {
            Self::ConnectOfClient | Self::AttemptOfClient | Self::AttemptOfCall => 3,
            Self::WholeOfClient | Self::WholeOfEndpoint | Self::WholeOfCall => 1,
        }
    }

    fn client(self, server: &FaultServer) -> ClientBuilder {
        let url = server.url();
        // Uses the real clock. Retries do not wait.
        let builder = support::client(&url)
            .env_proxies(false)
            .connect_timeout(LONG)
            .attempt_timeout(LONG)
            .timeout(LONG)
            .retry(connectors_client::RetryPolicy::default().initial_backoff(Duration::ZERO));
        let builder = if url.starts_with("https") {
            builder.root_certificates(authority::pem())
        } else {
            builder
        };
        match self {
            Self::ConnectOfClient => builder.connect_timeout(LIMIT),
            Self::AttemptOfClient => builder.attempt_timeout(LIMIT),
            Self::WholeOfClient => builder.timeout(LIMIT),
            Self::AttemptOfCall | Self::WholeOfEndpoint | Self::WholeOfCall => builder,
        }
    }

    fn options(self) -> RequestOptions {
        match self {
            Self::AttemptOfCall => RequestOptions::new().attempt_timeout(LIMIT),
            Self::WholeOfCall => RequestOptions::new().timeout(LIMIT),
            _ => RequestOptions::new(),
        }
    }

    async fn call(self, client: Client, is_get: bool, blocking: bool) -> Error {
        let (set, options) = (self, self.options());
        let of_endpoint = matches!(set, Self::WholeOfEndpoint);
        if blocking {
            let call = move || {
                let slow = BlockingSlowClient::new(client);
                match (is_get, of_endpoint) {
                    (true, false) => slow.get().options(options).send(),
                    (false, false) => slow.post().options(options).send(),
                    (true, true) => slow.limited_get().options(options).send(),
                    (false, true) => slow.limited_post().options(options).send(),
                }
            };
            return tokio::task::spawn_blocking(call).await.unwrap().unwrap_err();
        }
        let slow = SlowClient::new(client);
        let result = match (is_get, of_endpoint) {
            (true, false) => slow.get().options(options).await,
            (false, false) => slow.post().options(options).await,
            (true, true) => slow.limited_get().options(options).await,
            (false, true) => slow.limited_post().options(options).await,
        };
        result.unwrap_err()
    }
}

/// Meets an endless fault by GET and POST, async and blocking. Returns the longest overrun beyond
/// the timeout.
async fn ends(name: &str, fault: Fault, set: Set, kind: ErrorKind, is_unsent: bool) -> Duration {
    let mut overrun = Duration::ZERO;
    for (is_get, blocking) in [(true, false), (false, false), (true, true), (false, true)] {
        let server = FaultServer::start(fault.clone());
        let client = set.client(&server).build().unwrap();
        let started = Instant::now();
        let error = set.call(client, is_get, blocking).await;
        let elapsed = started.elapsed();
        let case = format!(
            "{name}, {set:?}, {}: after {elapsed:?}: {error}",
            if is_get { "GET" } else { "POST" }
        );
        // Without a connection a POST can be retried as well.
        let attempts = if is_get || is_unsent { set.attempts() } else { 1 };
        assert_eq!((error.kind(), error.is_timeout()), (kind, true), "{case}");
        assert_eq!(error.may_have_executed(), !is_unsent, "{case}");
        assert_eq!(error.attempts(), attempts, "{case}");
        assert!(elapsed >= LIMIT && elapsed < LIMIT * attempts + MARGIN, "{case}");
        overrun = overrun.max(elapsed.saturating_sub(LIMIT * attempts));
    }
    overrun
}

fn head() -> String {
    "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n".to_owned()
}

#[tokio::test]
async fn the_connect_timeout_includes_the_tls_handshake() {
    for (name, fault) in [
        ("full queue", Fault::full_queue()),
        ("silent handshake", Fault::instead_of_tls(Script::at_once().stall())),
        (
            "dripping handshake",
            Fault::instead_of_tls(
                Script::after_bytes(5).send([22, 3, 3, 64, 0]).drip(vec![0; 1000], PAUSE),
            ),
        ),
    ] {
        let overrun = ends(name, fault, Set::ConnectOfClient, ErrorKind::Connect, true).await;
        println!("{name}: longest overrun {overrun:?}");
    }
}

/// The attempt and call timeouts end every phase, connecting included.
#[tokio::test]
async fn attempt_and_call_timeouts_hold_wherever_they_are_set() {
    let faults: [(&str, Fault); 7] = [
        ("full queue", Fault::full_queue()),
        ("silent handshake", Fault::instead_of_tls(Script::at_once().stall())),
        ("never accepted", Fault::never_accepted()),
        ("silent", Script::executed().stall().into()),
        ("dripping head", Script::executed().drip("HTTP/1.1 200 OK\r\n".repeat(99), PAUSE).into()),
        ("dripping body", Script::executed().send(head()).drip(vec![b' '; 100_000], PAUSE).into()),
        (
            "body over TLS",
            Fault::https(
                Certificate::Good,
                Script::executed().send(head()).drip(vec![b' '; 100_000], PAUSE),
            ),
        ),
    ];
    let mut cases = 0;
    for (name, fault) in faults {
        let mut longest = Duration::ZERO;
        for set in Set::WHOLE_AND_ATTEMPT {
            // Nothing is sent without a connection.
            let is_unsent = matches!(name, "full queue" | "silent handshake");
            longest =
                longest.max(ends(name, fault.clone(), set, ErrorKind::Timeout, is_unsent).await);
            cases += 4;
        }
        println!("{name}: longest overrun {longest:?}");
    }
    println!("{cases} calls");
}

/// Control: a program around reqwest that takes `is_connect` for "nothing was sent". It meets the
/// two faults without a connection.
#[tokio::test]
async fn a_careless_client_takes_an_unsent_request_for_sent() {
    let mut wrong = 0;
    for fault in [Fault::full_queue(), Fault::instead_of_tls(Script::at_once().stall())] {
        let server = FaultServer::start(fault);
        let request = careless::plain().post(server.url()).body("{}").timeout(LIMIT);
        let error = request.send().await.unwrap_err();
        assert!(error.is_timeout());
        let may_have_executed = !error.is_connect();
        // Our client passes this check in `ends`.
        wrong += usize::from(may_have_executed);
    }
    println!("careless: {wrong} of 2 requests without a connection are taken for sent");
    assert_eq!(wrong, 2);
}

/// The error of a slow status line keeps its status and arrives in time.
#[tokio::test]
async fn a_dripping_error_body_ends_at_the_timeout() {
    let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 100000\r\n\r\n";
    for set in Set::WHOLE_AND_ATTEMPT {
        for blocking in [false, true] {
            let fault = Script::executed().send(head).drip(vec![b'x'; 100_000], PAUSE);
            let server = FaultServer::start(fault.into());
            let started = Instant::now();
            let error = set.call(set.client(&server).build().unwrap(), true, blocking).await;
            let elapsed = started.elapsed();
            assert!(elapsed < LIMIT + MARGIN, "{set:?}: {elapsed:?}");
            assert!(error.is_not_found(), "{set:?}: {error}");
        }
    }
}

/// A server whose HTTP/2 connections are dead until it recovers. Connections made afterwards work.
fn dead_http2() -> FaultServer {
    FaultServer::start(Fault::http2(Script::executed().stall()))
}

/// Returns true if the next two calls after a dead connection work once the server recovered. Our
/// client and the control share this check.
async fn next_calls_work(server: &FaultServer, call: impl AsyncFn() -> bool) -> bool {
    server.heal();
    call().await && call().await
}

/// The next attempt does not use a dead HTTP/2 connection, even within the same call.
#[tokio::test]
async fn an_http2_connection_is_not_reused_after_a_timeout() {
    let server = dead_http2();
    let client = Set::AttemptOfClient.client(&server).build().unwrap();
    let error = SlowClient::new(client.clone()).get().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
    assert_eq!(server.counts().connections, 3);
    let patient = RequestOptions::new().attempt_timeout(LONG);
    let post =
        async || SlowClient::new(client.clone()).post().options(patient.clone()).await.is_ok();
    assert!(next_calls_work(&server, post).await);
    // A working connection is kept.
    assert_eq!(server.counts().connections, 4);
}

/// Control: the timeout of plain reqwest ends the call but not the connection.
#[tokio::test]
async fn a_careless_client_reuses_a_dead_connection() {
    let server = dead_http2();
    let client = plain_reqwest::trusting(&authority::pem(), &[b"h2"]).build().unwrap();
    let send = async || careless::send(&client, &server, reqwest::Method::POST).await.is_ok();
    // On a busy machine the timeout may expire while connecting.
    while server.counts().received == 0 {
        assert!(!send().await);
    }
    let connections = server.counts().connections;
    let works = next_calls_work(&server, send).await;
    println!("careless: no further connection, and the next call works: {works}");
    assert!(!works && server.counts().connections == connections);
}

/// A call that was on the dead connection too and times out later must not disturb the calls made
/// since then.
#[tokio::test]
async fn consecutive_http2_timeouts_cost_one_new_connection() {
    let server = FaultServer::start(Fault::http2(Script::executed().stall()));
    let client = Set::WholeOfCall.client(&server).max_retries(0).build().unwrap();
    let slow = SlowClient::new(client);
    let limit = |limit| RequestOptions::new().timeout(limit);
    let second = tokio::spawn(slow.get().options(limit(LIMIT * 3)).send());
    let first = tokio::spawn(slow.get().options(limit(LIMIT)).send());
    first.await.unwrap().unwrap_err();
    server.heal();
    slow.get().options(limit(LONG)).await.unwrap();
    let connections = server.counts().connections;
    assert_eq!(second.await.unwrap().unwrap_err().kind(), ErrorKind::Timeout);
    slow.get().options(limit(LONG)).await.unwrap();
    assert_eq!(server.counts().connections, connections);
}

/// An ended HTTP/1 connection affects no other, even if HTTP/2 was possible.
#[tokio::test]
async fn an_http1_timeout_leaves_other_connections_usable() {
    let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", "{}");
    let script =
        Script::executed().send(reply.clone()).read_request().execute().wait(LIMIT * 2).send(reply);
    let server = FaultServer::start(Fault::https(Certificate::Good, script));
    let client = Set::WholeOfCall.client(&server).max_retries(0).build().unwrap();
    let slow = SlowClient::new(client);
    let limit = |limit| RequestOptions::new().timeout(limit);
    // One connection is kept after its first response. While it waits for the second, a further one
    // is opened.
    slow.get().options(limit(LONG)).await.unwrap();
    let waiting = tokio::spawn(slow.get().options(limit(LONG)).send());
    while server.counts().executed < 2 {
        tokio::task::yield_now().await;
    }
    slow.get().options(limit(LONG)).await.unwrap();
    assert_eq!(server.counts().connections, 2);
    slow.get().options(limit(LIMIT / 2)).await.unwrap_err();
    waiting.await.unwrap().unwrap();
    slow.get().options(limit(LONG)).await.unwrap();
    assert_eq!(server.counts().connections, 2);
}

/// Controls: without a timeout nothing ends a dripping body, and a timeout between two bytes does
/// not either.
#[tokio::test]
async fn a_careless_timeout_is_detected() {
    let patience = LIMIT * 6;
    let dripping = || {
        FaultServer::start(Script::executed().send(head()).drip(vec![b' '; 100_000], PAUSE).into())
    };
    let between_bytes = careless::builder().read_timeout(LIMIT).build().unwrap();
    for (name, client) in
        [("no limit", careless::plain()), ("a limit between bytes", between_bytes)]
    {
        let server = dripping();
        let started = Instant::now();
        let read = async { client.get(server.url()).send().await?.bytes().await };
        let read = tokio::time::timeout(patience, read).await;
        println!(
            "careless, {name}: {} after {:?}",
            if read.is_ok() { "ended" } else { "waits" },
            started.elapsed()
        );
        // The checks above would fail here, because the call outlasts the timeout.
        assert!(read.is_err(), "{name}");
    }
    let silent = FaultServer::start(Fault::instead_of_tls(Script::at_once().stall()));
    let port = silent.url().replace("https://", "");
    let connect = tokio::time::timeout(patience, async {
        // A timeout for TCP alone, which is common, has already passed when the handshake begins.
        let tcp = tokio::time::timeout(LIMIT, tokio::net::TcpStream::connect(&port)).await;
        let mut tcp = tcp.unwrap().unwrap();
        tokio::io::AsyncReadExt::read(&mut tcp, &mut [0]).await
    });
    assert!(connect.await.is_err());
}

#[tokio::test]
async fn a_response_in_time_succeeds() {
    let reply =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{HEALTHY_BODY}", HEALTHY_BODY.len());
    let server = FaultServer::start(Script::executed().wait(LIMIT / 4).send(reply).into());
    let client = Set::ConnectOfClient.client(&server).build().unwrap();
    SlowClient::new(client).get().await.unwrap();
}
