//! A progress bar for an upload and a download: `cargo run --example progress`.

use std::io::Write as _;

use axum::Router;
use axum::body::Bytes;
use axum::routing::put;
use connectors_client::{Body, ByteStream, Client, Progress, RequestOptions, api_client};

#[api_client]
trait Files {
    #[put("files/one")]
    async fn upload(&self, #[body] content: Body);

    #[get("files/one")]
    async fn download(&self) -> ByteStream;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = FilesClient::new(Client::builder(serve().await?).build()?);

    let content = Body::from(vec![b'x'; 20_000_000]);
    files
        .upload(content)
        .options(RequestOptions::new().on_upload(|progress| bar("up", progress)))
        .await?;

    let options = RequestOptions::new().on_download(|progress| bar("down", progress));
    let (mut pieces, mut size) = (files.download().options(options).await?, 0);
    while let Some(piece) = pieces.next().await {
        size += piece?.len();
    }
    println!("{size} bytes came back");
    Ok(())
}

/// Overwrites the previous line and keeps the last one.
fn bar(what: &str, progress: Progress) {
    let Some(total) = progress.total.filter(|total| *total > 0) else { return };
    let done = usize::try_from(progress.bytes * 40 / total).unwrap_or(40);
    let end = if progress.bytes == total { "\n" } else { "" };
    let mut out = std::io::stdout();
    // A closed terminal shows no progress bar.
    let _ = write!(
        out,
        "\r{what:>5} [{:<40}] {:>3} %{end}",
        "#".repeat(done),
        progress.bytes * 100 / total
    );
    let _ = out.flush();
}

/// A server on loopback that receives a file and sends one of the same size.
async fn serve() -> std::io::Result<String> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let file = put(|content: Bytes| async move { format!("{} bytes", content.len()) })
        .get(|| async { vec![b'y'; 20_000_000] })
        .layer(axum::extract::DefaultBodyLimit::disable());
    tokio::spawn(
        async move { axum::serve(listener, Router::new().route("/files/one", file)).await },
    );
    Ok(url)
}
