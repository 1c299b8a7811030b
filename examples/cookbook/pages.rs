//! Lists in pages: items, pages, prefetching and resuming: `cargo run --example pages`.
//!
//! ```text
//! items:     book 1, book 2, book 3, book 4, book 5
//! page:      2 books, next: Some("2"), total: 5
//! page:      2 books, next: Some("4"), total: 5
//! page:      1 books, next: None, total: 5
//! stopped at page Some("2"), after book 3
//! later:     book 3, book 4, book 5
//! ```

use axum::extract::Query;
use axum::routing::get;
use axum::{Json, Router};
use connectors_client::{Client, Cursor, Error, Page, api_client};
use connectors_examples::serve;
use serde::Deserialize;
use serde_json::{Value, json};

/// A page of the list.
#[derive(Deserialize, Page)]
struct Shelf {
    #[page(items)]
    books: Vec<String>,
    #[page(next)]
    next_token: Option<String>,
    total: u32,
}

#[api_client]
trait Library {
    #[get("books?<page_token>&page_size=<size>", paginate(cursor = page_token))]
    async fn list(&self, page_token: Option<&str>, size: Option<u32>) -> Shelf;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let library = LibraryClient::new(Client::builder(serve(router()).await?).build()?);

    // Each item of all pages. The next page is fetched while the items of the current one are used.
    let mut items = library.list().size(2).items().prefetch();
    let mut titles = Vec::new();
    while let Some(title) = items.next().await {
        titles.push(title?);
    }
    println!("items:     {}", titles.join(", "));

    // Each page with its status, its headers and its other fields.
    let mut pages = library.list().size(2).pages();
    while let Some(page) = pages.next().await {
        let Shelf { books, next_token, total } = page?.into_data();
        println!("page:      {} books, next: {next_token:?}, total: {total}", books.len());
    }

    // A cursor can be saved as text or JSON and resumed. The page of the last item is fetched
    // again.
    let mut items = library.list().size(2).items();
    for _ in 0..3 {
        items.next().await.transpose()?;
    }
    let saved = items.cursor().map(ToString::to_string);
    println!("stopped at page {saved:?}, after book 3");
    let later = library.list().size(2).items().starting_at(Cursor::from(saved.unwrap_or_default()));
    println!("later:     {}", collected(later).await?.join(", "));
    Ok(())
}

async fn collected(mut items: connectors_client::Items<Shelf>) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item?);
    }
    Ok(all)
}

/// Returns five books, as many at a time as requested.
fn router() -> Router {
    Router::new().route(
        "/books",
        get(|Query(query): Query<Value>| async move {
            let number = |name: &str| query[name].as_str().and_then(|text| text.parse::<usize>().ok());
            let (start, size) = (number("page_token").unwrap_or(0), number("page_size").unwrap_or(5));
            let end = (start + size).min(5);
            let books: Vec<_> = (start..end).map(|index| format!("book {}", index + 1)).collect();
            Json(json!({"books": books, "next_token": (end < 5).then(|| end.to_string()), "total": 5}))
        }),
    )
}
