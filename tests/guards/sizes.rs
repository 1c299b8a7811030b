//! A server or caller that sends too much gets an error of the right kind soon, and costs little
//! memory.

use std::sync::Arc;
use std::time::{Duration, Instant};

use connectors_client::{
    ByteStream, Error, ErrorKind, EventStream, JsonLines, RequestOptions, api_client,
};
use serde_json::Value;

use crate::alone::{alone, block_on};
use crate::lean_server::{Answer, LeanServer, json};
use crate::plain_reqwest::plain;
use crate::process::{memory, peak_memory};

const MEBIBYTE: usize = 1024 * 1024;
/// Number of bytes that the server can send.
const ENDLESS: usize = 64 * MEBIBYTE;
/// Maximum size of a response and of an item.
const LIMIT: usize = MEBIBYTE;
/// Maximum memory of a response in KiB: twice its limit, and 8 MiB for everything else.
const MOST_MEMORY: u64 = 2 * 1024 + 8 * 1024;

#[api_client]
trait Things {
    #[get("things/<id>")]
    async fn get(&self, id: &str) -> Value;

    #[get("bytes")]
    async fn bytes(&self) -> bytes::Bytes;

    #[get("pieces")]
    async fn pieces(&self) -> ByteStream;

    #[get("events")]
    async fn events(&self) -> EventStream<Value>;

    #[get("lines")]
    async fn lines(&self) -> JsonLines<Value>;
}

fn things(server: &LeanServer) -> ThingsClient {
    let client = support::client(server.url()).env_proxies(false).max_retries(0);
    ThingsClient::new(client.max_body(LIMIT).max_item(LIMIT).build().unwrap())
}

/// A response of 64 MiB: this head, then the same 64 KiB chunk again and again.
fn endless(head: &str, piece: &str) -> LeanServer {
    let head: Arc<[u8]> = format!("HTTP/1.1 {head}\r\n\r\n").into_bytes().into();
    let piece: Arc<[u8]> = piece.repeat(64 * 1024 / piece.len()).into_bytes().into();
    LeanServer::start(move |_, _| {
        Answer::Again(Arc::clone(&head), Arc::clone(&piece), ENDLESS / piece.len())
    })
}

/// 64 MiB that compress to 64 KiB on the wire.
fn compressed() -> LeanServer {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; MEBIBYTE];
    (0..ENDLESS / MEBIBYTE).for_each(|_| encoder.write_all(&zeros).unwrap());
    let body = encoder.finish().unwrap();
    let head = "HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: ";
    let reply = [format!("{head}{}\r\n\r\n", body.len()).into_bytes(), body].concat();
    let reply: Arc<[u8]> = reply.into();
    LeanServer::start(move |_, _| Answer::Whole(Arc::clone(&reply)))
}

const JSON: &str = "200 X\r\ncontent-type: application/json";
const EVENTS: &str = "200 X\r\ncontent-type: text/event-stream";
const LINES: &str = "200 X\r\ncontent-type: application/x-ndjson";

/// A call whose response never ends, and its expected outcome.
struct Endless {
    name: &'static str,
    server: fn() -> LeanServer,
    call: fn(&ThingsClient) -> Result<(), Error>,
    kind: ErrorKind,
}

const CASES: [Endless; 8] = [
    Endless { name: "JSON", server: || endless(JSON, " "), call: get, kind: ErrorKind::TooLarge },
    Endless {
        name: "JSON of a declared length",
        server: || endless(&format!("{JSON}\r\ncontent-length: {ENDLESS}"), "[[[["),
        call: get,
        kind: ErrorKind::TooLarge,
    },
    Endless { name: "compressed JSON", server: compressed, call: get, kind: ErrorKind::TooLarge },
    Endless {
        name: "bytes",
        server: || endless("200 X", "x"),
        call: |things| block_on(async { things.bytes().await.map(drop) }),
        kind: ErrorKind::TooLarge,
    },
    Endless {
        name: "the body of an error",
        server: || endless("404 X", "x"),
        call: get,
        kind: ErrorKind::Api,
    },
    Endless {
        name: "the body of a failure",
        server: || endless("500 X", "<"),
        call: get,
        kind: ErrorKind::Api,
    },
    Endless {
        name: "an event",
        server: || endless(EVENTS, "data: some data\n"),
        call: |things| block_on(async { things.events().await?.next().await.unwrap().map(drop) }),
        kind: ErrorKind::TooLarge,
    },
    Endless {
        name: "a line",
        server: || endless(LINES, "[1, "),
        call: |things| block_on(async { things.lines().await?.next().await.unwrap().map(drop) }),
        kind: ErrorKind::TooLarge,
    },
];

fn get(things: &ThingsClient) -> Result<(), Error> {
    block_on(async { things.get("x").await.map(drop) })
}

/// Returns the peak growth of memory while `work` runs, in KiB.
fn growth<T>(work: impl FnOnce() -> T) -> (T, u64) {
    // Some systems cannot reset the peak. It is then the peak of the whole process, which the limit
    // covers too.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = memory();
    let value = work();
    (value, peak_memory().saturating_sub(before))
}

/// Makes the first call of a process, so that one-time costs such as certificates are not counted.
fn warm_up() {
    let server = LeanServer::start(|_, _| Answer::Whole(json(200, "", "{}")));
    get(&things(&server)).unwrap();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn endless_responses_end_soon_and_take_little_memory() {
    alone("sizes::endless_responses_end_soon_and_take_little_memory", || {
        warm_up();
        for case in CASES {
            let server = (case.server)();
            let started = Instant::now();
            let (result, grown) = growth(|| (case.call)(&things(&server)));
            let (took, sent) = (started.elapsed(), server.written() / 1024);
            let error = result.unwrap_err();
            println!(
                "figure: {}: {:?}, {took:?}, {grown} KiB, {sent} KiB sent",
                case.name,
                error.kind()
            );
            assert_eq!(error.kind(), case.kind, "{}: {error}", case.name);
            assert!(grown <= MOST_MEMORY, "{}: {grown} KiB", case.name);
            assert!(error.body().unwrap().len() <= LIMIT, "{}", case.name);
            assert!(took < Duration::from_secs(5), "{}: {took:?}", case.name);
            assert!(sent < ENDLESS / 1024 / 2, "{}: {sent} KiB were sent", case.name);
        }
        // Control: a client without limits reads it all.
        rustls::crypto::ring::default_provider().install_default().unwrap();
        let plain = reqwest::Client::builder().no_proxy().build().unwrap();
        let server = endless(JSON, " ");
        let started = Instant::now();
        let read = || {
            block_on(async {
                plain.get(server.url()).send().await.unwrap().bytes().await.unwrap().len()
            })
        };
        let (read, grown) = growth(read);
        println!("figure: reqwest: {read} bytes, {:?}, {grown} KiB", started.elapsed());
        assert!(read == ENDLESS && grown > MOST_MEMORY, "{read} bytes, {grown} KiB");
        // Control: so does a client that collects an item without a limit.
        for (name, head, piece, end) in
            [("an event", EVENTS, "data: some data\n", "\n\n"), ("a line", LINES, "[1, ", "\n")]
        {
            let server = endless(head, piece);
            let (held, grown) = growth(|| block_on(collect(&plain, &server, end.as_bytes())));
            println!("figure: {name} collected to its end: {held} bytes, {grown} KiB");
            assert!(held == ENDLESS && grown > MOST_MEMORY, "{held} bytes, {grown} KiB");
        }
    });
}

/// Reads an item up to its end without a limit, as it is often written. Returns the number of
/// bytes.
async fn collect(client: &reqwest::Client, server: &LeanServer, end: &[u8]) -> usize {
    let mut reply = client.get(server.url()).send().await.unwrap();
    let mut item = Vec::new();
    while let Ok(Some(piece)) = reply.chunk().await {
        item.extend_from_slice(&piece);
        if item.ends_with(end) {
            break;
        }
    }
    item.len()
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn an_endless_stream_is_read_chunk_by_chunk() {
    alone("sizes::an_endless_stream_is_read_chunk_by_chunk", || {
        warm_up();
        let server = endless("200 X", "x");
        let read = || {
            block_on(async {
                let mut pieces = things(&server).pieces().await.unwrap();
                let mut read = 0;
                while let Some(piece) = pieces.next().await {
                    read += piece.unwrap().len();
                }
                read
            })
        };
        let (read, grown) = growth(read);
        println!("figure: a stream of {read} bytes: {grown} KiB");
        assert!(read == ENDLESS && grown <= MOST_MEMORY, "{read} bytes, {grown} KiB");
        // Control: the same response, read whole.
        let server = endless("200 X", "x");
        let whole =
            || block_on(async { plain().get(server.url()).send().await.unwrap().bytes().await });
        let (whole, grown) = growth(|| whole().unwrap().len());
        println!("figure: careless: {whole} bytes as a whole: {grown} KiB");
        assert!(whole == ENDLESS && grown > MOST_MEMORY, "{whole} bytes, {grown} KiB");
    });
}

#[tokio::test]
async fn response_headers_are_limited_in_number_and_size() {
    for (headers, size, is_read) in
        [(50, 10, true), (90, 100, true), (200, 10, false), (50, 20_000, false)]
    {
        let header = |number| format!("x-{number}: {}\r\n", "x".repeat(size));
        let headers: String = (0..headers).map(header).collect::<Vec<_>>().concat();
        let reply = json(200, &headers, "{}");
        let server = LeanServer::start(move |_, _| Answer::Whole(Arc::clone(&reply)));
        match things(&server).get("x").await {
            Ok(_) => assert!(is_read, "{headers} headers"),
            Err(error) => {
                assert!(!is_read, "{error}");
                assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
            }
        }
    }
}

/// Returns the number of requests that a server receives while `calls` run.
async fn sent(server: &LeanServer, calls: impl Future<Output = ()>) -> usize {
    let before = server.requests();
    calls.await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    server.requests() - before
}

#[tokio::test]
async fn ids_urls_and_headers_have_a_maximum_length() {
    let server = LeanServer::start(|_, _| Answer::Whole(json(200, "", "{}")));
    let things = things(&server);
    let query = |length: usize| RequestOptions::new().query("q", "x".repeat(length));
    things.get(&"x".repeat(8 * 1024)).await.unwrap();
    things.get("x").options(query(60_000)).await.unwrap();
    let headers = |count: usize| {
        (0..count).fold(RequestOptions::new(), |options, n| options.header(&format!("x-{n}"), "v"))
    };
    let long = "v".repeat(1024 * 1024);
    let too_long = async {
        let too_long = [
            things.get(&"x".repeat(8 * 1024 + 1)).await,
            // Each of these characters takes three in the URL.
            things.get(&"/".repeat(8 * 1024 + 1)).await,
            things.get("x").options(query(65_600)).await,
            things.get("x").options(RequestOptions::new().query("q", "/".repeat(22_000))).await,
            things.get("x").options(headers(5_000)).await,
            things.get("x").options(RequestOptions::new().header("x-long", &long)).await,
            things.get("").await,
        ];
        for result in too_long {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Build, "{error}");
            assert!(!error.may_have_executed() && error.to_string().len() < 300, "{error}");
        }
    };
    assert_eq!(sent(&server, too_long).await, 0);

    // Control: plain reqwest sends them all except the URL that `http` has no room for.
    let plain = plain();
    let careless = async {
        let get = |id: String| plain.get(format!("{}/things/{id}", server.url()));
        let many = (0..5_000)
            .fold(get("x".to_owned()), |request, n| request.header(format!("x-{n}"), "v"));
        let urls = [
            get("x".repeat(8 * 1024 + 1)),
            get("%2F".repeat(8 * 1024 + 1)),
            get("x".repeat(65_600)),
        ];
        let long = get("x".to_owned()).header("x-long", &long);
        for request in urls.into_iter().chain([many, long, get(String::new())]) {
            let _ = request.send().await;
        }
    };
    let sent = sent(&server, careless).await;
    println!("figure: careless: {sent} of 6 that are too long, too many or empty are sent");
    assert_eq!(sent, 5);
}
