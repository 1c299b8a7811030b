//! Several APIs in one program, and one API in several traits: `cargo run --example several_apis`.
//!
//! ```text
//! weather in Paris: sunny
//! news of sunny: 2
//! one client, two traits: book 7 for reader 1
//! ```

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use connectors_client::{ApiClient, Client, Text, api_client};
use connectors_examples::serve;

#[api_client(prefix = "v1")]
trait Weather {
    #[get("weather/<city>")]
    async fn of(&self, city: &str) -> Text;
}

#[api_client(headers("X-Api-Version" = "2024-01-02"))]
trait News {
    #[get("count/<word>")]
    async fn count(&self, word: &str) -> u32;
}

mod library {
    use connectors_client::{Text, api_client};

    #[api_client(prefix = "books")]
    pub(crate) trait Books {
        #[get("<id>")]
        async fn get(&self, id: u32) -> Text;
    }

    #[api_client(prefix = "readers")]
    pub(crate) trait Readers {
        #[get("<id>")]
        async fn get(&self, id: u32) -> Text;
    }
}

/// The whole library: each field is a client, and all share one connection pool.
#[derive(ApiClient)]
struct Library {
    books: library::BooksClient,
    readers: library::ReadersClient,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let weather = Router::new().route("/v1/weather/{city}", get(|| async { "sunny" }));
    let news = Router::new().route("/count/{word}", get(|Path(_): Path<String>| async { "2" }));
    let books = Router::new()
        .route("/books/{id}", get(|Path(id): Path<u32>| async move { format!("book {id}") }))
        .route("/readers/{id}", get(|Path(id): Path<u32>| async move { format!("reader {id}") }));

    // One client per server, with its own credentials, timeouts and connections.
    let weather =
        WeatherClient::new(Client::builder(serve(weather).await?).bearer_token("w").build()?);
    let news =
        NewsClient::new(Client::builder(serve(news).await?).auth_header("X-Key", "n").build()?);
    let today = weather.of("Paris").await?;
    println!("weather in Paris: {today}");
    println!("news of {today}: {}", news.count(today.as_str()).await?);

    let library = Library::new(Client::builder(serve(books).await?).build()?);
    let (book, reader) =
        tokio::try_join!(library.books.get(7).send(), library.readers.get(1).send())?;
    println!("one client, two traits: {book} for {reader}");
    Ok(())
}
