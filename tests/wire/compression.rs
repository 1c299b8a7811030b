//! Compressed request bodies.

use std::io::Read as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::{
    Body, Client, Compression, NextTransport, Part, RequestOptions, RetryPolicy, Transport,
    TransportFuture, api_client,
};
use futures_util::stream;
use support::server::{Recorded, Reply, Server};

use crate::{builder, whole};

#[api_client(compress = "gzip")]
trait Notes {
    #[post("notes")]
    async fn create(&self, text: &str);

    #[post("notes", compress = none)]
    async fn plain(&self, text: &str);

    #[post("form", form)]
    async fn form(&self, text: &str);

    #[post("parts", multipart)]
    async fn parts(&self, text: &str, file: Part);

    #[put("raw")]
    async fn put(&self, #[body] content: Body);

    #[put("coded", headers("content-encoding" = "identity"))]
    async fn coded(&self, #[body] content: Body);

    #[get("notes")]
    async fn list(&self);
}

#[api_client]
trait Plain {
    #[post("notes")]
    async fn create(&self, text: &str);

    #[post("gzip", compress = "gzip")]
    async fn gzip(&self, text: &str);
}

fn start() -> (Server, Client) {
    let server = Server::start([Reply::empty(204)]);
    let client = builder(&server).build().unwrap();
    (server, client)
}

fn decompressed(body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(body).read_to_end(&mut plain).unwrap();
    plain
}

/// Returns the request as it would be without compression, if it is compressed.
fn uncompressed(request: &Recorded) -> String {
    assert_eq!(request.header("content-encoding"), Some("gzip"), "{request:?}");
    let mut plain = request.clone();
    plain.body = decompressed(&request.body);
    assert!(request.body.len() < plain.body.len() / 4, "{} bytes", request.body.len());
    whole(&plain)
}

const LENGTH: usize = 4_000;

fn text() -> String {
    "a".repeat(LENGTH)
}

#[tokio::test]
async fn a_json_body_is_compressed_with_its_coding_and_length() {
    let (server, client) = start();
    NotesClient::new(client).create(&text()).await.unwrap();
    let request = server.request();
    let length = request.body.len();
    assert_eq!(
        uncompressed(&request),
        format!(
            "POST /notes HTTP/1.1\naccept: */*\nauthorization: Bearer test-token\n\
             content-type: application/json\ncontent-encoding: gzip\naccept-encoding: gzip\n\
             content-length: {length}\n\n{{\"text\":\"{}\"}}",
            text()
        )
        .replace('"', "\\\"")
    );
}

#[tokio::test]
async fn forms_parts_and_whole_bodies_are_compressed() {
    let (server, client) = start();
    let notes = NotesClient::new(client);
    notes.form(&text()).await.unwrap();
    notes.parts("a", Part::new(text())).await.unwrap();
    notes.put(Body::from(text())).await.unwrap();
    let requests = server.requests();
    assert!(uncompressed(&requests[0]).ends_with(&format!("text={}", text())));
    assert!(uncompressed(&requests[1]).contains("form-data; name="));
    assert!(uncompressed(&requests[2]).ends_with(&text()));
}

#[tokio::test]
async fn small_bodies_other_codings_and_requests_without_a_body_stay_as_they_are() {
    let (server, client) = start();
    let notes = NotesClient::new(client);
    notes.create("small").await.unwrap();
    notes.plain(&text()).await.unwrap();
    notes.list().await.unwrap();
    notes.put(Body::empty()).await.unwrap();
    notes.create(&text()).options(RequestOptions::new().compress(Compression::None)).await.unwrap();
    notes.coded(Body::from(text())).await.unwrap();
    let requests = server.requests();
    for request in &requests[..5] {
        assert_eq!(request.header("content-encoding"), None, "{request:?}");
    }
    assert_eq!(requests[5].header("content-encoding"), Some("identity"));
    assert_eq!(requests[5].body, text().as_bytes());
}

#[tokio::test]
async fn call_endpoint_and_client_can_ask_for_it_from_a_size_on() {
    let server = Server::start([Reply::empty(204)]);
    let client = builder(&server).build().unwrap();
    let plain = PlainClient::new(client.clone());
    plain.create(&text()).await.unwrap();
    plain.gzip(&text()).await.unwrap();
    let gzip = || RequestOptions::new().compress(Compression::Gzip);
    plain.create(&text()).options(gzip()).await.unwrap();
    let all = builder(&server).compress(Compression::Gzip).compress_from(8_000).build().unwrap();
    let all = PlainClient::new(all);
    all.create(&text()).await.unwrap();
    all.create(&text().repeat(2)).await.unwrap();
    let built = plain.create(&text()).options(gzip()).build().unwrap();
    assert_eq!(built.headers().get("content-encoding"), None);
    client.send::<()>(built).await.unwrap();
    let is_coded = |request: &Recorded| request.header("content-encoding").is_some();
    let coded: Vec<_> = server.requests().iter().map(is_coded).collect();
    assert_eq!(coded, [false, true, true, false, true, true]);
}

#[tokio::test]
async fn a_stream_is_compressed_while_it_is_sent() {
    let (server, client) = start();
    let chunks = || stream::iter((0..100).map(|_| Ok::<_, std::io::Error>(text())));
    let notes = NotesClient::new(client);
    notes.put(Body::from_stream(chunks())).await.unwrap();
    notes.put(Body::from_stream(chunks()).with_length(100 * LENGTH as u64)).await.unwrap();
    for request in server.requests() {
        assert_eq!(request.header("content-length"), None, "{request:?}");
        assert!(uncompressed(&request).ends_with(&text().repeat(100)));
    }
}

#[tokio::test]
async fn a_pause_of_a_stream_sends_what_has_come() {
    let (server, client) = start();
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel::<&'static str>();
    let chunks = stream::unfold(receiver, |mut receiver| async move {
        let chunk = receiver.recv().await?;
        Some((Ok::<_, std::io::Error>(chunk), receiver))
    });
    sender.send("first").unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let options =
        RequestOptions::new().on_upload(move |progress| log.lock().unwrap().push(progress.bytes));
    let call = NotesClient::new(client).put(Body::from_stream(chunks)).options(options).send();
    let call = tokio::spawn(call);
    while seen.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    sender.send(" second").unwrap();
    drop(sender);
    call.await.unwrap().unwrap();
    assert_eq!(decompressed(&server.request().body), b"first second");
}

/// Keeps the addresses of the bodies.
struct Addresses(NextTransport, Arc<Mutex<Vec<usize>>>);

impl Transport for Addresses {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let address = request.body().as_bytes().unwrap().as_ptr().addr();
        self.1.lock().unwrap().push(address);
        self.0.send(request)
    }
}

#[tokio::test]
async fn a_body_that_is_kept_for_retries_is_compressed_once() {
    let server = Server::start([Reply::empty(503), Reply::empty(503), Reply::empty(204)]);
    let addresses = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&addresses);
    let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
    let client = builder(&server).retry(retry).layer(|next| Addresses(next, log)).build().unwrap();
    NotesClient::new(client).put(Body::from(text())).await.unwrap();
    let addresses = addresses.lock().unwrap();
    assert_eq!(*addresses, [addresses[0]; 3]);
    assert_eq!(server.requests().iter().map(uncompressed).count(), 3);
}

#[test]
fn blocking_calls_are_compressed() {
    let server = Server::start([Reply::empty(204)]);
    BlockingNotesClient::new(builder(&server).build().unwrap()).create(&text()).send().unwrap();
    assert!(uncompressed(&server.request()).contains("aaaa"));
}
