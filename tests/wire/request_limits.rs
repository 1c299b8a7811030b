//! Limits of requests in flight and of requests in a period, on Tokio's paused clock.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::{
    Body, ByteStream, Client, ClientBuilder, ErrorKind, Limits, RequestOptions, RetryPolicy,
    Transport, TransportFuture, api_client,
};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

#[api_client]
pub(crate) trait Api {
    #[get("things")]
    async fn list(&self);

    #[get("things")]
    async fn stream(&self) -> ByteStream;

    #[get("search", limit = "search")]
    async fn search(&self);

    #[get("")]
    async fn file(&self, #[url] link: &str);
}

#[api_client(limit = "search")]
trait Searches {
    #[get("all")]
    async fn all(&self);

    #[get("few", limit = "few")]
    async fn few(&self);
}

pub(crate) const SECOND: Duration = Duration::from_secs(1);

pub(crate) type Answer = fn(usize, &http::Request<Body>) -> http::Response<Body>;

/// A server in memory, which takes its time.
#[derive(Clone)]
pub(crate) struct Slow(Arc<Log>);

struct Log {
    takes: Duration,
    answer: Answer,
    starts: Mutex<Vec<Instant>>,
    in_flight: AtomicUsize,
    most: AtomicUsize,
}

impl Slow {
    pub(crate) fn new(takes: Duration, answer: Answer) -> Self {
        let (in_flight, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self(Arc::new(Log { takes, answer, starts: Mutex::default(), in_flight, most }))
    }

    pub(crate) fn client(&self, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> ApiClient {
        ApiClient::new(self.plain(change))
    }

    pub(crate) fn plain(&self, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
        let builder = Client::builder("http://localhost").transport(self.clone());
        change(builder.timeout(Duration::from_secs(1000))).build().unwrap()
    }

    pub(crate) fn starts(&self) -> Vec<Instant> {
        self.0.starts.lock().unwrap().clone()
    }

    /// The times of the requests since the first one, in tenths of a second.
    fn tenths(&self) -> Vec<u128> {
        let starts = self.starts();
        starts.iter().map(|start| (*start - starts[0]).as_millis() / 100).collect()
    }

    pub(crate) fn most(&self) -> usize {
        self.0.most.load(Ordering::SeqCst)
    }

    /// The maximum number of requests in any period of this length.
    pub(crate) fn most_in(&self, period: Duration) -> usize {
        let starts = self.starts();
        let mut most = 0;
        for (number, start) in starts.iter().enumerate() {
            let begin = starts[number - most.min(number)..=number]
                .partition_point(|other| *other + period <= *start);
            most = most.max(most.min(number) + 1 - begin);
        }
        most
    }
}

impl Transport for Slow {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let log = &self.0;
            let number = {
                let mut starts = log.starts.lock().unwrap();
                starts.push(Instant::now());
                starts.len()
            };
            let now = log.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
            log.most.fetch_max(now, Ordering::SeqCst);
            let _end = Leaving(log);
            sleep(log.takes).await;
            Ok((log.answer)(number, &request))
        })
    }
}

/// Ends a request, also one that is dropped.
struct Leaving<'a>(&'a Log);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::SeqCst);
    }
}

fn response(status: u16) -> http::Response<Body> {
    http::Response::builder().status(status).body(Body::empty()).unwrap()
}

pub(crate) fn fine(_: usize, _: &http::Request<Body>) -> http::Response<Body> {
    response(204)
}

fn rate(requests: u32, period: Duration) -> impl FnOnce(ClientBuilder) -> ClientBuilder {
    move |builder| builder.rate(requests, period)
}

fn places(count: usize) -> impl FnOnce(ClientBuilder) -> ClientBuilder {
    move |builder| builder.max_in_flight(count)
}

/// Makes this number of calls by tasks that call one after the other. Returns the calls per task.
async fn call(api: &ApiClient, tasks: usize, calls: usize) -> Vec<usize> {
    let (mut working, left) = (JoinSet::new(), Arc::new(AtomicUsize::new(calls)));
    for _ in 0..tasks {
        let (api, left) = (api.clone(), Arc::clone(&left));
        working.spawn(async move {
            let mut made = 0;
            while left
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
                .is_ok()
            {
                api.list().await.unwrap();
                made += 1;
            }
            made
        });
    }
    working.join_all().await
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_calls_at_a_hundred_a_second_end_after_a_hundred_seconds() {
    let (server, began) = (Slow::new(Duration::from_millis(5), fine), Instant::now());
    let made = call(&server.client(rate(100, SECOND)), 64, 10_000).await;
    let took = began.elapsed().as_secs_f64();
    assert!((99.0..101.0).contains(&took), "{took}");
    assert!(server.most_in(SECOND) <= 100, "{}", server.most_in(SECOND));
    // Fair: no task makes many more calls than another.
    let (least, most) = (made.iter().min().unwrap(), made.iter().max().unwrap());
    assert!(most - least <= 2, "{made:?}");

    // Control: without the limit.
    let (server, began) = (Slow::new(Duration::from_millis(5), fine), Instant::now());
    call(&server.client(|builder| builder), 64, 10_000).await;
    assert!(began.elapsed() < SECOND && server.most_in(SECOND) == 10_000);
}

#[tokio::test(start_paused = true)]
async fn at_most_so_many_requests_are_in_flight() {
    let server = Slow::new(SECOND, fine);
    call(&server.client(places(8)), 64, 100).await;
    assert_eq!(server.most(), 8);
    let server = Slow::new(SECOND, fine);
    call(&server.client(|builder| builder), 64, 100).await;
    assert_eq!(server.most(), 64);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_gives_its_place_back() {
    let server = Slow::new(SECOND, fine);
    for (is_rate, tenths) in [(false, [0, 10]), (true, [0, 40])] {
        server.0.starts.lock().unwrap().clear();
        let api =
            if is_rate { server.client(rate(1, 4 * SECOND)) } else { server.client(places(1)) };
        let first = tokio::spawn(api.list().send());
        sleep(Duration::from_millis(1)).await;
        let second = tokio::spawn(api.list().send());
        sleep(Duration::from_millis(1)).await;
        let third = tokio::spawn(api.list().send());
        sleep(Duration::from_millis(1)).await;
        second.abort();
        first.await.unwrap().unwrap();
        third.await.unwrap().unwrap();
        assert_eq!(server.tenths(), tenths);
    }
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_comes_too_late_fails_at_once_and_says_when() {
    let server = Slow::new(Duration::ZERO, fine);
    let api = server.client(|b| rate(2, Duration::from_secs(60))(b).timeout(100 * SECOND));
    let (mut calls, began) = (JoinSet::new(), Instant::now());
    for number in 0..5 {
        let api = api.clone();
        calls.spawn(async move { (number, api.list().await, Instant::now()) });
        sleep(Duration::from_millis(1)).await;
    }
    let mut ended = calls.join_all().await;
    ended.sort_by_key(|(number, ..)| *number);
    assert_eq!(server.tenths(), [0, 0, 604, 604]);
    let (_, result, when) = ended.pop().unwrap();
    let error = result.unwrap_err();
    assert!(when - began < SECOND, "{:?}", when - began);
    assert!(error.is_timeout() && !error.may_have_executed());
    assert_eq!(
        error.to_string(),
        "GET things: timed out: the rate of 2 requests per 60s allows this request in 120.934s, \
         but the call has only 100s left"
    );
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_place_ends_with_the_timeout_of_the_call() {
    let server = Slow::new(100 * SECOND, fine);
    let api = server.client(|b| places(1)(b).timeout(5 * SECOND).attempt_timeout(50 * SECOND));
    let long = RequestOptions::new().timeout(1000 * SECOND);
    let first = tokio::spawn(api.list().options(long).send());
    sleep(SECOND).await;
    let began = Instant::now();
    let error = api.list().await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Timeout, false));
    assert_eq!(
        error.to_string(),
        "GET things: timed out: another request had the only place of `max_in_flight` until the call \
         timeout of 5s had passed"
    );
    assert!(began.elapsed() <= 5 * SECOND, "{:?}", began.elapsed());
    first.abort();
}

#[tokio::test(start_paused = true)]
async fn a_place_is_free_while_a_call_waits_before_its_retry() {
    let server = Slow::new(SECOND, |number, _| response(if number == 1 { 503 } else { 204 }));
    let retry = RetryPolicy::default().initial_backoff(20 * SECOND).max_backoff(20 * SECOND);
    let api = server.client(|builder| places(1)(builder).retry(retry));
    let retried = tokio::spawn(api.list().send());
    sleep(Duration::from_millis(1)).await;
    let began = Instant::now();
    api.list().await.unwrap();
    assert!(began.elapsed() <= 2 * SECOND, "{:?}", began.elapsed());
    retried.await.unwrap().unwrap();
    assert_eq!((server.starts().len(), server.most()), (3, 1));
}

#[tokio::test(start_paused = true)]
async fn a_stream_holds_its_place_until_it_ends_or_is_dropped() {
    let content = |_: usize, _: &http::Request<Body>| {
        http::Response::new(Body::from_stream(futures_util::stream::iter(
            ["a", "b"].map(Ok::<_, std::io::Error>),
        )))
    };
    let server = Slow::new(SECOND, content);
    let api = server.client(places(1));
    for is_read in [true, false] {
        let mut stream = api.stream().await.unwrap();
        let waiting = tokio::spawn(api.list().send());
        sleep(10 * SECOND).await;
        assert!(!waiting.is_finished());
        if is_read {
            while stream.next().await.is_some() {}
        } else {
            drop(stream);
        }
        waiting.await.unwrap().unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_and_each_redirect_counts_for_the_rate() {
    let server = Slow::new(Duration::ZERO, |number, _| match number {
        1 => response(503),
        2 => {
            let mut redirect = response(302);
            redirect.headers_mut().insert("location", "/moved".parse().unwrap());
            redirect
        }
        _ => response(204),
    });
    let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
    let api = server.client(|builder| rate(1, SECOND)(builder).retry(retry));
    api.list().await.unwrap();
    assert_eq!(server.tenths(), [0, 10, 20]);
}

#[tokio::test(start_paused = true)]
async fn groups_have_limits_of_their_own_beside_those_of_the_client() {
    let server = Slow::new(Duration::ZERO, fine);
    let limits = |builder: ClientBuilder| {
        builder.rate(2, SECOND).limit_group("search", Limits::new().rate(1, 3 * SECOND))
    };
    let client = server.plain(limits);
    let (api, searches) = (ApiClient::new(client.clone()), SearchesClient::new(client));
    api.search().await.unwrap();
    let group = tokio::spawn(async move { searches.all().await });
    sleep(Duration::from_millis(1)).await;
    for _ in 0..2 {
        api.list().await.unwrap();
    }
    group.await.unwrap().unwrap();
    // The search at 3 s does not hold up the others.
    assert_eq!(server.tenths(), [0, 0, 10, 30]);

    // A group without limits is limited by the client alone.
    server.0.starts.lock().unwrap().clear();
    let searches = SearchesClient::new(server.plain(limits));
    searches.few().await.unwrap();
    searches.few().await.unwrap();
    assert_eq!(server.tenths(), [0, 0]);
}

#[tokio::test(start_paused = true)]
async fn a_call_behind_one_that_waits_for_its_place_ends_with_its_own_timeout() {
    let server = Slow::new(100 * SECOND, fine);
    let fast = Limits::new().rate(100, SECOND);
    let limits = |builder: ClientBuilder| places(1)(builder).limit_group("search", fast);
    let api = server.client(limits);
    let long = || RequestOptions::new().timeout(1000 * SECOND).attempt_timeout(1000 * SECOND);
    let first = tokio::spawn(api.list().options(long()).send());
    sleep(SECOND).await;
    // It has its turn in the group, and waits for the place of the client.
    let ahead = tokio::spawn(api.search().options(long()).send());
    sleep(SECOND).await;
    let began = Instant::now();
    let error = api.search().options(RequestOptions::new().timeout(SECOND)).await.unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 1);
    assert_eq!(
        error.to_string(),
        "GET search: timed out: calls before this one waited for the limits until the call timeout \
         of 1s had passed"
    );
    for call in [first, ahead] {
        call.await.unwrap().unwrap();
    }
}

/// Limits by which searches wait much longer than other calls.
fn slow_searches(count: usize) -> impl FnOnce(ClientBuilder) -> ClientBuilder {
    move |builder| {
        let search = Limits::new().rate(1, 60 * SECOND);
        builder.max_in_flight(count).limit_group("search", search)
    }
}

#[tokio::test(start_paused = true)]
async fn calls_that_wait_for_their_group_take_no_place_of_the_client() {
    let server = Slow::new(SECOND, fine);
    let api = server.client(slow_searches(4));
    let mut searches = JoinSet::new();
    for _ in 0..6 {
        searches.spawn(api.search().send());
        sleep(Duration::from_millis(1)).await;
    }
    let began = Instant::now();
    for _ in 0..10 {
        api.list().await.unwrap();
    }
    assert!(began.elapsed() < 11 * SECOND, "{:?}", began.elapsed());
    searches.join_all().await.into_iter().for_each(Result::unwrap);
    assert!(server.most_in(60 * SECOND) <= 11);
}

#[tokio::test(start_paused = true)]
async fn a_redirect_does_not_wait_for_a_call_that_waits_for_its_place() {
    let moved = |number: usize, _: &http::Request<Body>| {
        let mut response = response(if number == 1 { 302 } else { 204 });
        response.headers_mut().insert("location", "/moved".parse().unwrap());
        response
    };
    let server = Slow::new(SECOND, moved);
    let api = server.client(slow_searches(1));
    let first = tokio::spawn(api.search().send());
    sleep(Duration::from_millis(1)).await;
    let second = tokio::spawn(api.search().send());
    let ended = tokio::time::timeout(300 * SECOND, async {
        first.await.unwrap().unwrap();
        second.await.unwrap().unwrap();
    });
    ended.await.expect("both calls end");
    assert_eq!(server.most_in(60 * SECOND), 1);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_learned_while_a_call_waits_for_its_place_holds() {
    let server = Slow::new(SECOND, |_, _| used_up(30));
    let follows = |builder: ClientBuilder| {
        builder.max_in_flight(1).limit_group("search", Limits::new().follow_rate_limit())
    };
    let api = server.client(follows);
    let (first, second) = (tokio::spawn(api.search().send()), tokio::spawn(api.search().send()));
    sleep(5 * SECOND).await;
    // The second search waits for the reset without the only place.
    api.list().await.unwrap();
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    assert_eq!(server.tenths(), [0, 50, 310]);
}

/// A response after which nothing is left for so many seconds.
fn used_up(seconds: u64) -> http::Response<Body> {
    let mut response = response(204);
    let value = format!("limit=10, remaining=0, reset={seconds}");
    response.headers_mut().insert("ratelimit", value.parse().unwrap());
    response
}

#[tokio::test(start_paused = true)]
async fn the_limit_of_a_group_stops_only_that_group() {
    let server = Slow::new(Duration::ZERO, |number, _| match number {
        1 => used_up(60),
        _ => response(204),
    });
    let follows = |builder: ClientBuilder| {
        let search = Limits::new().follow_rate_limit();
        builder.follow_rate_limit().limit_group("search", search)
    };
    let api = server.client(follows);
    api.search().await.unwrap();
    api.list().await.unwrap();
    api.search().await.unwrap();
    assert_eq!(server.tenths(), [0, 0, 600]);

    // A group that does not follow has no limit of its own, so the limit is the client's.
    let server = Slow::new(Duration::ZERO, |_, _| used_up(60));
    let api = server.client(|builder| {
        builder.follow_rate_limit().limit_group("search", Limits::new().max_in_flight(3))
    });
    api.search().await.unwrap();
    api.list().await.unwrap();
    assert_eq!(server.tenths(), [0, 600]);
}

#[tokio::test(start_paused = true)]
async fn the_limit_of_another_origin_stops_no_call_of_the_client() {
    let server = Slow::new(Duration::ZERO, |number, _| match number {
        1 => used_up(60),
        _ => response(204),
    });
    let other = "http://localhost:9000";
    let api = server.client(|builder| builder.follow_rate_limit().allow_origin(other));
    api.file("http://localhost:9000/1").await.unwrap();
    api.list().await.unwrap();
    assert_eq!(server.tenths(), [0, 0]);
}

#[tokio::test(start_paused = true)]
async fn limits_that_leave_no_time_for_a_retry_keep_its_error() {
    let server = Slow::new(Duration::ZERO, |_, _| response(503));
    let api = server.client(|builder| rate(1, 60 * SECOND)(builder).timeout(20 * SECOND));
    let error = api.list().await.unwrap_err();
    let status = error.status().map(|status| status.as_u16());
    assert_eq!((status, error.attempts(), server.starts().len()), (Some(503), 1, 1));
    assert!(error.to_string().contains("the limits leave no time for it"), "{error}");
}

/// Accepts 5 requests in 10 s and then bans.
pub(crate) fn strict(number: usize, _: &http::Request<Body>) -> http::Response<Body> {
    let mut answer = response(if number > 5 { 403 } else { 204 });
    let left = 5_usize.saturating_sub(number).to_string();
    for (name, value) in [("limit", "5"), ("remaining", &left), ("reset", "10")] {
        let name = http::HeaderName::try_from(format!("x-ratelimit-{name}")).unwrap();
        answer.headers_mut().insert(name, value.parse().unwrap());
    }
    answer
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_of_the_server_is_followed_before_it_is_used_up() {
    let server = Slow::new(Duration::ZERO, strict);
    let api = server.client(ClientBuilder::follow_rate_limit);
    for _ in 0..5 {
        api.list().await.unwrap();
    }
    // The fifth request is the last one, and waits for its part of the time. Nothing is left
    // then, so the next one comes after the reset.
    let last = tokio::time::timeout(9 * SECOND, api.list().send()).await;
    assert!(last.is_err(), "{last:?}");
    assert_eq!(server.starts().len(), 5);

    // Control: without following, the server bans.
    let server = Slow::new(Duration::ZERO, strict);
    let api = server.client(|builder| builder);
    for _ in 0..5 {
        api.list().await.unwrap();
    }
    assert!(api.list().await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_last_requests_are_spread_over_the_time_until_the_reset() {
    let server = Slow::new(Duration::ZERO, |number, _| {
        let mut answer = response(204);
        let value = format!("limit=100, remaining={}, reset=10", 10_usize.saturating_sub(number));
        answer.headers_mut().insert("ratelimit", value.parse().unwrap());
        answer
    });
    let api = server.client(ClientBuilder::follow_rate_limit);
    for _ in 0..6 {
        api.list().await.unwrap();
    }
    let tenths = server.tenths();
    let gaps: Vec<_> = tenths.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps[1..].iter().all(|gap| (10..=25).contains(gap)), "{gaps:?}");
}

/// A limit of a client, and one of a group.
type Given = (fn(ClientBuilder) -> ClientBuilder, Limits);

#[test]
fn limits_that_allow_nothing_are_refused() {
    let most = tokio::sync::Semaphore::MAX_PERMITS;
    let given: [(Given, String); 4] = [
        (
            (|builder| builder.max_in_flight(0), Limits::new().max_in_flight(0)),
            "`max_in_flight` must be at least 1".to_owned(),
        ),
        (
            (|builder| builder.max_in_flight(usize::MAX), Limits::new().max_in_flight(usize::MAX)),
            format!("`max_in_flight` can be at most {most}"),
        ),
        (
            (|builder| builder.rate(0, SECOND), Limits::new().rate(0, SECOND)),
            "a `rate` must be at least 1 request".to_owned(),
        ),
        (
            (|builder| builder.rate(1, Duration::ZERO), Limits::new().rate(1, Duration::ZERO)),
            "the period of a `rate` must be longer than zero".to_owned(),
        ),
    ];
    for ((of_client, of_group), expected) in given {
        let builder = || Client::builder("http://localhost");
        assert_eq!(of_client(builder()).build().unwrap_err().to_string(), expected);
        let of_group = builder().limit_group("search", of_group).build();
        assert_eq!(of_group.unwrap_err().to_string(), format!("group `search`: {expected}"));
    }
}
