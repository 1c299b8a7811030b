//! Limits of size and time that no server can exceed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use connectors_client::cohere::ConnectorsClient;
use connectors_client::{
    Body, Clock, ErrorKind, JsonLines, RequestOptions, SleepFuture, Transport, TransportFuture,
    api_client,
};
use support::server::{Reply, Server};

use crate::builder;

#[api_client]
trait Files {
    #[get("file")]
    async fn file(&self) -> bytes::Bytes;

    #[get("slow", timeout = "200ms")]
    async fn slow(&self);
}

#[tokio::test]
async fn a_response_body_above_the_limit_is_refused() {
    for chunked in [false, true] {
        let reply = Reply::bytes(200, "application/octet-stream", vec![b'x'; 100_000]);
        let server = Server::start([if chunked { reply.chunked([7000]) } else { reply }]);
        let files = FilesClient::new(builder(&server).max_body(100_000).build().unwrap());
        assert_eq!(files.file().await.unwrap().len(), 100_000);

        let error = files.file().options(RequestOptions::new().max_body(99_999)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert_eq!(
            error.to_string(),
            "GET file: the response body is larger than the limit of 99999 bytes"
        );
        assert!(error.body().unwrap().len() <= 99_999);
        assert_eq!(error.attempts(), 1);
    }
}

/// A transport whose response has as many three-byte chunks as the path says.
struct ChunkedTransport {
    has_length: bool,
    alive: Arc<Alive>,
}

/// The current and the maximum number of chunks in memory.
#[derive(Default)]
struct Alive {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A chunk that represents the buffer it keeps alive.
struct Chunk([u8; 3], Arc<Alive>);

impl Chunk {
    fn new(bytes: [u8; 3], alive: &Arc<Alive>) -> Self {
        let now = alive.now.fetch_add(1, Ordering::Relaxed) + 1;
        alive.most.fetch_max(now, Ordering::Relaxed);
        Self(bytes, Arc::clone(alive))
    }
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        self.1.now.fetch_sub(1, Ordering::Relaxed);
    }
}

fn chunks(count: u8) -> Vec<[u8; 3]> {
    (0..count).map(|chunk| [chunk, chunk, b'.']).collect()
}

impl Transport for ChunkedTransport {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let alive = Arc::clone(&self.alive);
        Box::pin(async move {
            let chunks =
                chunks(request.uri().path().trim_start_matches("/chunks/").parse().unwrap());
            let length = 3 * chunks.len() as u64;
            let stream = futures_util::stream::iter(chunks.into_iter().map(move |chunk| {
                Ok::<_, std::io::Error>(bytes::Bytes::from_owner(Chunk::new(chunk, &alive)))
            }));
            let body = Body::from_stream(stream);
            Ok(http::Response::new(if self.has_length { body.with_length(length) } else { body }))
        })
    }
}

#[api_client]
trait Cut {
    #[get("chunks/<count>")]
    async fn cut(&self, count: u8) -> bytes::Bytes;
}

#[tokio::test]
async fn a_body_can_arrive_in_any_number_of_chunks() {
    for has_length in [false, true] {
        let alive = Arc::new(Alive::default());
        let transport = ChunkedTransport { has_length, alive: Arc::clone(&alive) };
        let client = support::client("http://localhost").transport(transport).build().unwrap();
        let cut = CutClient::new(client);
        // A few chunks are kept as they are. More are copied, since each may keep a whole buffer
        // alive.
        for count in [0, 1, 2, 3, 15, 16, 17, 18, 40, 200] {
            let whole = chunks(count).concat();
            alive.most.store(0, Ordering::Relaxed);
            assert_eq!(cut.cut(count).await.unwrap(), whole, "{count}");
            // 16 chunks and the one being copied.
            assert_eq!(alive.most.load(Ordering::Relaxed), usize::from(count).min(17), "{count}");
            assert_eq!(alive.now.load(Ordering::Relaxed), 0, "{count}");
            let limit = whole.len().saturating_sub(4);
            let limited = cut.cut(count).options(RequestOptions::new().max_body(limit)).await;
            if count > 1 {
                let error = limited.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::TooLarge, "{count}");
                assert_eq!(*error.body().unwrap(), whole[..limit], "{count}");
            }
        }
    }
}

#[tokio::test]
async fn an_error_body_is_kept_up_to_its_limit() {
    let server = Server::start([Reply::bytes(400, "text/plain", vec![b'x'; 100_000])]);
    let files = FilesClient::new(builder(&server).build().unwrap());
    let error = files.file().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
    assert!(error.to_string().len() < 400);
}

#[api_client(timeout = "200ms")]
trait Quick {
    #[get("a")]
    async fn trait_limit(&self);

    #[get("b", timeout = "1h")]
    async fn own_limit(&self);
}

#[test]
fn an_endpoint_has_its_own_limit_or_that_of_its_trait() {
    assert_eq!(QuickClient::TRAIT_LIMIT.timeout(), Some(Duration::from_millis(200)));
    assert_eq!(QuickClient::OWN_LIMIT.timeout(), Some(Duration::from_secs(3600)));
    assert_eq!(FilesClient::FILE.timeout(), None);
}

#[tokio::test]
async fn the_narrowest_timeout_applies() {
    let server = Server::start([Reply::stall()]);
    let files = FilesClient::new(builder(&server).max_retries(0).build().unwrap());
    let started = Instant::now();
    let error = files.slow().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let error = files
        .file()
        .options(RequestOptions::new().timeout(Duration::from_millis(100)))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let error = files
        .file()
        .options(RequestOptions::new().attempt_timeout(Duration::from_millis(100)))
        .await
        .unwrap_err();
    assert!(
        error.to_string().starts_with(
            "GET file: timed out: no response arrived within the attempt timeout of 100ms"
        ),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(5));
}

const PATIENCE: Duration = Duration::from_secs(60);

#[api_client(attempt_timeout = "100ms", idle_timeout = "100ms")]
trait Patient {
    #[get("a")]
    async fn trait_attempt(&self);

    #[get("b", attempt_timeout = "10m")]
    async fn own_attempt(&self);

    #[get("c")]
    async fn trait_idle(&self) -> JsonLines<u8>;

    #[get("d", idle_timeout = PATIENCE)]
    async fn own_idle(&self) -> JsonLines<u8>;
}

#[tokio::test]
async fn an_endpoint_or_its_trait_can_set_the_attempt_timeout() {
    let server =
        Server::start([Reply::empty(204).delay(Duration::from_millis(250)), Reply::stall()]);
    let client =
        builder(&server).max_retries(0).attempt_timeout(Duration::from_millis(10)).build().unwrap();
    let patient = PatientClient::new(client);
    patient.own_attempt().await.unwrap();
    let error = patient.trait_attempt().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET a: timed out: no response arrived within the attempt timeout of 100ms"
    );
    // The call's own timeout overrides both.
    let options = RequestOptions::new().attempt_timeout(Duration::from_millis(20));
    let error = patient.own_attempt().options(options).await.unwrap_err();
    assert!(error.to_string().contains("within the attempt timeout of 20ms"), "{error}");
}

#[tokio::test]
async fn an_endpoint_or_its_trait_can_set_the_idle_timeout() {
    let slow =
        Reply::text(200, "application/x-ndjson", "1\n2\n").drip(2, Duration::from_millis(200));
    let server = Server::start([slow.clone(), slow.stall_after(2)]);
    let client = builder(&server).idle_timeout(Duration::from_millis(10)).build().unwrap();
    let patient = PatientClient::new(client);
    let mut lines = patient.own_idle().await.unwrap();
    assert_eq!(
        (lines.next().await.unwrap().unwrap(), lines.next().await.unwrap().unwrap()),
        (1, 2)
    );
    assert!(lines.next().await.is_none());

    let mut lines = patient.trait_idle().await.unwrap();
    let mut error = lines.next().await.unwrap().err();
    if error.is_none() {
        error = lines.next().await.unwrap().err();
    }
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("100ms"), "{error}");
}

/// A clock on which only timers of one duration expire, and those at once.
#[derive(Clone)]
struct Passing(Duration);

impl Clock for Passing {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::ready(()))
    }

    fn timer(&self, duration: Duration) -> SleepFuture {
        if duration == self.0 { self.sleep(duration) } else { Box::pin(std::future::pending()) }
    }
}

#[tokio::test]
async fn the_default_idle_timeout_of_a_stream_is_30_seconds() {
    for (set, passing) in [(None, 30), (Some(7), 7)] {
        let server =
            Server::start([Reply::text(200, "application/x-ndjson", "1\n").stall_after_head()]);
        let clock = Passing(Duration::from_secs(passing));
        let builder = support::client(server.url()).env_proxies(false).clock(clock).max_retries(0);
        let builder = match set {
            Some(seconds) => builder.idle_timeout(Duration::from_secs(seconds)),
            None => builder,
        };
        let mut lines = IdleClient::new(builder.build().unwrap()).lines().await.unwrap();
        let error = lines.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(error.to_string(), format!("GET lines: timed out: nothing came for {passing}s"));
    }
}

#[api_client]
trait Idle {
    #[get("lines")]
    async fn lines(&self) -> JsonLines<u8>;
}

#[tokio::test]
async fn attempts_and_waits_together_stay_within_the_call_timeout() {
    let server = Server::start([Reply::stall()]);
    let client = builder(&server)
        .attempt_timeout(Duration::from_millis(100))
        .timeout(Duration::from_millis(250))
        .max_retries(50)
        .retry(
            connectors_client::RetryPolicy::default()
                .max_retries(50)
                .initial_backoff(Duration::ZERO),
        )
        .build()
        .unwrap();
    let started = Instant::now();
    let error = ConnectorsClient::new(client).get("c").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!((1..=4).contains(&error.attempts()), "{}", error.attempts());
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_url_above_the_length_limit_is_refused() {
    let server = Server::start([Reply::empty(200)]);
    let connectors = ConnectorsClient::new(builder(&server).build().unwrap());
    let options = RequestOptions::new().query("q", "x".repeat(70_000));
    let error = connectors.list().options(options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert_eq!(server.connections(), 0);
}

fn gzip(body: &[u8]) -> Reply {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).unwrap();
    Reply::bytes(200, "application/octet-stream", encoder.finish().unwrap())
        .header("content-encoding", "gzip")
}

#[tokio::test]
async fn the_body_limit_counts_decompressed_bytes() {
    let server = Server::start([gzip(b"hello"), gzip(&vec![0; 32 * 1024 * 1024])]);
    let files = FilesClient::new(builder(&server).build().unwrap());
    assert_eq!(files.file().await.unwrap(), "hello");
    assert_eq!(server.requests()[0].header("accept-encoding"), Some("gzip"));

    // 32 KiB on the wire, but twice the default limit after decompression.
    let error = files.file().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.body().unwrap().len(), 16 * 1024 * 1024);
}
