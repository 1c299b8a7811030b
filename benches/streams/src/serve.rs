//! A server that sends as many mebibytes of events or lines as the path requests, as fast as the
//! client reads.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::Failure;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run() -> Result<(), Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        // The reader disconnected.
        tokio::spawn(async move { answer(stream).await.ok() });
    }
}

async fn answer(stream: TcpStream) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let path = line.split(' ').nth(1).unwrap_or_default();
    let mut segments = path.split('/').skip(1);
    let (kind, mebibytes) =
        (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
    let mebibytes: usize = mebibytes.parse().unwrap_or(1);
    let (media_type, before, after) = match kind {
        "events" => ("text/event-stream", "data: ", "\n\n"),
        _ => ("application/x-ndjson", "", "\n"),
    };
    let item = format!(
        "{before}{{\"id\": 1234567890, \"text\": \"{}\", \"done\": false}}{after}",
        "some words ".repeat(8)
    );
    let piece = item.repeat(64 * 1024 / item.len());
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    for _ in 0..mebibytes * 1024 * 1024 / piece.len() {
        stream.write_all(piece.as_bytes()).await?;
    }
    stream.shutdown().await
}
