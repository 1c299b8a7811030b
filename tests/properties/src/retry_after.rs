//! Waits that a server asks for by `Retry-After`.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use connectors_client::{Clock, Fake, RetryPolicy, SleepFuture, api_client};
use http::{HeaderValue, Response};

use crate::fields;
use crate::runtime::block_on;

#[api_client]
trait Busy {
    #[get("busy")]
    async fn call(&self);
}

/// Longest wait that the client accepts.
const MOST: Duration = Duration::from_secs(60);

/// Calls a server that answers 503 with `retry-after, retry-after-ms`.
///
/// Both headers are read as a model of them says. A wait of up to a minute is waited once. For a
/// longer one the call ends at once and reports it. Without one the client chooses its own wait.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn retry_after(input: &[u8]) {
    let mut pieces = fields::pieces(input);
    let mut next = || pieces.next().map(HeaderValue::from_bytes).and_then(Result::ok);
    let (date_or_seconds, milliseconds) = (next(), next());
    let texts = [&date_or_seconds, &milliseconds].map(|value| {
        value.as_ref().and_then(|value| value.to_str().ok()).map(|text| text.trim().to_owned())
    });

    let clock = FixedClock { now: Instant::now(), waits: Arc::default() };
    let fake = Fake::new().on(BusyClient::CALL, move |_| {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        let headers = [("retry-after", &date_or_seconds), ("retry-after-ms", &milliseconds)];
        for (name, value) in headers {
            response
                .headers_mut()
                .extend(value.clone().map(|value| (http::HeaderName::from_static(name), value)));
        }
        response
    });
    let policy = RetryPolicy::default().max_retries(1).max_retry_after(MOST);
    let client = fake.builder().clock(clock.clone()).retry(policy).build().unwrap();
    let error = block_on(async { BusyClient::new(client).call().await }).unwrap_err();

    let expected = texts[1]
        .as_deref()
        .and_then(|text| decimal(text, 1000.0))
        .or_else(|| texts[0].as_deref().and_then(|text| decimal(text, 1.0).or_else(|| date(text))));
    assert_same(error.retry_after(), expected);

    let waits = clock.waits.lock().unwrap().clone();
    match error.retry_after() {
        Some(asked) if asked > MOST => assert_eq!((waits, error.attempts()), (vec![], 1)),
        Some(asked) => assert_eq!((waits, error.attempts()), (vec![asked], 2)),
        None => {
            assert!(waits.len() == 1 && waits[0] <= Duration::from_millis(500), "{waits:?}");
            assert_eq!(error.attempts(), 2);
        }
    }
}

/// Returns true if two durations differ only by the rounding of a fraction.
#[track_caller]
fn assert_same(found: Option<Duration>, expected: Option<Duration>) {
    let (Some(one), Some(other)) = (found, expected) else { return assert_eq!(found, expected) };
    let difference = one.abs_diff(other).as_secs_f64();
    assert!(difference <= 1e-9 + other.as_secs_f64() * 1e-9, "{one:?} and {other:?}");
}

/// Reads a plain decimal number of the given fraction of a second, digit by digit.
fn decimal(text: &str, parts: f64) -> Option<Duration> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let digit = |byte: u8| f64::from(byte - b'0');
    let whole = whole.bytes().fold(0.0, |number, byte| number * 10.0 + digit(byte));
    let fraction = fraction.bytes().rev().fold(0.0, |number, byte| (number + digit(byte)) / 10.0);
    let seconds = (whole + fraction) / parts;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

fn date(text: &str) -> Option<Duration> {
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(time_of_day()).unwrap_or_default())
}

/// 6 November 1994, 08:49:37, the time of the examples in RFC 9110.
fn time_of_day() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
}

/// A clock that stands still and records the waits.
#[derive(Clone)]
struct FixedClock {
    now: Instant,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        self.now
    }

    fn system_time(&self) -> SystemTime {
        time_of_day()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        self.waits.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }

    fn timer(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::pending())
    }
}
