//! Makes the calls and prints the table of their outcomes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use connectors_client::{Client, RetryPolicy, api_client};
use serde::Deserialize;
use tokio::runtime::Handle;

use crate::Failure;
use crate::process::{descriptors, memory};

const AT_A_TIME: usize = 64;

#[derive(Deserialize)]
struct Thing {
    id: u64,
    name: String,
    tags: Vec<String>,
}

#[api_client]
trait Things {
    #[get("things/<id>?<page>")]
    async fn get(&self, id: usize, page: Option<u32>) -> Thing;

    #[post("things")]
    async fn make(&self, name: &str) -> Thing;
}

/// Outcomes of the calls so far.
#[derive(Default)]
struct Outcome {
    next: AtomicUsize,
    good: AtomicUsize,
    errors: Mutex<BTreeMap<String, usize>>,
    /// Numbers of calls, and the memory in MiB after that many were started.
    samples: Mutex<BTreeMap<usize, f64>>,
}

#[tokio::main]
pub(crate) async fn run(address: &str, calls: usize) -> Result<(), Failure> {
    let before = descriptors()?;
    let retry = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let client =
        Client::builder(format!("http://{address}")).bearer_token("t").retry(retry).build()?;
    let things = ThingsClient::new(client);
    let outcome = Arc::new(Outcome::default());
    let started = Instant::now();
    let workers: Vec<_> = (0..AT_A_TIME)
        .map(|_| tokio::spawn(work(things.clone(), Arc::clone(&outcome), calls)))
        .collect();
    for worker in workers {
        worker.await??;
    }
    let seconds = started.elapsed().as_secs_f64();
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let (during, peak) = (descriptors()?, memory()?.1);
    drop(things);
    let deadline = Instant::now() + Duration::from_secs(10);
    while (tasks() > 0 || descriptors()? > before) && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("| {calls} calls, {AT_A_TIME} at a time | |\n|---|--:|");
    println!("| seconds | {seconds:.1} |\n| calls per second | {:.0} |", calls as f64 / seconds);
    println!("| good | {} |", outcome.good.load(Ordering::Relaxed));
    for (kind, count) in lock(&outcome.errors).iter() {
        println!("| {kind} | {count} |");
    }
    for (calls, mebibytes) in lock(&outcome.samples).iter() {
        println!("| memory after {calls} calls, MiB | {mebibytes:.1} |");
    }
    println!("| peak memory, MiB | {peak:.1} |");
    println!(
        "| files and sockets before, at the end, after | {before}, {during}, {} |",
        descriptors()?
    );
    println!("| tasks after | {} |", tasks());
    Ok(())
}

async fn work(things: ThingsClient, outcome: Arc<Outcome>, calls: usize) -> Result<(), Failure> {
    loop {
        let number = outcome.next.fetch_add(1, Ordering::Relaxed);
        if number >= calls {
            return Ok(());
        }
        if number.is_multiple_of((calls / 10).max(1)) {
            lock(&outcome.samples).insert(number, memory()?.0);
        }
        let result = match number % 4 {
            0 => things.make("a thing").await,
            page => things.get(number).page(page as u32).await,
        };
        match result {
            Ok(thing) if thing.id == 12345 && thing.name == "a thing" && thing.tags.len() == 2 => {
                outcome.good.fetch_add(1, Ordering::Relaxed);
            }
            Ok(_) => return Err("a response is not what the server sent".into()),
            Err(error) => {
                let status = error
                    .status()
                    .map(|status| format!(" {}", status.as_u16()))
                    .unwrap_or_default();
                *lock(&outcome.errors)
                    .entry(format!("error {:?}{status}", error.kind()))
                    .or_default() += 1;
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
