//! Downloads: small ones whole, large ones as streams: `cargo run --example downloads`.
//!
//! ```text
//! whole:     5 bytes of text/plain
//! streamed:  3000000 bytes into a file
//! a limit:   GET large: the response body is larger than the limit of 1000 bytes
//! by choice: cut after 70 kB or more
//! ```

use std::io::Write as _;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use connectors_client::{ByteStream, Client, RequestOptions, api_client};
use connectors_examples::serve;

#[api_client]
trait Files {
    #[get("small")]
    async fn small(&self) -> Bytes;

    #[get("large")]
    async fn large(&self) -> ByteStream;

    #[get("large")]
    async fn large_at_once(&self) -> Bytes;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let routes = Router::new()
        .route("/small", get(|| async { "hello" }))
        .route("/large", get(|| async { vec![b'x'; 3_000_000] }));
    let files = FilesClient::new(Client::builder(serve(routes).await?).build()?);

    let small = files.with_raw_response().small().await?;
    let media_type =
        small.headers()["content-type"].to_str()?.split(';').next().unwrap_or_default();
    println!("whole:     {} bytes of {media_type}", small.data.len());

    // A stream holds no more data than have just arrived.
    let path = std::env::temp_dir().join(format!("download-{}", std::process::id()));
    let mut file = std::fs::File::create(&path)?;
    let mut pieces = files.large().await?;
    while let Some(piece) = pieces.next().await {
        file.write_all(&piece?)?;
    }
    println!("streamed:  {} bytes into a file", std::fs::metadata(&path)?.len());
    std::fs::remove_file(&path)?;

    // A whole body has a limit: 16 MiB, or one of your own.
    let small_only = RequestOptions::new().max_body(1000);
    match files.large_at_once().options(small_only).await {
        Ok(_) => println!("a limit:   none?"),
        Err(error) => println!("a limit:   {error}"),
    }

    // Dropping a stream ends the transfer.
    let (mut pieces, mut read) = (files.large().await?, 0);
    while read < 70_000 {
        match pieces.next().await {
            Some(piece) => read += piece?.len(),
            None => break,
        }
    }
    drop(pieces);
    println!("by choice: cut after 70 kB or more");
    Ok(())
}
