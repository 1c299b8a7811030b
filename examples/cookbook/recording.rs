//! Records a server for tests and replays it: `cargo run --example recording`.
//!
//! ```text
//! recorded: Emma is lent to Ada
//! replayed: Emma is lent to Ada
//! in the file: PUT http://127.0.0.1/books/emma/reader {"session":"{session:1}","name":"Ada"}
//! changed: `Library::book` with `id` = "emma" instead of "persuasion"
//! verified: `/title` is "Emma (2nd edition)", not "Emma"
//! ```

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use connectors_client::{Client, Error, Recorder, Secret, api_client};
use connectors_examples::serve;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Book {
    title: String,
}

#[derive(Deserialize)]
struct Session {
    session: Secret,
}

#[api_client]
trait Library {
    #[post("sessions")]
    async fn log_in(&self, user: &str, password: &Secret) -> Session;

    #[get("books/<id>")]
    async fn book(&self, id: &str) -> Book;

    #[put("books/<id>/reader")]
    async fn lend(&self, id: &str, session: &Secret, name: &str);
}

/// The code under test.
async fn lend(client: Client, id: &str) -> Result<String, Error> {
    let library = LibraryClient::new(client);
    let Session { session } = library.log_in("ada", &Secret::new("a long password")).await?;
    let book = library.book(id).await?;
    library.lend(id, &session, "Ada").await?;
    Ok(format!("{} is lent to Ada", book.title))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // In a test this is `tests/recordings/<test>.har`, and `Recorder::auto` both records and replays.
    let file = std::env::temp_dir().join(format!("library-{}.har", std::process::id()));
    let url = serve(router()).await?;

    let recorder = Recorder::record(&file);
    let client = Client::builder(&url).recorder(&recorder).build()?;
    println!("recorded: {}", lend(client, "emma").await?);
    recorder.save()?;

    // No server is needed, and no session of it.
    let replay =
        || Client::builder("http://127.0.0.1:9").recorder(&Recorder::replay(&file)).build();
    println!("replayed: {}", lend(replay()?, "emma").await?);
    println!("in the file: {}", lending(&std::fs::read_to_string(&file)?)?);

    // A request that differs from the recording is an error, which names the difference.
    if let Err(error) = lend(replay()?, "persuasion").await {
        println!("changed: {}", short(&error));
    }

    // Does the server still answer as recorded? Its sessions differ each time, its titles may not.
    HAS_NEW_EDITION.store(true, Ordering::Relaxed);
    let recorder = Recorder::verify(&file);
    let client = Client::builder(&url).recorder(&recorder).build()?;
    if let Err(error) = lend(client, "emma").await {
        println!("verified: {}", short(&error));
    }
    std::fs::remove_file(&file)?;
    Ok(())
}

/// Shortens an error, whose text has the path of the file.
fn short(error: &Error) -> String {
    let text = error.to_string();
    match text.split_once(".har`: ") {
        Some((_, difference)) => difference.to_owned(),
        None => text
            .split_once("no entry of ")
            .map(|(_, text)| text.replace(" these arguments; the nearest has", ""))
            .unwrap_or_default(),
    }
}

/// Returns the request by which the book was lent.
fn lending(har: &str) -> Result<String, serde_json::Error> {
    let har: Value = serde_json::from_str(har)?;
    let entries = har["log"]["entries"].as_array().cloned().unwrap_or_default();
    let lent = entries.iter().find(|entry| entry["_endpoint"] == "Library::lend");
    let request = lent.map_or(&Value::Null, |entry| &entry["request"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (method, url) = (text(&request["method"]), text(&request["url"]));
    Ok(format!("{method} {url} {}", text(&request["postData"]["text"])))
}

static HAS_NEW_EDITION: AtomicBool = AtomicBool::new(false);
static SESSIONS: AtomicUsize = AtomicUsize::new(1);

/// The library, with a new session for each login.
fn router() -> Router {
    let session = || async {
        let number = SESSIONS.fetch_add(1, Ordering::Relaxed);
        Json(json!({"session": format!("session-{number:08}")}))
    };
    let book = || async {
        let is_new = HAS_NEW_EDITION.load(Ordering::Relaxed);
        Json(json!({"title": if is_new { "Emma (2nd edition)" } else { "Emma" }}))
    };
    Router::new()
        .route("/sessions", post(session))
        .route("/books/{id}", get(book))
        .route("/books/{id}/reader", put(|| async { StatusCode::NO_CONTENT }))
}
