//! Compressed responses with the status 206, with and without a range of bytes.

use std::io::Write as _;

use bytes::Bytes;
use connectors_client::{
    Body, ByteStream, ClientBuilder, ErrorKind, NextTransport, Transport, TransportFuture,
    api_client,
};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue};
use support::server::{Recorded, Reply, Server};

use crate::{builder, client};

#[api_client]
trait Lists {
    #[get("list")]
    async fn list(&self) -> Vec<u8>;

    #[get("list")]
    async fn bytes(&self, #[header("Range")] range: Option<&str>) -> Bytes;

    #[get("list")]
    async fn stream(&self) -> ByteStream;
}

fn gzipped(range: Option<&str>, media_type: &str) -> Reply {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(b"[1,2]").unwrap();
    let reply = Reply::bytes(206, media_type, encoder.finish().unwrap());
    let reply = reply.header("Content-Encoding", "gzip");
    match range {
        Some(range) => reply.header("Content-Range", range),
        None => reply,
    }
}

const JSON: &str = "application/json";

#[tokio::test]
async fn part_of_a_list_is_decompressed() {
    for range in [Some("0-24/3573"), Some("items 0-24/3573"), None] {
        let server = Server::start([gzipped(range, JSON)]);
        let lists = ListsClient::new(client(&server));
        assert_eq!(lists.list().await.unwrap(), [1, 2], "{range:?}");
        assert_eq!(lists.bytes().await.unwrap(), "[1,2]");
        let mut stream = lists.stream().await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap(), "[1,2]");
    }
}

#[tokio::test]
async fn part_of_the_stored_bytes_stays_compressed() {
    for (range, media_type, asked) in [
        (Some("bytes 0-24/3573"), JSON, None),
        (Some("Bytes 0-24/3573"), JSON, None),
        (None, "multipart/byteranges; boundary=b", None),
        (None, JSON, Some("bytes=0-24")),
    ] {
        let server = Server::start([gzipped(range, media_type)]);
        let body = ListsClient::new(client(&server)).bytes().maybe_range(asked).await.unwrap();
        assert!(body.starts_with(b"\x1f\x8b"), "{range:?} {body:?}");
    }
}

#[tokio::test]
async fn part_of_a_list_in_an_unknown_coding_is_an_error() {
    let reply = Reply::bytes(206, JSON, b"xyz".to_vec()).header("Content-Encoding", "x-own");
    let server = Server::start([reply.header("Content-Range", "0-24/3573")]);
    let error = ListsClient::new(client(&server)).bytes().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("`x-own`"), "{error}");
}

/// Asks for the rest of a file.
struct Resume(NextTransport);

impl Transport for Resume {
    fn send(&self, mut request: http::Request<Body>) -> TransportFuture<'_> {
        request.headers_mut().insert("range", HeaderValue::from_static("bytes=2-"));
        self.0.send(request)
    }
}

/// The range reaches the transport late, so the transport decides what it asks for.
#[tokio::test]
async fn a_range_that_is_added_late_asks_for_the_stored_bytes() {
    let server = Server::answer(|request: &Recorded| match request.header("accept-encoding") {
        Some("identity") => {
            Reply::bytes(206, "text/plain", b"cd".to_vec()).header("Content-Range", "bytes 2-3/4")
        }
        other => {
            assert!(other.is_some_and(|codings| codings.contains("gzip")), "{other:?}");
            Reply::bytes(200, "text/plain", b"abcd".to_vec())
        }
    });
    let range = |headers: &mut HeaderMap| {
        headers.insert("range", HeaderValue::from_static("bytes=2-"));
    };
    let transports: [fn(ClientBuilder) -> ClientBuilder; 2] =
        [|builder| builder, |builder| builder.lean()];
    for transport in transports {
        let layered = transport(builder(&server).layer(Resume)).build().unwrap();
        assert_eq!(ListsClient::new(layered).bytes().await.unwrap(), "cd");
        let headed = transport(builder(&server).attempt_headers(range)).build().unwrap();
        assert_eq!(ListsClient::new(headed).bytes().await.unwrap(), "cd");
        // Control: without a range.
        let plain = transport(builder(&server)).build().unwrap();
        assert_eq!(ListsClient::new(plain).bytes().await.unwrap(), "abcd");
    }
}
