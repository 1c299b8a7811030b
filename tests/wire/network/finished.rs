//! A finished client of reqwest as a transport.

use connectors_client::{Body, Client, ErrorKind, Reqwest};
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::redirect::Policy;
use support::server::{Reply, Server, refused_url};

use super::{ThingsClient, things};
use crate::plain_reqwest;

fn over(server: &Server, client: reqwest::ClientBuilder) -> ThingsClient {
    let transport = Reqwest::new(client.no_proxy().build().unwrap());
    things(
        Client::builder(server.url()).auth_header("x-api-key", "secret-token").transport(transport),
    )
}

#[tokio::test]
async fn a_finished_client_sends() {
    let server = Server::start([Reply::empty(503), Reply::empty(204)]);
    let things = over(&server, plain_reqwest::builder().user_agent("mine/1"));
    let response = things.with_raw_response().get().await.unwrap();
    assert_eq!((response.attempts(), server.requests().len()), (2, 2));
    things.post(Body::from("content")).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!((request.text(), request.path()), ("content", "/things"));
    assert_eq!(request.header("x-api-key"), Some("secret-token"));
    assert_eq!(request.header("accept-encoding"), Some("gzip"));
    things.post(Body::from("")).await.unwrap();
    assert_eq!(server.requests().pop().unwrap().header("content-length"), Some("0"));
}

#[tokio::test]
async fn compressed_responses_are_decoded_whoever_does_it() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut encoder, b"a text").unwrap();
    let reply = Reply::bytes(200, "text/plain", encoder.finish().unwrap());
    let server = Server::start([reply.header("content-encoding", "gzip")]);
    for decodes in [true, false] {
        let things = over(&server, plain_reqwest::builder().gzip(decodes));
        assert_eq!(things.text().await.unwrap().as_str(), "a text", "{decodes}");
    }
}

#[tokio::test]
async fn redirects_are_those_of_the_client() {
    let elsewhere = Server::start([Reply::empty(204)]);
    let reply = Reply::empty(307).header("location", elsewhere.url() + "/stolen");
    let server = Server::start([reply]);
    let error = over(&server, plain_reqwest::builder().redirect(Policy::none())).get().await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(elsewhere.connections(), 0);
    // As its docs say: it follows by default, and forwards custom headers.
    let follows = || plain_reqwest::builder().redirect(Policy::default());
    over(&server, follows()).get().await.unwrap();
    assert_eq!(elsewhere.request().header("x-api-key"), Some("secret-token"));
    // Too many are an error that shows no URL.
    let server = Server::start([Reply::empty(307).header("location", "/secret-path")]);
    let error = over(&server, follows()).get().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1), "{error}");
    let texts = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
    assert!(!texts.contains("secret-path"), "{texts}");
}

#[tokio::test]
async fn failures_have_the_usual_kinds() {
    let client = || Reqwest::new(plain_reqwest::builder().no_proxy().build().unwrap());
    let gone = things(Client::builder(refused_url()).max_retries(0).transport(client()));
    let error = gone.post(Body::from("x")).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Connect, false), "{error}");
    let server = Server::start([Reply::close()]);
    let closing = things(Client::builder(server.url()).max_retries(0).transport(client()));
    let error = closing.post(Body::from("x")).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_executed()),
        (ErrorKind::Interrupted, true),
        "{error}"
    );
}

#[test]
fn a_token_needs_https_or_this_machine() {
    let client = plain_reqwest::plain();
    let error = Client::builder("http://api.example.com")
        .bearer_token("t")
        .transport(Reqwest::new(client))
        .build()
        .unwrap_err();
    assert!(error.to_string().starts_with("a token would be sent over plain http"), "{error}");
}
