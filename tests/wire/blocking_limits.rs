//! Limits of requests in blocking calls, and with a clock that is set back.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use connectors_client::{
    Client, ClientBuilder, Clock, ErrorKind, Limits, RequestOptions, SleepFuture,
};

use crate::request_limits::{ApiClient, BlockingApiClient, SECOND, Slow, fine, strict};

const SHORT: Duration = Duration::from_millis(30);
const PERIOD: Duration = Duration::from_millis(300);

/// Makes as many calls as there are threads, each in a thread of its own.
fn call(client: &Client, threads: usize, make: fn(&BlockingApiClient)) {
    let api = BlockingApiClient::new(client.clone());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| make(&api));
        }
    });
}

fn list(api: &BlockingApiClient) {
    api.list().send().unwrap();
}

fn search(api: &BlockingApiClient) {
    api.search().send().unwrap();
}

#[test]
fn blocking_calls_share_the_places_of_their_client() {
    let server = Slow::new(SHORT, fine);
    call(&server.plain(|builder| builder.max_in_flight(2)), 8, list);
    assert_eq!((server.most(), server.starts().len()), (2, 8));
    // Control: without the limit.
    let server = Slow::new(PERIOD, fine);
    call(&server.plain(|builder| builder), 8, list);
    assert!(server.most() > 2, "{}", server.most());
}

#[test]
fn blocking_calls_wait_for_the_rate() {
    let server = Slow::new(Duration::ZERO, fine);
    call(&server.plain(|builder| builder.rate(2, PERIOD)), 6, list);
    // The server notes a start a little later than the client does.
    let noted = PERIOD.saturating_sub(Duration::from_millis(50));
    assert_eq!((server.most_in(noted), server.starts().len()), (2, 6));
    // Control: without the limit.
    let server = Slow::new(Duration::ZERO, fine);
    call(&server.plain(|builder| builder), 6, list);
    assert!(server.most_in(PERIOD) > 2);
}

#[test]
fn a_group_limits_its_blocking_calls_only() {
    let of_group =
        |builder: ClientBuilder| builder.limit_group("search", Limits::new().max_in_flight(1));
    let server = Slow::new(SHORT, fine);
    call(&server.plain(of_group), 6, search);
    assert_eq!((server.most(), server.starts().len()), (1, 6));
    // Control: a call outside the group.
    let server = Slow::new(PERIOD, fine);
    call(&server.plain(of_group), 6, list);
    assert!(server.most() > 1);
}

#[test]
fn a_blocking_call_whose_turn_comes_too_late_fails_at_once() {
    let server = Slow::new(Duration::ZERO, fine);
    let client = server.plain(|builder| builder.rate(1, 60 * SECOND));
    let api = BlockingApiClient::new(client);
    api.list().send().unwrap();
    let began = Instant::now();
    let error = api.list().options(RequestOptions::new().timeout(20 * SECOND)).send().unwrap_err();
    assert!(began.elapsed() < 10 * SECOND, "{:?}", began.elapsed());
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Timeout, false));
    assert!(error.to_string().contains("the rate of 1 requests per 60s"), "{error}");
    assert_eq!(server.starts().len(), 1);
}

/// A clock that is moved by hand and by waiting.
#[derive(Clone)]
struct Movable(Arc<Moved>);

struct Moved {
    zero: Instant,
    milliseconds: AtomicU64,
    waits: Mutex<Vec<Duration>>,
}

impl Movable {
    fn new() -> Self {
        let (milliseconds, waits) = (AtomicU64::new(36_000_000), Mutex::default());
        Self(Arc::new(Moved { zero: Instant::now(), milliseconds, waits }))
    }

    fn set_back(&self, time: Duration) {
        let time = u64::try_from(time.as_millis()).unwrap();
        self.0.milliseconds.fetch_sub(time, Ordering::SeqCst);
    }

    fn waited(&self) -> Duration {
        std::mem::take(&mut *self.0.waits.lock().unwrap()).into_iter().sum()
    }
}

impl Clock for Movable {
    fn now(&self) -> Instant {
        self.0.zero + Duration::from_millis(self.0.milliseconds.load(Ordering::SeqCst))
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        self.0.waits.lock().unwrap().push(duration);
        let time = u64::try_from(duration.as_micros().div_ceil(1000)).unwrap();
        self.0.milliseconds.fetch_add(time, Ordering::SeqCst);
        Box::pin(async {})
    }

    fn timer(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::pending())
    }
}

/// A call waits for the period at most, and not until the clock is where it was.
#[tokio::test]
async fn a_clock_that_is_set_back_prolongs_no_wait() {
    let clock = Movable::new();
    let server = Slow::new(Duration::ZERO, fine);
    let api = server.client(|builder| builder.rate(1, SECOND).clock(clock.clone()));
    api.list().await.unwrap();
    assert_eq!(clock.waited(), Duration::ZERO);
    for _ in 0..3 {
        clock.set_back(3600 * SECOND);
        api.list().await.unwrap();
        let waited = clock.waited();
        assert!(waited >= SECOND && waited < 2 * SECOND, "{waited:?}");
    }
    // Control: the rate holds as before.
    api.list().await.unwrap();
    assert!(clock.waited() >= SECOND);
}

#[tokio::test]
async fn a_clock_that_is_set_back_prolongs_no_limit_of_a_server() {
    let clock = Movable::new();
    let server = Slow::new(Duration::ZERO, strict);
    let follow = |builder: ClientBuilder| builder.follow_rate_limit().clock(clock.clone());
    let api: ApiClient = server.client(follow);
    for _ in 0..5 {
        api.list().await.unwrap();
    }
    clock.set_back(3600 * SECOND);
    clock.waited();
    // The server counts by real time, and refuses the request.
    let _ = api.list().options(RequestOptions::new().max_retries(0)).await;
    let waited = clock.waited();
    assert!(waited > Duration::ZERO && waited <= 11 * SECOND, "{waited:?}");
}
