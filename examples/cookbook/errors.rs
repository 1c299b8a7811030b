//! Errors by class, by body and by their other properties: `cargo run --example errors`.
//!
//! ```text
//! not found:  no such book
//! invalid:    title: is missing
//! otherwise:  500 Some("Other"), may have executed: true, request id: Some("r-9")
//! not JSON:   GET books/<id>: the response is `text/plain` (6 bytes), not JSON (the return type `Text` reads it): expected value at line 1 column 1; the body: Some(6)
//! no server:  Connect, nothing was sent: true
//! ```

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::get;
use axum::{Json, Router};
use connectors_client::{Client, ErrorClass, ErrorKind, api_client};
use connectors_examples::serve;
use serde::Deserialize;
use serde_json::json;

/// The error statuses of the API. A variant can carry the error body.
#[derive(Debug, ErrorClass)]
enum BooksError {
    #[status(404)]
    NotFound,
    #[status(422)]
    Invalid(Option<Problem>),
    #[status(other)]
    Other,
}

#[derive(Debug, Deserialize)]
struct Problem {
    field: String,
    problem: String,
}

#[derive(Debug, Deserialize)]
struct Book {
    title: String,
}

#[api_client(error = BooksError)]
trait Books {
    #[get("books/<id>")]
    async fn get(&self, id: &str) -> Book;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(serve(router()).await?).max_retries(0).build()?;
    let books = BooksClient::new(client);
    for id in ["nope", "draft", "broken", "html"] {
        let error = match books.get(id).await {
            Ok(book) => {
                println!("found: {}", book.title);
                continue;
            }
            Err(error) => error,
        };
        match error.class() {
            Some(BooksError::NotFound) => {
                println!("not found:  {}", error.message().unwrap_or("-"));
            }
            Some(BooksError::Invalid(Some(problem))) => {
                println!("invalid:    {}: {}", problem.field, problem.problem);
            }
            Some(other) => {
                let (status, name) =
                    (error.status().map_or(0, |status| status.as_u16()), other.name());
                let (executed, id) = (error.may_have_executed(), error.request_id());
                println!(
                    "otherwise:  {status} {:?}, may have executed: {executed}, request id: {id:?}",
                    Some(name)
                );
            }
            // Not an error status, so there is no class. The body is kept in any case.
            None => {
                println!(
                    "not JSON:   {error}; the body: {:?}",
                    error.body().map(bytes::Bytes::len)
                );
            }
        }
    }

    let nobody = BooksClient::new(Client::builder("http://127.0.0.1:1").max_retries(0).build()?);
    let error = nobody.get("x").await.unwrap_err();
    match error.kind() {
        kind @ ErrorKind::Connect => {
            println!("no server:  {kind:?}, nothing was sent: {}", !error.may_have_executed());
        }
        kind => println!("no server:  {kind:?}"),
    }
    Ok(())
}

fn router() -> Router {
    Router::new().route(
        "/books/{id}",
        get(|Path(id): Path<String>| async move {
            match id.as_str() {
                "draft" => (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    Json(json!({"field": "title", "problem": "is missing"})),
                )
                    .into_response(),
                "broken" => (StatusCode::INTERNAL_SERVER_ERROR, [("x-request-id", "r-9")], "oh")
                    .into_response(),
                "html" => "<html>".into_response(),
                _ => (StatusCode::NOT_FOUND, Json(json!({"message": "no such book"})))
                    .into_response(),
            }
        }),
    )
}
