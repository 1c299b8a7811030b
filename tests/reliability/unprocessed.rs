//! Requests that an HTTP/2 server has not processed are sent again, at no cost (RFC 9113 section
//! 8.7).

use std::sync::atomic::Ordering;
use std::time::Duration;

use connectors_client::{Body, ErrorKind, RetryPolicy, api_client};

use crate::http2_server::{ENHANCE_YOUR_CALM, Leaves, REFUSED_STREAM, Server, client};

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);

    #[post("things")]
    async fn post(&self, #[body] content: Body);
}

/// Makes calls at once, each caller so many in a row. Returns how many were lost and the largest
/// number of attempts.
async fn calls(things: &ThingsClient, callers: usize, each: usize, is_get: bool) -> (usize, u32) {
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..callers {
        let things = things.clone();
        set.spawn(async move {
            let (mut lost, mut attempts) = (0, 0);
            for _ in 0..each {
                let result = if is_get {
                    things.with_raw_response().get().await.map(|response| response.attempts())
                } else {
                    things
                        .with_raw_response()
                        .post(Body::from("x"))
                        .await
                        .map(|response| response.attempts())
                };
                match result {
                    Ok(number) => attempts = attempts.max(number),
                    Err(error) => {
                        println!("{error} {:?}", std::error::Error::source(&error));
                        lost += 1;
                    }
                }
            }
            (lost, attempts)
        });
    }
    let ended = set.join_all().await;
    (ended.iter().map(|(lost, _)| lost).sum(), ended.iter().map(|(_, most)| *most).max().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_beyond_a_stream_limit_are_not_lost() {
    for (limit, callers) in [(1, 60), (3, 60), (3, 200), (10, 100), (50, 200)] {
        for is_get in [true, false] {
            let (server, address) = Server::start(Leaves::Beyond(limit)).await;
            let things = ThingsClient::new(client(address).max_retries(0).build().unwrap());
            let (lost, attempts) = calls(&things, callers, 1, is_get).await;
            let refused = server.refused.load(Ordering::SeqCst);
            let case =
                format!("{limit} streams, {callers} callers, GET {is_get}: {refused} refused");
            println!("{case}, at most {attempts} attempts");
            assert_eq!(lost, 0, "{case}");
            assert_eq!(server.executed.load(Ordering::SeqCst), callers, "{case}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_are_not_lost_when_connections_are_closed_after_some_requests() {
    for (most, code) in [(100, 0), (300, 0), (100, 1)] {
        for is_get in [true, false] {
            let (server, address) = Server::start(Leaves::After(most, code)).await;
            let things = ThingsClient::new(client(address).max_retries(0).build().unwrap());
            let (lost, attempts) = calls(&things, 64, 8, is_get).await;
            let refused = server.refused.load(Ordering::SeqCst);
            let case = format!("GOAWAY {code} after {most}, GET {is_get}: {refused} ignored");
            println!("{case}, at most {attempts} attempts");
            assert_eq!(lost, 0, "{case}");
            assert_eq!(server.executed.load(Ordering::SeqCst), 64 * 8, "{case}");
        }
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
