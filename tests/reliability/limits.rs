//! Memory of a response is bounded, whatever the server sends.

use std::io::Write as _;
use std::time::Duration;

use connectors_client::{ErrorKind, api_client};
use flate2::Compression;
use flate2::write::GzEncoder;
use support::fault_server::{FaultServer, Script};

use crate::{builder, careless};

const MIB: usize = 1024 * 1024;
/// Number of bytes that the sockets of both sides may hold in addition to what was read.
const BUFFERS: usize = 24 * MIB;

#[api_client]
trait Files {
    #[get("file")]
    async fn file(&self) -> bytes::Bytes;
}

fn bomb(size: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; size]).unwrap();
    let body = encoder.finish().unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

/// Returns an endless body with this status.
fn endless(status: &str) -> Script {
    let head = format!("HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n\r\n");
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    Script::executed().send(head).send_endlessly(chunk, Duration::ZERO)
}

#[tokio::test]
async fn a_decompression_bomb_stops_at_the_limit() {
    let bytes = bomb(8 * MIB);
    let sent = bytes.len();
    let server = FaultServer::start(Script::executed().send(bytes).into());
    let files = FilesClient::new(builder(&server).max_body(MIB).build().unwrap());
    let error = files.file().await.unwrap_err();
    let ours = error.body().unwrap().len();
    let careless =
        careless::plain().get(server.url()).send().await.unwrap().bytes().await.unwrap().len();
    println!("bomb of {sent} bytes: held {ours}, careless {careless}");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1));
    assert!(ours <= MIB);
    assert_eq!(careless, 8 * MIB, "the control must not stop");
}

#[tokio::test]
async fn an_endless_body_stops_at_the_limit() {
    for (status, kind) in [("200 OK", ErrorKind::TooLarge), ("400 Bad Request", ErrorKind::Api)] {
        let server = FaultServer::start(endless(status).into());
        let files = FilesClient::new(builder(&server).max_body(MIB).build().unwrap());
        let error = files.file().await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.body().unwrap().len() <= MIB);
        // The connection is closed, because nothing else stops the server.
        let sent = settled(&server).await;
        assert!(sent < MIB + BUFFERS, "{sent}");

        let server = FaultServer::start(endless(status).into());
        let mut reply = careless::plain().get(server.url()).send().await.unwrap();
        let mut careless = 0;
        while let Ok(Some(chunk)) = reply.chunk().await
            && careless < 2 * BUFFERS
        {
            careless += chunk.len();
        }
        println!(
            "endless {status}: the server sent {sent} bytes, to a careless client {careless} and more"
        );
        assert!(careless >= 2 * BUFFERS, "the control must not stop");
    }
}

/// Returns the number of bytes sent once it stops growing.
async fn settled(server: &FaultServer) -> usize {
    let mut last = usize::MAX;
    for _ in 0..100 {
        let sent = server.counts().sent;
        if sent == last {
            break;
        }
        last = sent;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    last
}
