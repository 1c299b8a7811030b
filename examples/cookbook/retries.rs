//! Retries and deadlines: `cargo run --example retries`.
//!
//! ```text
//! a GET that fails twice:     3 attempts
//! a POST that fails:          1 attempt, since it may have been executed
//! with an idempotency key:    3 attempts, one key
//! never:                      1 attempt
//! a deadline for all of it:   timed out after 1 attempt
//! Retry-After beyond the cap: 1 attempt, come back in 3600s
//! ```

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use connectors_client::{Client, Error, HttpResponse, RequestOptions, RetryPolicy, api_client};
use connectors_examples::serve;

#[api_client]
trait Flaky {
    #[get("flaky")]
    async fn read(&self);

    #[post("flaky")]
    async fn write(&self);

    #[post("flaky", idempotency_key)]
    async fn write_once(&self);

    /// No call takes longer than this in total, including its retries.
    #[get("slow", timeout = "100ms")]
    async fn slow(&self);

    #[get("busy")]
    async fn busy(&self);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Short waits for the sake of the example. The default starts with up to a second.
    let policy = RetryPolicy::default().max_retries(2).initial_backoff(Duration::from_millis(5));
    let client = Client::builder(serve(router()).await?).retry(policy).build()?;
    let flaky = FlakyClient::new(client).with_raw_response();

    println!("a GET that fails twice:     {}", attempts(flaky.read().await));
    println!(
        "a POST that fails:          {}, since it may have been executed",
        attempts(flaky.write().await)
    );
    println!("with an idempotency key:    {}, one key", attempts(flaky.write_once().await));
    let never = RequestOptions::new().max_retries(0);
    println!("never:                      {}", attempts(flaky.read().options(never).await));
    match flaky.slow().await {
        Err(error) if error.is_timeout() => {
            println!("a deadline for all of it:   timed out after {}", attempts::<()>(Err(error)));
        }
        other => println!("a deadline for all of it:   {other:?}"),
    }
    if let Err(error) = flaky.busy().await {
        let wait = error.retry_after().unwrap_or_default();
        println!(
            "Retry-After beyond the cap: {}, come back in {wait:?}",
            attempts::<()>(Err(error))
        );
    }
    Ok(())
}

fn attempts<T>(result: Result<HttpResponse<T>, Error>) -> String {
    let attempts = result.map_or_else(|error| error.attempts(), |reply| reply.attempts());
    format!("{attempts} attempt{}", if attempts == 1 { "" } else { "s" })
}

/// A server on which every third request succeeds. A POST with a key must be retried with the same
/// key.
fn router() -> Router {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    static POSTS: AtomicU32 = AtomicU32::new(0);
    let third = |count: &AtomicU32| {
        if count.fetch_add(1, Ordering::Relaxed) % 3 == 2 {
            StatusCode::OK
        } else {
            StatusCode::BAD_GATEWAY
        }
    };
    let write = post(move |headers: HeaderMap| async move {
        if headers.contains_key("idempotency-key") {
            third(&POSTS)
        } else {
            StatusCode::BAD_GATEWAY
        }
    });
    Router::new()
        .route("/flaky", get(move || async move { third(&COUNT) }).merge(write))
        .route("/slow", get(|| tokio::time::sleep(Duration::from_secs(60))))
        .route(
            "/busy",
            get(|| async { (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "3600")]) }),
        )
}
