//! Waits that a server asks for, in every valid form and in invalid ones.

use std::time::{Duration, SystemTime};

use connectors_client::cohere::ConnectorsClient;
use connectors_client::{Clock as _, ErrorKind, Fake, FakeReply, RequestOptions};
use jiff::Timestamp;
use support::clock::TestClock;

const SECOND: Duration = Duration::from_secs(1);

/// Behaviour of a call after a response with these headers.
#[derive(Clone, Copy, Debug)]
enum Does {
    /// Waits this long, or up to two seconds less if time has passed meanwhile.
    Waits(Duration),
    /// Waits a random part of its own bound, as without the header.
    AsItLikes,
    /// Fails at once with an error that names the minimum wait.
    GivesUp(Duration),
}

use Does::{AsItLikes, GivesUp, Waits};

/// First wait of a call, the wait the server asked for, and the number of requests.
#[derive(Clone, Copy, Debug)]
struct Met {
    wait: Option<Duration>,
    asked: Option<Duration>,
    attempts: u32,
}

async fn meet(status: u16, headers: Vec<(&'static str, String)>) -> Met {
    let clock = TestClock::new();
    let fake = Fake::new().otherwise(move |_| {
        headers
            .iter()
            .fold(FakeReply::new(status, ""), |reply, (name, value)| reply.header(name, value))
    });
    let client = fake.builder().clock(clock.clone()).max_retries(1).build().unwrap();
    let error = ConnectorsClient::new(client).get("c").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    Met {
        wait: clock.waits().first().copied(),
        asked: error.retry_after(),
        attempts: error.attempts(),
    }
}

/// A point in time in the three forms of RFC 9110 section 5.6.7.
fn dates(offset: i64) -> [String; 3] {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let time = Timestamp::from_second(i64::try_from(now).unwrap() + offset).unwrap();
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .map(|form| time.strftime(form).to_string())
}

fn seconds() -> Vec<(String, Does)> {
    [
        ("0", Waits(Duration::ZERO)),
        ("3", Waits(3 * SECOND)),
        (" 3 ", Waits(3 * SECOND)),
        ("003", Waits(3 * SECOND)),
        ("1.5", Waits(SECOND * 3 / 2)),
        ("0.001", Waits(SECOND / 1000)),
        ("60", Waits(60 * SECOND)),
        ("60.001", GivesUp(60 * SECOND)),
        ("61", GivesUp(61 * SECOND)),
        ("86400", GivesUp(86_400 * SECOND)),
        ("18446744073709551616", GivesUp(Duration::MAX)),
        ("100000000000000000000", GivesUp(Duration::MAX)),
        ("-1", AsItLikes),
        ("-1e300", AsItLikes),
        ("+1", AsItLikes),
        ("NaN", AsItLikes),
        ("nan", AsItLikes),
        ("inf", AsItLikes),
        ("-inf", AsItLikes),
        ("infinity", AsItLikes),
        ("1e20", AsItLikes),
        ("1e3", AsItLikes),
        ("0x10", AsItLikes),
        ("1_000", AsItLikes),
        ("1,5", AsItLikes),
        ("1, 2", AsItLikes),
        ("1.2.3", AsItLikes),
        (".", AsItLikes),
        ("..", AsItLikes),
        ("", AsItLikes),
        ("soon", AsItLikes),
        ("3 seconds", AsItLikes),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Waits(Duration::ZERO)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Waits(Duration::ZERO)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Waits(Duration::ZERO)),
        ("Sun Nov  6 08:49:37 1994", Waits(Duration::ZERO)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", GivesUp(86_400 * SECOND)),
        ("Fri, 32 Dec 2026 23:59:59 GMT", AsItLikes),
        ("Fri, 31 Dec 99999 23:59:59 GMT", AsItLikes),
        ("2026-12-31T00:00:00Z", AsItLikes),
    ]
    .map(|(text, does)| (text.to_owned(), does))
    .into()
}

/// Returns the forms whose value differs in each run.
fn dates_from_now() -> Vec<(String, Does)> {
    let soon = dates(30).map(|date| (date, Waits(30 * SECOND)));
    let late = dates(3_600).map(|date| (date, GivesUp(3_598 * SECOND)));
    let past = dates(-5).map(|date| (date, Waits(Duration::ZERO)));
    soon.into_iter().chain(late).chain(past).collect()
}

/// Returns true if a call behaves like this. The client and its control share this check of all
/// forms.
fn is_obeyed(does: Does, met: Met) -> bool {
    match does {
        Waits(long) => {
            met.asked.is_some()
                && met.wait.is_some_and(|wait| wait <= long && wait + 2 * SECOND >= long)
        }
        AsItLikes => met.asked.is_none() && met.wait.is_some_and(|wait| wait <= SECOND / 2),
        GivesUp(long) => {
            (met.wait, met.attempts) == (None, 1) && met.asked.is_some_and(|asked| asked >= long)
        }
    }
}

async fn check(headers: Vec<(&'static str, String)>, does: Does) {
    for status in [429, 503] {
        let met = meet(status, headers.clone()).await;
        assert!(is_obeyed(does, met), "{status} {headers:?}: {met:?}, not {does:?}");
    }
}

fn forms() -> Vec<(String, Does)> {
    // Check the forms with a point in time first, before it passes.
    dates_from_now().into_iter().chain(seconds()).collect()
}

#[tokio::test]
async fn valid_waits_are_obeyed_and_garbage_is_ignored() {
    let forms = forms();
    println!("{} forms of Retry-After, on 429 and 503", forms.len());
    for (text, does) in forms {
        check(vec![("retry-after", text)], does).await;
    }
}

/// Control: a careless reading of the header, with the same forms and the same check.
#[test]
fn a_careless_reading_is_detected() {
    /// Reads a number of seconds and treats anything else as absent.
    fn careless(text: &str) -> Met {
        let asked = text.trim().parse().ok().map(Duration::from_secs_f64);
        Met { wait: Some(asked.unwrap_or(SECOND / 2)), asked, attempts: 2 }
    }

    let forms = forms();
    let (mut panicked, mut disobeyed) = (0, 0);
    for (text, does) in &forms {
        match std::panic::catch_unwind(|| careless(text)) {
            Err(_) => panicked += 1,
            Ok(met) => disobeyed += usize::from(!is_obeyed(*does, met)),
        }
    }
    println!("careless: of {} forms {panicked} panic and {disobeyed} are not obeyed", forms.len());
    assert!(panicked >= 5 && disobeyed >= 10, "{panicked} panics, {disobeyed} not obeyed");
}

#[tokio::test]
async fn valid_milliseconds_take_precedence() {
    let both = |milliseconds: &str, seconds: &str| {
        vec![("retry-after-ms", milliseconds.to_owned()), ("retry-after", seconds.to_owned())]
    };
    let alone = |milliseconds: &str| vec![("retry-after-ms", milliseconds.to_owned())];
    check(alone("1500"), Waits(SECOND * 3 / 2)).await;
    check(alone("250.5"), Waits(Duration::from_micros(250_500))).await;
    check(alone("60001"), GivesUp(60 * SECOND)).await;
    check(alone("99999999999999999999999"), GivesUp(60 * SECOND)).await;
    for garbage in ["-1", "NaN", "inf", "1e20", "", "soon"] {
        check(alone(garbage), AsItLikes).await;
        check(both(garbage, "7"), Waits(7 * SECOND)).await;
    }
    check(both("1500", "61"), Waits(SECOND * 3 / 2)).await;
    check(both("61000", "1"), GivesUp(61 * SECOND)).await;
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_ends_the_call_at_once() {
    for text in ["10", "10.5", &dates(30)[0]] {
        let clock = TestClock::new();
        let asked = text.to_owned();
        let fake =
            Fake::new().otherwise(move |_| FakeReply::new(429, "").header("retry-after", &asked));
        let client = fake.builder().clock(clock.clone()).timeout(10 * SECOND).build().unwrap();
        let error = ConnectorsClient::new(client).get("c").await.unwrap_err();
        assert_eq!((error.attempts(), clock.waits().len()), (1, 0), "{text}");
        assert!(error.retry_after().is_some_and(|asked| asked >= 10 * SECOND), "{text}");
    }
}

/// Returns the total wait of a call within this timeout, for a server that asks for 7 seconds each
/// time.
async fn waits_in_all(
    limit: Duration,
    call: impl AsyncFn(ConnectorsClient, &TestClock) -> u32,
) -> Duration {
    let clock = TestClock::new();
    let fake = Fake::new().otherwise(|_| FakeReply::new(429, "").header("retry-after", "7"));
    let client =
        fake.builder().clock(clock.clone()).timeout(limit).max_retries(50).build().unwrap();
    let attempts = call(ConnectorsClient::new(client), &clock).await;
    assert_eq!(attempts as usize, fake.requests().len());
    clock.waits().iter().sum()
}

/// All waits together stay within the call's timeout, however often the server asks.
#[tokio::test]
async fn waits_together_stay_within_the_deadline() {
    let limit = 30 * SECOND;
    let waited = waits_in_all(limit, async |connectors, _| {
        let error = connectors.get("c").await.unwrap_err();
        assert_eq!((error.attempts(), error.retry_after()), (5, Some(7 * SECOND)));
        error.attempts()
    });
    assert_eq!(waited.await, 4 * 7 * SECOND);

    // Control: a loop around the call that waits as long as the server asks and restarts the
    // timeout each time.
    let careless = waits_in_all(limit, async |connectors, clock| {
        for attempt in 1..=10 {
            let once = RequestOptions::new().max_retries(0);
            let Err(error) = connectors.get("c").options(once).await else { return attempt };
            clock.sleep(error.retry_after().unwrap_or_default()).await;
        }
        10
    })
    .await;
    println!("careless: waits {careless:?} within a limit of {limit:?}");
    assert!(careless > limit, "{careless:?}");
}
