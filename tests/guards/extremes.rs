//! Settings and responses at the ends of their ranges: no sum overflows and nothing panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use connectors_client::{
    ByteStream, Error, ErrorKind, EventStream, Fake, FakeReply, JsonLines, RequestOptions,
    RetryPolicy, api_client,
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use support::server::{Reply, Server};

use crate::alone::block_on;

#[api_client]
trait Things {
    #[get("get")]
    async fn get(&self) -> Value;

    #[get("bytes")]
    async fn bytes(&self) -> ByteStream;

    #[get("events", resume)]
    async fn events(&self) -> EventStream<Value>;

    #[get("lines")]
    async fn lines(&self) -> JsonLines<Value>;

    #[get("refused")]
    async fn refused(&self) -> Refused;
}

const TIMES: [Duration; 3] = [Duration::ZERO, Duration::from_nanos(1), Duration::MAX];
const SIZES: [usize; 3] = [0, 1, usize::MAX];

fn retries(retries: u32, wait: Duration) -> RetryPolicy {
    // A call without a timeout must not retry forever, nor wait for the longest possible time.
    let policy = RetryPolicy::default().max_retries(retries.min(3)).initial_backoff(wait);
    let short = wait.min(Duration::from_millis(1));
    policy.max_backoff(short).max_retry_after(short)
}

async fn calls(things: &ThingsClient) -> Result<usize, Error> {
    things.get().await?;
    let mut items = 0;
    let mut bytes = things.bytes().await?;
    while let Some(item) = bytes.next().await {
        item?;
        items += 1;
    }
    let mut lines = things.lines().await?;
    while let Some(item) = lines.next().await {
        item?;
        items += 1;
    }
    let mut events = things.events().await?;
    for _ in 0..5 {
        let Some(item) = events.next().await else { break };
        item?;
        items += 1;
    }
    Ok(items)
}

#[tokio::test]
async fn extreme_settings_are_obeyed_without_panics() {
    let server = Server::answer(|request| match request.path() {
        "/events" => {
            Reply::text(200, "text/event-stream", "retry: 18446744073709551615\nid: 1\ndata: 1\n\n")
        }
        "/lines" => Reply::text(200, "application/x-ndjson", "1\n2\n"),
        _ => Reply::json(200, "{\"a\": 1}"),
    });
    let (mut good, mut bad) = (0, 0);
    for time in TIMES {
        for size in SIZES {
            for count in [0, 1, u32::MAX] {
                let builder = support::client(server.url()).env_proxies(false);
                let builder = builder
                    .timeout(time)
                    .attempt_timeout(time)
                    .connect_timeout(time)
                    .idle_timeout(time);
                let builder = builder
                    .max_body(size)
                    .max_item(size)
                    .max_error_body(size)
                    .retry(retries(count, time));
                let client = builder.build().unwrap();
                let options =
                    RequestOptions::new().timeout(time).attempt_timeout(time).idle_timeout(time);
                let options = options.max_body(size).max_item(size).max_retries(count.min(3));
                for client in [client.clone(), client.with_options(options)] {
                    match calls(&ThingsClient::new(client)).await {
                        Ok(items) => {
                            assert!(
                                items >= 3 && size == usize::MAX,
                                "{items} items, {size} bytes"
                            );
                            good += 1;
                        }
                        Err(error) => {
                            let small = time < Duration::MAX || size < usize::MAX || count <= 1;
                            assert!(small, "{time:?} {size} {count}: {error}");
                            bad += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(good + bad, 3 * 3 * 3 * 2);
    assert!(good > 0 && bad > good, "{good} good, {bad} bad");
}

const WAITS: [&str; 8] = [
    "0",
    "1e9",
    "-1",
    "18446744073709551615",
    "99999999999999999999999999",
    "0.0000000001",
    "NaN",
    "inf",
];

/// Returns the number of inputs on which a reader panics.
fn panics<T: Copy + std::panic::RefUnwindSafe>(inputs: &[T], read: impl Fn(T)) -> usize {
    let panicked = |input: &&T| catch_unwind(AssertUnwindSafe(|| read(**input))).is_err();
    inputs.iter().filter(panicked).count()
}

#[test]
fn no_requested_wait_causes_a_panic() {
    let call = |wait: &'static str| {
        for header in ["retry-after", "retry-after-ms"] {
            let fake = Fake::new().otherwise(move |_| FakeReply::new(503, "").header(header, wait));
            let error = block_on(ThingsClient::new(fake.client()).get().send()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Api, "{header}: {wait}");
        }
    };
    assert_eq!(panics(&WAITS, call), 0);
    // Control: not every number of seconds fits into a `Duration`.
    let careless = panics(&WAITS, |wait| {
        let wait = Duration::from_secs_f64(wait.parse().unwrap());
        assert!(wait >= Duration::ZERO);
    });
    println!("figure: of {} numbers a careless reading panics on {careless}", WAITS.len());
    assert_eq!(careless, 5);
}

/// A type whose errors repeat the text that the server sent.
#[derive(Debug)]
struct Refused;

impl<'de> Deserialize<'de> for Refused {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom(String::deserialize(deserializer)?))
    }
}

/// `serde_json` reads a position from the end of an error's text, so a server can choose the
/// position.
#[test]
fn no_position_in_an_error_causes_a_panic() {
    let mut texts = Vec::new();
    for line in ["0", "1", "2", "18446744073709551615"] {
        for column in ["0", "1", "99999", "18446744073709551615"] {
            texts.push(format!("bad at line {line} column {column}"));
        }
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let call = |text: &str| {
        let replies = [
            serde_json::json!(text).to_string(),
            format!("\n\n[\"x\", {}]", serde_json::json!(text)),
        ];
        for reply in replies {
            let fake =
                Fake::new().on(ThingsClient::REFUSED, move |_| FakeReply::new(200, reply.clone()));
            let error =
                block_on(ThingsClient::new(fake.client()).refused().send()).map(drop).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{text}: {error}");
        }
    };
    assert_eq!(panics(&texts, call), 0);
    // Control: a reader that trusts the position in the error slices the text beyond its end.
    let careless = panics(&texts, |text| {
        let reply = serde_json::json!(text).to_string();
        let error = serde_json::from_str::<Refused>(&reply).unwrap_err();
        let line = reply.lines().nth(error.line() - 1).unwrap();
        assert!(!line[error.column() - 1..].is_empty());
    });
    println!("figure: of {} positions a careless reading panics on {careless}", texts.len());
    assert!(careless > texts.len() / 2, "{careless}");
}

/// Sets more headers than any server accepts and than `http` has room for.
#[tokio::test]
async fn too_many_headers_are_an_error() {
    let fake = Fake::new().otherwise(|_| FakeReply::json(200, 1));
    let client = fake.builder().bearer_token("t").header("x-own", "1").build().unwrap();
    let many = |count| {
        (0..count).fold(RequestOptions::new(), |options, n| options.header(&format!("x-{n}"), "v"))
    };
    ThingsClient::new(client.with_options(many(1000))).get().await.unwrap();
    let error = ThingsClient::new(client.with_options(many(5000))).get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build, "{error}");

    let mut request = http::Request::get("/x").body(connectors_client::Body::empty()).unwrap();
    let mut names =
        (0..).map(|n| http::HeaderName::from_bytes(format!("x-{n}").as_bytes()).unwrap());
    let value = http::HeaderValue::from_static("v");
    while request.headers_mut().try_append(names.next().unwrap(), value.clone()).is_ok() {}
    assert!(request.headers().len() > 20_000);
    let error = client.send::<Value>(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build, "{error}");
    assert_eq!(fake.requests().len(), 1);
}

/// Sets a header value that is longer than any server accepts.
#[tokio::test]
async fn a_header_of_a_megabyte_is_an_error() {
    let fake = Fake::new().otherwise(|_| FakeReply::json(200, 1));
    let client = fake.builder().bearer_token("t").build().unwrap();
    let long = |length| RequestOptions::new().header("x-long", "v".repeat(length));
    ThingsClient::new(client.with_options(long(64 * 1024))).get().await.unwrap();
    for options in [long(64 * 1024 + 1), long(1024 * 1024)] {
        let error = ThingsClient::new(client.with_options(options)).get().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{error}");
        assert!(error.to_string().contains("the value of the header `x-long` has"), "{error}");
        assert!(error.to_string().ends_with("more than the maximum of 65536"), "{error}");
    }
    assert_eq!(fake.requests().len(), 1);
}
