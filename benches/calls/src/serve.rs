//! A server that answers as fast as requests arrive. Responses are built once, and it reads no more
//! of a request than it must.

use calls::{Connector, Failure, Found, Page, SILENT};
use serde::Serialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

struct Replies {
    one: Vec<u8>,
    many: Vec<u8>,
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run() -> Result<(), Failure> {
    let connectors: Vec<_> = (1..=100).map(Connector::sample).collect();
    let one = reply(&Found { connector: Connector::sample(1) })?;
    let many = reply(&Page { connectors, total_count: Some(100.0) })?;
    // Serve as long as the process runs.
    let replies: &'static Replies = Box::leak(Box::new(Replies { one, many }));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        // The client disconnected.
        tokio::spawn(async move { answer(stream, replies).await.ok() });
    }
}

fn reply(data: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let body = serde_json::to_vec(data)?;
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         date: Tue, 14 Nov 2023 22:13:20 GMT\r\nx-request-id: 0123456789abcdef\r\n\r\n",
        body.len()
    );
    Ok([head.as_bytes(), &body].concat())
}

async fn answer(mut stream: TcpStream, replies: &Replies) -> std::io::Result<()> {
    let mut received = Vec::with_capacity(8 * 1024);
    loop {
        if received.starts_with(format!("GET {SILENT}").as_bytes()) {
            // It ends with the connection.
            return stream.read(&mut [0]).await.map(drop);
        }
        while let Some(length) = request_length(&received) {
            let is_list = received.starts_with(b"GET /v1/connectors?")
                || received.starts_with(b"GET /v1/connectors ");
            stream.write_all(if is_list { &replies.many } else { &replies.one }).await?;
            received.drain(..length);
        }
        if stream.read_buf(&mut received).await? == 0 {
            return Ok(());
        }
    }
}

/// Returns the bytes of the first request, if it is complete.
fn request_length(received: &[u8]) -> Option<usize> {
    let head = received.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let fields = std::str::from_utf8(&received[..head]).ok()?.lines();
    let length = fields.filter_map(|line| line.split_once(':'));
    let mut length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let body: usize = length.next_back().map_or(Some(0), |(_, value)| value.trim().parse().ok())?;
    (received.len() >= head + body).then_some(head + body)
}
