//! Without async: `cargo run --example blocking`.
//!
//! ```text
//! one call: 3 items
//! an iterator: a, b, c
//! raw: 200, 1 attempt
//! in threads: 12 items
//! ```

use axum::routing::get;
use axum::{Json, Router};
use connectors_client::{Client, Error, api_client};
use connectors_examples::serve;

#[api_client]
trait List {
    #[get("items?<page>", paginate(page))]
    async fn items(&self, page: Option<u32>) -> Vec<String>;
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The server of the example is async. The rest is not.
    let runtime = tokio::runtime::Runtime::new()?;
    let url = runtime.block_on(serve(router()))?;

    let list = BlockingListClient::new(Client::builder(url).build()?);
    println!("one call: {} items", list.items().send()?.len());

    let all: Result<Vec<String>, Error> = list.items().items().into_iter().collect();
    println!("an iterator: {}", all?.join(", "));

    let raw = list.with_raw_response().items().send()?;
    println!("raw: {}, {} attempt", raw.status().as_u16(), raw.attempts());

    // Clones share the connections, and each thread can have one.
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let list = list.clone();
            std::thread::spawn(move || list.items().send().map(|items| items.len()))
        })
        .collect();
    let mut count = 0;
    for thread in threads {
        count += thread.join().map_err(|_| "a thread panicked")??;
    }
    println!("in threads: {count} items");
    Ok(())
}

/// Returns three items on the first page, and none on the next one.
fn router() -> Router {
    Router::new().route(
        "/items",
        get(|axum::extract::RawQuery(query): axum::extract::RawQuery| async move {
            let is_first = query.is_none_or(|query| !query.contains("page=2"));
            Json(if is_first { vec!["a", "b", "c"] } else { Vec::new() })
        }),
    )
}
