//! A long-running operation: `cargo run --example polling`.
//!
//! ```text
//! 25 %
//! 50 %
//! 75 %
//! done: Some("https://files.example.com/7")
//! failed: GET jobs/<id>: 200 OK: the operation has failed: no room
//! too long: timed out, and the last response said 25 %
//! ```

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::Path;
use axum::routing::{get, post};
use axum::{Json, Router};
use connectors_client::{Client, api_client};
use connectors_examples::serve;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Job {
    id: u32,
    percent: u32,
    result_url: Option<String>,
}

#[api_client]
trait Jobs {
    #[post("jobs")]
    async fn start(&self) -> Job;

    /// Gets the state of a job. `.poll()` repeats the call until the job is complete.
    #[get("jobs/<id>", poll(every = "20ms"), done(status = "complete"), failed(status = "failed"))]
    async fn get(&self, id: u32) -> Job;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let jobs = JobsClient::new(Client::builder(serve(router()).await?).build()?);

    let job = jobs.start().await?;
    let done = jobs.get(job.id).poll().on_progress(|job| println!("{} %", job.percent)).await?;
    println!("done: {:?}", done.result_url);

    if let Err(error) = jobs.get(13).poll().await {
        println!("failed: {error}");
    }

    // A timeout for the whole operation. The error keeps the last response.
    let limited =
        jobs.get(99).poll().every(Duration::from_millis(40)).timeout(Duration::from_millis(30));
    if let Err(error) = limited.await {
        let last: Option<Job> = error.body_as();
        let percent = last.map_or(0, |job| job.percent);
        println!(
            "too long: {}, and the last response said {percent} %",
            if error.is_timeout() { "timed out" } else { "?" }
        );
    }
    Ok(())
}

/// Completes another quarter of a job on each request.
fn router() -> Router {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let job = |id: u32, status: &str, percent: u32| -> Json<Value> {
        let url = (status == "complete").then(|| format!("https://files.example.com/{id}"));
        Json(json!({"id": id, "status": status, "percent": percent, "result_url": url}))
    };
    let ask = get(move |Path(id): Path<u32>| async move {
        match id {
            13 => Json(json!({"id": 13, "status": "failed", "percent": 1, "message": "no room"})),
            99 => job(99, "running", 25),
            _ => match (ASKED.fetch_add(1, Ordering::Relaxed) + 1) * 25 {
                100 => job(id, "complete", 100),
                percent => job(id, "running", percent),
            },
        }
    });
    Router::new()
        .route("/jobs", post(move || async move { job(7, "queued", 0) }))
        .route("/jobs/{id}", ask)
}
