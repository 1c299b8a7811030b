//! Bodies that are a gigabyte once they are decompressed, or have no end: how long a client reads on, and what it costs.
//!
//! Each case is a process of its own, so that its memory is that of the client alone.

use std::env;
use std::fs;
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use connectors_client::{
    ByteStream, Client, ErrorKind, EventStream, JsonLines, RequestOptions, ServerSentEvent, api_client,
};
use connectors_decompression::{Bomb, BombServer, Encoding};

const MEBIBYTE: usize = 1 << 20;

/// What a client reads at the most by default: a reply, and the body of an error.
const MAX_BODY: usize = 16 * MEBIBYTE;
const MAX_ERROR_BODY: usize = 64 * 1024;

/// The same for an item of a stream, which is there as text and as what was read of it.
const MAX_EVENT: usize = 2 * MEBIBYTE;

/// What one body may cost beside what is kept of it: windows and buffers of decompression and the network.
const BESIDES: usize = 12 * MEBIBYTE;

/// Beyond this nobody has stopped anything. What is measured is shown, and is far below; this holds on a slow machine.
const AT_THE_MOST: Duration = Duration::from_secs(60);

/// How much of a stream of bytes is read.
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

/// What a case comes to.
#[derive(Debug)]
struct Outcome {
    /// By how much the memory in use grew at its peak, where that can be measured.
    growth: Option<usize>,
    elapsed: Duration,
}

impl Outcome {
    /// Whether it took no more than what is kept and what may come to it; the one check, for ours and for the control.
    fn fits(&self, kept: usize) -> Option<bool> {
        assert!(self.growth.is_some() || !cfg!(target_os = "linux"), "the memory could not be measured");
        self.growth.map(|growth| growth <= kept + BESIDES)
    }
}

/// Runs a case in a process of its own.
fn run(way: &str, encoding: Encoding, size: &str, bomb: Bomb) -> Outcome {
    // One at a time, so that what is measured is measured alone.
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
    let bombs = BOMBS.get_or_init(|| Encoding::ALL.map(|encoding| Bomb::of_mebibytes(encoding, 1024)));
    Encoding::ALL.iter().zip(bombs).find(|(other, _)| **other == encoding).unwrap().1.clone()
}

/// Runs a way of reading on both kinds of bombs in each encoding, and checks what it cost beside what is kept.
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
fn a_reply_is_read_up_to_its_limit() {
    all("whole", MAX_BODY);
    all("json", MAX_BODY);
}

#[test]
fn the_body_of_an_error_is_read_up_to_its_limit() {
    all("error", MAX_ERROR_BODY);
}

#[test]
fn items_of_streams_are_read_up_to_their_limit() {
    all("events", MAX_EVENT);
    all("lines", MAX_EVENT);
}

#[test]
fn a_stream_of_bytes_costs_nothing_however_long_it_is() {
    all("bytes", 0);
}

/// The measuring would see it, were it otherwise.
#[test]
fn a_client_without_limits_takes_it_all() {
    for encoding in Encoding::ALL {
        let outcome = run("careless", encoding, "64 MiB", Bomb::of_mebibytes(encoding, 64));
        assert_ne!(outcome.fits(MAX_BODY), Some(true), "{outcome:?}");
    }
    // Nor does it help to take lines one by one, where a line may have any length.
    for encoding in Encoding::ALL {
        let outcome = run("long line", encoding, "64 MiB", Bomb::of_mebibytes(encoding, 64));
        assert_ne!(outcome.fits(MAX_EVENT), Some(true), "{outcome:?}");
    }
}

/// A case, when another process of this program runs it.
#[tokio::test]
#[ignore = "the other tests run it"]
async fn child() {
    let case = env::var("BOMB").expect("the other tests say what to do");
    let (way, url) = case.rsplit_once(' ').unwrap();
    let client = Client::builder(url).environment_proxies(false).build().unwrap();
    let bombs = BombsClient::new(client);
    // reqwest wants to be told which TLS, also where it uses none; a second time changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let careless = reqwest::Client::builder().no_proxy().build().unwrap();
    // What every call needs is there before anything is measured.
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
            let reply = careless.get(format!("{url}/200/application/octet-stream")).send().await.unwrap();
            assert_eq!(reply.bytes().await.unwrap().len(), 64 * MEBIBYTE);
        }
        "long line" => {
            let mut reply = careless.get(format!("{url}/200/application/x-ndjson")).send().await.unwrap();
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
    // The same client goes on.
    bombs.small().options(RequestOptions::new().max_retries(0)).await.unwrap();
}

fn too_large(error: &connectors_client::Error, limit: usize) {
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    assert_eq!(error.body().unwrap().len(), limit);
    assert_eq!(error.attempts(), 1);
}

/// Forgets the peak of the memory in use until now, and says what is in use.
fn begin() -> Option<usize> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    peak()
}

/// The peak of the memory in use, where the system says it.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<usize>().ok().map(|kibibytes| kibibytes * 1024)
}
