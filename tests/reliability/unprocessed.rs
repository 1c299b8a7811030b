//! Requests that an HTTP/2 server has not processed are sent again, at no cost (RFC 9113 section
//! 8.7).

use std::error::Error as _;
use std::sync::atomic::Ordering;
use std::time::Duration;

use connectors_client::{Body, ErrorKind, RetryPolicy, api_client};
use support::fault_server::authority;

use crate::http2_server::{ENHANCE_YOUR_CALM, Leaves, REFUSED_STREAM, Server, client};
use crate::plain_reqwest;

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);

    #[post("things")]
    async fn post(&self, #[body] content: Body);
}

/// Number of attempts of a call; `None` if it was lost.
type Attempts = Option<u32>;

/// Makes calls at once, each caller so many in a row.
async fn outcomes<F: Future<Output = Attempts> + Send + 'static>(
    callers: usize,
    each: usize,
    call: impl Fn() -> F + Clone + Send + 'static,
) -> Vec<Attempts> {
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..callers {
        let call = call.clone();
        set.spawn(async move {
            let mut outcomes = Vec::new();
            for _ in 0..each {
                outcomes.push(call().await);
            }
            outcomes
        });
    }
    set.join_all().await.concat()
}

/// Makes calls of our client.
async fn calls(things: &ThingsClient, callers: usize, each: usize, is_get: bool) -> Vec<Attempts> {
    let things = things.clone();
    let call = move || {
        let things = things.with_raw_response();
        async move {
            let result = if is_get {
                things.get().await.map(|response| response.attempts())
            } else {
                things.post(Body::from("x")).await.map(|response| response.attempts())
            };
            result.inspect_err(|error| println!("{error:?} {:?}", error.source())).ok()
        }
    };
    outcomes(callers, each, call).await
}

/// Returns the number of lost calls, and checks that the server executed each of the others once.
/// Our client and the control share this check.
fn lost(server: &Server, outcomes: &[Attempts]) -> usize {
    let lost = outcomes.iter().filter(|attempts| attempts.is_none()).count();
    assert_eq!(server.executed.load(Ordering::SeqCst), outcomes.len() - lost);
    let refused = server.refused.load(Ordering::SeqCst);
    let most = outcomes.iter().flatten().max();
    println!("{} calls, {refused} refused, {lost} lost, attempts: {most:?}", outcomes.len());
    lost
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_beyond_a_stream_limit_are_not_lost() {
    let mut refused = 0;
    for (limit, callers) in [(1, 60), (3, 60), (3, 200), (10, 100), (50, 400)] {
        for is_get in [true, false] {
            let (server, address) = Server::start(Leaves::Beyond(limit)).await;
            let things = ThingsClient::new(client(address).max_retries(0).build().unwrap());
            let outcomes = calls(&things, callers, 1, is_get).await;
            print!("{limit} streams, GET {is_get}: ");
            assert_eq!(lost(&server, &outcomes), 0);
            refused += server.refused.load(Ordering::SeqCst);
        }
    }
    // The calls race for connections, so that not each case has refusals. The lean transport opens
    // no stream that the server would refuse.
    assert_eq!(refused == 0, support::is_lean(), "{refused} refused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_are_not_lost_when_connections_are_closed_after_some_requests() {
    for (most, code) in [(100, 0), (300, 0), (100, 1)] {
        for is_get in [true, false] {
            let (server, address) = Server::start(Leaves::After(most, code)).await;
            let things = ThingsClient::new(client(address).max_retries(0).build().unwrap());
            let outcomes = calls(&things, 64, 8, is_get).await;
            print!("GOAWAY {code} after {most}, GET {is_get}: ");
            assert_eq!(lost(&server, &outcomes), 0);
            assert!(server.refused.load(Ordering::SeqCst) > 0);
        }
    }
}

/// Control: reqwest without its own retries of requests that were not processed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_unaware_of_refusals_loses_calls() {
    for (leaves, each) in [(Leaves::Beyond(3), 1), (Leaves::After(100, 0), 8)] {
        let mut all = 0;
        // The calls race for connections, so that not each round has refusals.
        for _ in 0..5 {
            let (server, address) = Server::start(leaves).await;
            let builder = plain_reqwest::trusting(&authority::pem(), &[b"h2"]);
            let client = builder.retry(reqwest::retry::never()).build().unwrap();
            let call = move || {
                let request = client.post(format!("https://{address}/things")).body("x");
                async move { request.send().await.ok().map(|_| 1) }
            };
            let outcomes = outcomes(64, each, call).await;
            print!("careless, {leaves:?}: ");
            all += lost(&server, &outcomes);
        }
        assert!(all > 0);
    }
}

#[tokio::test]
async fn a_server_that_refuses_everything_is_asked_a_limited_number_of_times() {
    let (server, address) = Server::start(Leaves::All(REFUSED_STREAM)).await;
    let things = ThingsClient::new(client(address).max_retries(0).build().unwrap());
    let error = things.post(Body::from("x")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 9));
    assert!(!error.may_have_executed());
    assert_eq!(server.refused.load(Ordering::SeqCst), 9);
}

/// A throttling server is retried like one that answers 503.
#[tokio::test]
async fn enhance_your_calm_is_retried_at_the_usual_cost() {
    let (_, address) = Server::start(Leaves::All(ENHANCE_YOUR_CALM)).await;
    let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
    let things = ThingsClient::new(client(address).retry(retry).build().unwrap());
    assert_eq!(things.get().await.unwrap_err().attempts(), 3);
    let error = things.post(Body::from("x")).await.unwrap_err();
    assert_eq!((error.attempts(), error.may_have_executed()), (1, true));
}
