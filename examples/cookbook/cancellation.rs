//! Graceful cancellation: `cargo run --example cancellation`.
//!
//! ```text
//! a timeout of the caller's: given up
//! the first of two: fast
//! shutting down: 2 calls finished, 3 cancelled
//! afterwards: fast
//! ```

use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use connectors_client::{Client, Text, api_client};
use connectors_examples::serve;
use tokio::sync::watch;
use tokio::task::JoinSet;

#[api_client]
trait Work {
    #[get("work/<name>")]
    async fn doing(&self, name: &str) -> Text;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let work = WorkClient::new(Client::builder(serve(router()).await?).build()?);

    // Dropping the future of a call cancels it. Its connection is closed and nothing is left
    // behind.
    let limited = tokio::time::timeout(Duration::from_millis(50), work.doing("slow").send()).await;
    println!("a timeout of the caller's: {}", if limited.is_err() { "given up" } else { "done?" });

    tokio::select! {
        fast = work.doing("fast").send() => println!("the first of two: {}", fast?),
        slow = work.doing("slow").send() => println!("the first of two: {}", slow?),
    }

    // On a signal, pending calls have a while to finish. The rest is cancelled.
    let (stop, stopping) = watch::channel(false);
    let mut calls = JoinSet::new();
    for name in ["fast", "slow", "fast", "slow", "slow"] {
        let (work, mut stopping) = (work.clone(), stopping.clone());
        calls.spawn(async move {
            tokio::select! {
                report = work.doing(name).send() => report.is_ok(),
                () = grace(&mut stopping) => false,
            }
        });
    }
    stop.send(true)?;
    let finished = calls.join_all().await;
    let done = finished.iter().filter(|done| **done).count();
    println!("shutting down: {done} calls finished, {} cancelled", finished.len() - done);

    println!("afterwards: {}", work.doing("fast").await?);
    Ok(())
}

/// Ends after a while.
async fn grace(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
}

fn router() -> Router {
    Router::new().route(
        "/work/{name}",
        get(|Path(name): Path<String>| async move {
            if name == "slow" {
                tokio::time::sleep(Duration::from_secs(3600)).await;
            }
            name
        }),
    )
}
