//! A server that stores nothing and answers one request in twenty with a fault.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::Failure;

/// One in this many requests meets a fault.
const FAULTS: usize = 20;

#[derive(Default)]
struct Counts {
    requests: AtomicUsize,
    accepted: AtomicUsize,
    open: AtomicUsize,
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run() -> Result<(), Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("{}", listener.local_addr()?);
    let counts = Arc::new(Counts::default());
    loop {
        let (stream, _) = listener.accept().await?;
        let counts = Arc::clone(&counts);
        counts.accepted.fetch_add(1, Ordering::Relaxed);
        counts.open.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(async move {
            // The client disconnected.
            answer(stream, &counts).await.ok();
            counts.open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

async fn answer(stream: TcpStream, counts: &Counts) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(2048, stream);
    let (mut first, mut line) = (String::new(), String::new());
    loop {
        first.clear();
        if stream.read_line(&mut first).await? == 0 {
            return Ok(());
        }
        let mut length = 0;
        loop {
            line.clear();
            stream.read_line(&mut line).await?;
            match line.trim().split_once(':') {
                None => break,
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().unwrap_or(0);
                }
                Some(_) => {}
            }
        }
        tokio::io::copy(&mut (&mut stream).take(length), &mut tokio::io::sink()).await?;
        if first.starts_with("GET /status ") {
            let open = counts.open.load(Ordering::Relaxed).saturating_sub(1);
            let (accepted, requests) = (
                counts.accepted.load(Ordering::Relaxed) - 1,
                counts.requests.load(Ordering::Relaxed),
            );
            let text = format!("{open} of {accepted}, over which {requests} requests came");
            return stream.write_all(reply("200 X", "", &text).as_bytes()).await;
        }
        if !fault(&mut stream, counts.requests.fetch_add(1, Ordering::Relaxed)).await? {
            return Ok(());
        }
    }
}

/// Answers the request with this number. Returns true if the connection stays open.
async fn fault(stream: &mut BufReader<TcpStream>, number: usize) -> std::io::Result<bool> {
    let (goes_on, text) = match (number % FAULTS, number / FAULTS % 8) {
        (1.., _) => (
            true,
            reply("200 X", "", "{\"id\": 12345, \"name\": \"a thing\", \"tags\": [\"a\", \"b\"]}"),
        ),
        (_, 0) => (true, reply("503 X", "", "{}")),
        (_, 1) => (true, reply("429 X", "retry-after: 0\r\n", "{}")),
        (_, 2) => (false, "HTTP/1.1 200 X\r\ncontent-length: 99\r\n\r\n{\"id\"".to_owned()),
        (_, 3) => {
            stream.get_ref().set_zero_linger()?;
            (false, String::new())
        }
        (_, 4) => (false, "garbage\r\n\r\n".to_owned()),
        (_, 5) => (true, reply("404 X", "", "{\"message\": \"no such thing\"}")),
        (_, 6) => (true, reply("200 X", "", "{\"id\": ")),
        (_, _) => (false, String::new()),
    };
    stream.write_all(text.as_bytes()).await?;
    Ok(goes_on)
}

fn reply(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
}
