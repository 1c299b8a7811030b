//! Uploads: a whole body, a multipart form, a stream, and progress: `cargo run --example uploads`.
//!
//! ```text
//! a file as the body:      38 bytes of text/x-rust, length known: true
//! a multipart form:        title, cover.png (image/png), meta (application/json)
//! a stream:                15 bytes of text/plain, length known: false
//! progress:                1000000 of Some(1000000)
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderMap;
use axum::routing::{post, put};
use connectors_client::{Body, Client, Part, RequestOptions, Text, api_client};
use connectors_examples::serve;
use futures_util::stream;
use serde_json::{Value, json};

#[api_client]
trait Files {
    #[put("files/<path..>")]
    async fn put(&self, path: &str, #[body] content: Body) -> Text;

    #[post("books", multipart)]
    async fn publish(&self, title: &str, cover: Part, meta: &Value) -> Text;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = FilesClient::new(Client::builder(serve(router()).await?).build()?);

    // The file is read while it is sent. A retry reads it again.
    let path = std::env::temp_dir().join(format!("upload-{}.rs", std::process::id()));
    std::fs::write(&path, "fn main() { println!(\"Hello, you!\"); }\n".trim_end())?;
    println!("a file as the body:      {}", files.put("src/main.rs", Body::file(&path)).await?);
    std::fs::remove_file(&path)?;

    let cover =
        Part::new(vec![0x89, b'P', b'N', b'G']).file_name("cover.png").content_type("image/png");
    println!(
        "a multipart form:        {}",
        files.publish("Emma", cover, &json!({"year": 1815})).await?
    );

    // A stream is sent once. `Body::from_fn` can create it again for a retry.
    let pieces = stream::iter(["one", " and ", "another"].map(Ok::<_, std::io::Error>));
    println!(
        "a stream:                {}",
        files.put("s", Body::from_stream(pieces).with_content_type("text/plain")).await?
    );

    let sent = Arc::new(AtomicU64::new(0));
    let (watched, options) = (Arc::clone(&sent), RequestOptions::new());
    let options =
        options.on_upload(move |progress| watched.store(progress.bytes, Ordering::Relaxed));
    let large = Body::from(vec![b'x'; 1_000_000]);
    let total = Some(1_000_000);
    files.put("large", large).options(options).await?;
    println!("progress:                {} of {total:?}", sent.load(Ordering::Relaxed));
    Ok(())
}

/// A server that describes what it received.
fn router() -> Router {
    let whole = put(|headers: HeaderMap, body: Bytes| async move {
        let text = |name: &str| {
            headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("-").to_owned()
        };
        let is_known = headers.contains_key("content-length");
        format!("{} bytes of {}, length known: {is_known}", body.len(), text("content-type"))
    });
    let parts = post(|body: Bytes| async move {
        let text = String::from_utf8_lossy(&body);
        let mut parts = Vec::new();
        for head in text.split("--").filter_map(|part| part.split("\r\n\r\n").next()) {
            let Some((_, name)) = head.split_once("name=\"") else { continue };
            let file = head.split_once("filename=\"").map(|(_, file)| file);
            let name = file.unwrap_or(name).split('"').next().unwrap_or_default();
            let media_type = head.lines().find_map(|line| {
                line.get(..14)
                    .filter(|key| key.eq_ignore_ascii_case("content-type: "))
                    .map(|_| &line[14..])
            });
            parts.push(match media_type.filter(|media| !media.starts_with("text/plain")) {
                Some(media) => format!("{name} ({media})"),
                None => name.to_owned(),
            });
        }
        parts.join(", ")
    });
    Router::new()
        .route("/files/{*path}", whole.layer(DefaultBodyLimit::disable()))
        .route("/books", parts)
}
