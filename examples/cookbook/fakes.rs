//! Two ways to fake an API in tests: `cargo run --example fakes`.
//!
//! ```text
//! by the trait:     Emma is lent to Ada
//! by the transport: Emma is lent to Ada
//!                   sent: PUT http://localhost/books/emma/reader {"name":"Ada"}
//! a failure:        not lent: somebody was faster
//! ```

use connectors_client::{Error, Fake, FakeReply, api_client};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Book {
    title: String,
}

#[api_client]
trait Library {
    #[get("books/<id>")]
    async fn book(&self, id: &str) -> Book;

    #[put("books/<id>/reader")]
    async fn lend(&self, id: &str, name: &str);
}

/// The code under test. It accepts the client or any other implementation of the trait.
async fn lend(library: &impl Library, id: &str, name: &str) -> String {
    let lent = async {
        let book = library.book(id).await?;
        library.lend(id, name).await?;
        Ok::<_, Error>(book.title)
    };
    match lent.await {
        Ok(title) => format!("{title} is lent to {name}"),
        Err(error) if error.status().is_some_and(|status| status == 409) => {
            "not lent: somebody was faster".to_owned()
        }
        Err(error) => format!("not lent: {error}"),
    }
}

/// Implements the trait by plain `async fn`s.
struct Shelf;

impl Library for Shelf {
    async fn book(&self, _: &str) -> Result<Book, Error> {
        Ok(Book { title: "Emma".to_owned() })
    }

    async fn lend(&self, _: &str, _: &str) -> Result<(), Error> {
        Ok(())
    }
}

/// A library whose books are all lent.
struct Gone;

impl Library for Gone {
    async fn book(&self, _: &str) -> Result<Book, Error> {
        Ok(Book { title: "Emma".to_owned() })
    }

    async fn lend(&self, _: &str, _: &str) -> Result<(), Error> {
        Err(Error::fake(409, r#"{"message": "lent already"}"#))
    }
}

#[tokio::main]
async fn main() {
    println!("by the trait:     {}", lend(&Shelf, "emma", "Ada").await);

    // The real client with all its code, but no network.
    let fake = Fake::new()
        .on(LibraryClient::BOOK, |_| FakeReply::json(200, json!({"title": "Emma"})))
        .on(LibraryClient::LEND, |_| FakeReply::new(204, ""));
    let library = LibraryClient::new(fake.client());
    println!("by the transport: {}", lend(&library, "emma", "Ada").await);
    let sent = &fake.requests()[1];
    println!(
        "                  sent: {} {} {}",
        sent.method(),
        sent.uri(),
        String::from_utf8_lossy(sent.body())
    );

    println!("a failure:        {}", lend(&Gone, "emma", "Ada").await);
}
