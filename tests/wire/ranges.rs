//! A request for a range asks for the stored bytes: a range of a compressed body cannot be
//! decompressed.

use bytes::Bytes;
use connectors_client::{Body, ByteStream, Client, RequestOptions, Text, api_client};
use support::server::{Reply, Server};

#[api_client]
trait Files {
    #[get("file")]
    async fn part(&self, #[header("Range")] range: Option<&str>) -> Bytes;

    #[get("file", headers("range" = "bytes=0-1"))]
    async fn start(&self) -> Text;

    #[get("file", decompress = none)]
    async fn stored(&self) -> Bytes;

    #[get("file", decompress = none)]
    async fn stored_stream(&self) -> ByteStream;

    #[get("file")]
    async fn stream(&self, #[header("range")] range: Option<&str>) -> ByteStream;
}

fn start(count: usize) -> (Server, Client) {
    let server =
        Server::start(vec![Reply::bytes(206, "application/octet-stream", b"ab".to_vec()); count]);
    let client = crate::client(&server);
    (server, client)
}

fn encoding(request: &support::server::Recorded) -> Option<&str> {
    request.header("accept-encoding")
}

#[tokio::test]
async fn a_request_with_a_range_asks_for_the_stored_bytes() {
    let (server, client) = start(7);
    let files = FilesClient::new(client.clone());
    let range = || RequestOptions::new().header("range", "bytes=2-3");
    assert_eq!(files.part().range("bytes=2-3").await.unwrap(), "ab");
    files.start().await.unwrap();
    files.stream().range("bytes=2-3").await.unwrap();
    files.part().options(range()).await.unwrap();
    files.with_options(range()).part().await.unwrap();
    let built = files.part().range("bytes=2-3").build().unwrap();
    client.send::<Bytes>(built).await.unwrap();
    let by_hand =
        http::Request::get("/file").header("range", "bytes=2-3").body(Body::empty()).unwrap();
    client.send::<Bytes>(by_hand).await.unwrap();
    for request in server.requests() {
        assert_eq!(encoding(&request), Some("identity"), "{request:?}");
    }
}

#[tokio::test]
async fn an_encoding_that_the_caller_gives_is_kept() {
    let (server, client) = start(2);
    let files = FilesClient::new(client);
    let gzip = RequestOptions::new().header("accept-encoding", "gzip");
    files.part().range("bytes=2-3").options(gzip).await.unwrap();
    files.part().await.unwrap();
    let requests = server.requests();
    assert_eq!(encoding(&requests[0]), Some("gzip"));
    assert!(
        encoding(&requests[1]).unwrap().contains("gzip"),
        "a request without a range may be compressed"
    );
}

#[tokio::test]
async fn blocking_calls_ask_for_the_stored_bytes_too() {
    let (server, client) = start(1);
    let call = move || BlockingFilesClient::new(client).part().range("bytes=2-3").send().unwrap();
    tokio::task::spawn_blocking(call).await.unwrap();
    assert_eq!(encoding(&server.request()), Some("identity"));
}

/// `ab`, compressed by gzip.
const GZIP: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xffKL\x02\0m\x48\x83\x9e\x02\0\0\0";

fn gzipped(status: u16, body: &[u8]) -> Reply {
    Reply::bytes(status, "application/octet-stream", body.to_vec())
        .header("content-encoding", "gzip")
}

async fn all(mut stream: ByteStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk.unwrap());
    }
    bytes
}

#[tokio::test]
async fn a_part_of_a_compressed_body_is_returned_as_it_is() {
    let part = &GZIP[4..12];
    let server = Server::start([gzipped(206, part), gzipped(206, part), gzipped(200, GZIP)]);
    let files = FilesClient::new(crate::client(&server));
    assert_eq!(files.part().range("bytes=4-11").await.unwrap(), part);
    assert_eq!(all(files.stream().range("bytes=4-11").await.unwrap()).await, part);
    // A server that ignores the range sends all of it, which can be decompressed.
    assert_eq!(files.part().range("bytes=4-11").await.unwrap(), "ab");
}

#[tokio::test]
async fn a_body_without_decompression_is_the_stored_one() {
    let error = gzipped(404, GZIP);
    let server = Server::start([
        gzipped(200, GZIP),
        gzipped(200, GZIP).header("content-encoding", "rot13"),
        gzipped(200, GZIP),
        error,
    ]);
    let files = FilesClient::new(crate::client(&server));
    assert_eq!(files.stored().await.unwrap(), GZIP);
    assert_eq!(files.stored().await.unwrap(), GZIP);
    assert_eq!(all(files.stored_stream().await.unwrap()).await, GZIP);
    assert_eq!(files.stored().await.unwrap_err().body().unwrap(), "ab");
    assert!(server.requests().iter().all(|request| encoding(request) == Some("identity")));
}
