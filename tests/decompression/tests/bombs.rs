//! Bodies that become a gigabyte once they are decompressed, or never end. The tests measure how
//! much a client reads and what it costs.
//!
//! Each case runs in its own process, so that its memory is that of the client alone.

use std::env;
use std::fs;
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use connectors_client::{
    ByteStream, ErrorKind, EventStream, JsonLines, RequestOptions, ServerSentEvent, api_client,
};
use connectors_decompression::{Bomb, BombServer, Encoding};

const MEBIBYTE: usize = 1 << 20;

/// Default limits of a response body and of an error body.
const MAX_BODY: usize = 16 * MEBIBYTE;
const MAX_ERROR_BODY: usize = 64 * 1024;

/// Maximum memory of an item of a stream, which exists as text and as the bytes it was read from.
const MAX_EVENT: usize = 2 * MEBIBYTE;

/// Maximum additional memory of a body: windows and buffers of decompression and the network.
const BESIDES: usize = 12 * MEBIBYTE;

/// A call that takes longer was not stopped. Measured times are far shorter, and this bound also
/// holds on a slow machine.
const AT_THE_MOST: Duration = Duration::from_secs(60);

/// Number of bytes read from a byte stream.
const READ: usize = 256 * MEBIBYTE;

#[api_client]
trait Bombs {
    #[get("small")]
    async fn small(&self) -> serde_json::Value;

    #[get("200/application/json")]
    async fn json(&self) -> serde_json::Value;

    #[get("200/application/octet-stream")]
    async fn whole(&self) -> Bytes;

    #[get("400/application/json")]
    async fn error(&self);

    #[get("200/text/event-stream")]
    async fn events(&self) -> EventStream<ServerSentEvent>;

    #[get("200/application/x-ndjson")]
    async fn lines(&self) -> JsonLines<serde_json::Value>;

    #[get("200/application/octet-stream")]
    async fn bytes(&self) -> ByteStream;
}

/// Measurements of a case.
#[derive(Debug)]
struct Outcome {
    /// Peak growth of memory, if the system reports it.
    growth: Option<usize>,
    elapsed: Duration,
}

impl Outcome {
    /// Returns true if the memory is within the kept bytes and the tolerance. Our client and the
    /// control share this check.
    fn fits(&self, kept: usize) -> Option<bool> {
        assert!(
            self.growth.is_some() || !cfg!(target_os = "linux"),
            "Linux must report the memory"
        );
        self.growth.map(|growth| growth <= kept + BESIDES)
    }
}

/// Runs a case in its own process.
fn run(way: &str, encoding: Encoding, size: &str, bomb: Bomb) -> Outcome {
    // One case at a time, so that it is measured alone.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let server = BombServer::start(encoding, bomb);
    let child = Command::new(env::current_exe().unwrap())
        .args(["child", "--exact", "--ignored", "--nocapture"])
        .env("BOMB", format!("{way} {}", server.url()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(
        child.status.success(),
        "{way} {encoding:?} {size}: {said}\n{}",
        String::from_utf8_lossy(&child.stderr)
    );
    let numbers = said.lines().find_map(|line| line.split_once("MEASURED ")).unwrap().1;
    let (growth, micros) = numbers.split_once(' ').unwrap();
    let outcome = Outcome {
        growth: growth.parse().ok(),
        elapsed: Duration::from_micros(micros.trim().parse().unwrap()),
    };
    println!(
        "{way:9} {:8} {size:8} {:>8} {:>8.1} ms",
        encoding.name(),
        outcome.growth.map_or("-".to_owned(), |bytes| format!("{} KiB", bytes / 1024)),
        outcome.elapsed.as_secs_f64() * 1000.0
    );
    outcome
}

/// The bombs of a gigabyte, made once.
fn gibibyte(encoding: Encoding) -> Bomb {
    static BOMBS: OnceLock<[Bomb; 4]> = OnceLock::new();
    let bombs =
        BOMBS.get_or_init(|| Encoding::ALL.map(|encoding| Bomb::of_mebibytes(encoding, 1024)));
    Encoding::ALL.iter().zip(bombs).find(|(other, _)| **other == encoding).unwrap().1.clone()
}

/// Runs a way of reading on both kinds of bombs in each encoding, and checks its cost beyond the
/// kept bytes.
fn all(way: &str, kept: usize) {
    for encoding in Encoding::ALL {
        for (size, bomb) in [("1 GiB", gibibyte(encoding)), ("endless", Bomb::Endless(encoding))] {
            let outcome = run(way, encoding, size, bomb);
            assert_ne!(outcome.fits(kept), Some(false), "{way}: {outcome:?}");
            assert!(outcome.elapsed < AT_THE_MOST, "{way}: {outcome:?}");
        }
    }
}

#[test]
fn a_response_is_read_up_to_its_limit() {
    all("whole", MAX_BODY);
    all("json", MAX_BODY);
}

#[test]
fn an_error_body_is_read_up_to_its_limit() {
    all("error", MAX_ERROR_BODY);
}

#[test]
fn items_of_streams_are_read_up_to_their_limit() {
    all("events", MAX_EVENT);
    all("lines", MAX_EVENT);
}

#[test]
fn a_long_byte_stream_needs_no_memory() {
    all("bytes", 0);
}

/// Control: the measurement detects a client without limits.
#[test]
fn a_client_without_limits_is_detected() {
    for encoding in Encoding::ALL {
        let outcome = run("careless", encoding, "64 MiB", Bomb::of_mebibytes(encoding, 64));
        assert_ne!(outcome.fits(MAX_BODY), Some(true), "{outcome:?}");
    }
    // Reading line by line does not help, because a line may have any length.
    for encoding in Encoding::ALL {
        let outcome = run("long line", encoding, "64 MiB", Bomb::of_mebibytes(encoding, 64));
        assert_ne!(outcome.fits(MAX_EVENT), Some(true), "{outcome:?}");
    }
}

/// Runs a case when another process of this program starts it.
#[tokio::test]
#[ignore = "other tests run it"]
async fn child() {
    let case = env::var("BOMB").expect("another test starts this one");
    let (way, url) = case.rsplit_once(' ').unwrap();
    let client = support::client(url).env_proxies(false).build().unwrap();
    let bombs = BombsClient::new(client);
    // reqwest needs a TLS provider even if it uses none. Installing it twice is harmless.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let careless = reqwest::Client::builder().no_proxy().build().unwrap();
    // Warm up everything that every call needs before measuring.
    bombs.small().await.unwrap();
    careless.get(format!("{url}/small")).send().await.unwrap().bytes().await.unwrap();

    let before = begin();
    let started = Instant::now();
    match way {
        "whole" => too_large(&bombs.whole().await.unwrap_err(), MAX_BODY),
        "json" => too_large(&bombs.json().await.unwrap_err(), MAX_BODY),
        "error" => {
            let error = bombs.error().await.unwrap_err();
            assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 400));
            assert_eq!(error.body().unwrap().len(), MAX_ERROR_BODY);
        }
        "events" => {
            let mut events = bombs.events().await.unwrap();
            let error = events.next().await.unwrap().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
            assert!(events.next().await.is_none(), "the stream is at its end");
        }
        "lines" => {
            let mut lines = bombs.lines().await.unwrap();
            let error = lines.next().await.unwrap().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
            assert!(lines.next().await.is_none(), "the stream is at its end");
        }
        "bytes" => {
            let mut bytes = bombs.bytes().await.unwrap();
            let (mut count, expected) = (0, vec![b'x'; MEBIBYTE]);
            while count < READ {
                let chunk = bytes.next().await.unwrap().unwrap();
                assert!(chunk == expected[..chunk.len()]);
                count += chunk.len();
            }
        }
        "careless" => {
            let reply =
                careless.get(format!("{url}/200/application/octet-stream")).send().await.unwrap();
            assert_eq!(reply.bytes().await.unwrap().len(), 64 * MEBIBYTE);
        }
        "long line" => {
            let mut reply =
                careless.get(format!("{url}/200/application/x-ndjson")).send().await.unwrap();
            let mut line = Vec::new();
            while let Some(piece) = reply.chunk().await.unwrap()
                && !line.ends_with(b"\n")
            {
                line.extend_from_slice(&piece);
            }
            assert_eq!(line.len(), 64 * MEBIBYTE);
        }
        other => unreachable!("{other}"),
    }
    let elapsed = started.elapsed();
    let growth = peak().zip(before).map(|(peak, before)| peak.saturating_sub(before));
    println!(
        "MEASURED {} {}",
        growth.map_or("-".to_owned(), |growth| growth.to_string()),
        elapsed.as_micros()
    );
    // The client still works.
    bombs.small().options(RequestOptions::new().max_retries(0)).await.unwrap();
}

fn too_large(error: &connectors_client::Error, limit: usize) {
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    assert_eq!(error.body().unwrap().len(), limit);
    assert_eq!(error.attempts(), 1);
}

/// Resets the peak of the memory in use, and returns the memory in use.
fn begin() -> Option<usize> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    peak()
}

/// Returns the peak of the memory in use, if the system reports it.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<usize>().ok().map(|kibibytes| kibibytes * 1024)
}
