//! Waits and timeouts use one clock. With Tokio's paused time both follow it.

use std::time::Duration;

use connectors_client::{Body, ErrorKind, RetryPolicy, Transport, TransportError, api_client};
use tokio::time::Instant;

#[api_client]
trait Things {
    #[get("things", attempt_timeout = "30s")]
    async fn get(&self);

    #[get("job", poll(every = "1s"), done(done = true))]
    async fn job(&self) -> Job;
}

#[derive(Debug, serde::Deserialize)]
struct Job {
    done: bool,
}

/// Fails or stays silent, in paused time.
struct Broken {
    is_silent: bool,
}

impl Transport for Broken {
    fn send(&self, _: http::Request<Body>) -> connectors_client::TransportFuture<'_> {
        Box::pin(async {
            if self.is_silent {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(Duration::from_secs(20)).await;
            Err(TransportError::new(ErrorKind::Connect, "away"))
        })
    }
}

/// Makes a call with a timeout of 70 s. Returns its duration in paused time.
async fn duration(is_silent: bool) -> Duration {
    let retry = RetryPolicy::default().max_retries(100).initial_backoff(Duration::from_secs(1));
    let client = support::client("http://localhost").transport(Broken { is_silent }).retry(retry);
    let things = ThingsClient::new(client.timeout(Duration::from_secs(70)).build().unwrap());
    let started = Instant::now();
    let error = things.get().await.unwrap_err();
    let elapsed = started.elapsed();
    assert!(error.attempts() > 2, "{error}");
    elapsed
}

/// Returns true if a call with a timeout of 70 s ended at it, after some retries. Our client and the
/// control share this check.
fn is_in_time(elapsed: Duration) -> bool {
    (Duration::from_secs(40)..=Duration::from_millis(70_010)).contains(&elapsed)
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_at_its_timeout_in_paused_time() {
    for is_silent in [false, true] {
        let real = std::time::Instant::now();
        let elapsed = duration(is_silent).await;
        println!("silent {is_silent}: {elapsed:?}");
        assert!(is_in_time(elapsed), "silent {is_silent}: {elapsed:?}");
        assert!(real.elapsed() < Duration::from_secs(5));
    }
}

/// Answers after a second that a job is not done.
struct Busy;

impl Transport for Busy {
    fn send(&self, _: http::Request<Body>) -> connectors_client::TransportFuture<'_> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok(http::Response::new(Body::from(r#"{"done":false}"#)))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn polling_ends_at_its_timeout_in_paused_time() {
    let real = std::time::Instant::now();
    let client = support::client("http://localhost").transport(Busy).build().unwrap();
    let started = Instant::now();
    let poll = ThingsClient::new(client).job().poll().timeout(Duration::from_secs(70));
    let error = poll.await.unwrap_err();
    assert!(is_in_time(started.elapsed()), "{:?}", started.elapsed());
    assert_eq!(error.body_as::<Job>().map(|job| job.done), Some(false), "{error}");
    assert!(real.elapsed() < Duration::from_secs(5));
}

/// Control: a loop whose waits are Tokio's and whose timeout is std's.
#[tokio::test(start_paused = true)]
async fn a_loop_with_two_clocks_exceeds_its_timeout() {
    let (started, real) = (Instant::now(), std::time::Instant::now());
    for _ in 0..10 {
        if real.elapsed() >= Duration::from_secs(70) {
            break;
        }
        let request = http::Request::new(Body::empty());
        Broken { is_silent: false }.send(request).await.unwrap_err();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let elapsed = started.elapsed();
    println!("careless: {elapsed:?}");
    assert!(!is_in_time(elapsed), "{elapsed:?}");
}
