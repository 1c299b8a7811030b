//! Settings of reqwest, from the caller's function.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use connectors_client::{Body, ClientBuilder, ErrorKind};
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::redirect::Policy;
use support::server::{Reply, Server};
use tokio::net::TcpListener;

use super::{both, mistake, things};
use crate::plain_reqwest;

fn builder(url: impl AsRef<str>) -> ClientBuilder {
    let [(_, builder), _] = both(url);
    builder
}

/// Settings that would break promises.
fn careless(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .redirect(Policy::limited(10))
        .referer(true)
        .gzip(true)
        .retry(reqwest::retry::for_host("127.0.0.1").max_retries_per_request(5).classify_fn(
            |attempt| {
                if attempt.status().is_some() { attempt.retryable() } else { attempt.success() }
            },
        ))
        .timeout(Duration::from_millis(1))
        .read_timeout(Duration::from_millis(1))
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn the_function_is_called_once_per_runtime() {
    let server = Server::start([Reply::empty(204)]);
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let things = things(builder(server.url()).reqwest(move |builder| {
        counted.fetch_add(1, Ordering::SeqCst);
        builder
    }));
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let runtimes = [runtime(), runtime()];
    for _ in 0..3 {
        for runtime in &runtimes {
            runtime.block_on(things.get().send()).unwrap();
        }
    }
    assert_eq!((count.load(Ordering::SeqCst), server.requests().len()), (2, 6));
}

#[tokio::test]
async fn settings_of_reqwest_apply() {
    let server = Server::start([Reply::empty(204)]);
    let builder = builder(server.url()).header("user-agent", None);
    things(builder.reqwest(|builder| builder.user_agent("mine/1").http1_title_case_headers()))
        .get()
        .await
        .unwrap();
    let head = server.request().head().to_owned();
    assert!(head.contains("\r\nUser-Agent: mine/1\r\n"), "{head}");
    assert!(head.contains("\r\nAccept-Encoding: gzip\r\n"), "{head}");
}

#[tokio::test]
async fn promises_hold_whatever_is_set() {
    let elsewhere = Server::start([Reply::empty(204)]);
    let location = format!("{}/stolen", elsewhere.url());
    let server = Server::answer(move |request| match request.path() {
        "/things" => Reply::empty(307).header("location", &location),
        _ => Reply::bytes(200, "text/plain", gzip("a text")).header("content-encoding", "gzip"),
    });
    let things =
        things(builder(server.url()).auth_header("x-api-key", "secret-token").reqwest(careless));
    for error in
        [things.get().await.unwrap_err(), things.post(Body::from("secret-body")).await.unwrap_err()]
    {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1), "{error}");
    }
    assert_eq!((server.requests().len(), elsewhere.connections()), (2, 0));
    // Decoded once, and within the timeouts of the call.
    assert_eq!(things.text().await.unwrap().as_str(), "a text");
    assert!(server.requests().iter().all(|request| request.header("referer").is_none()));

    // Control: the same settings follow, send again, and give the secret away.
    let careless = careless(plain_reqwest::builder());
    let careless = careless.timeout(Duration::from_secs(60)).read_timeout(Duration::from_secs(60));
    let request = careless.build().unwrap().get(server.url() + "/things");
    request.header("x-api-key", "secret-token").send().await.unwrap();
    let stolen = elsewhere.requests();
    assert!(stolen.len() > 1, "{}", stolen.len());
    assert_eq!(stolen[0].header("x-api-key"), Some("secret-token"));
}

#[tokio::test]
async fn a_server_error_is_retried_by_the_client_only() {
    let server = Server::start([Reply::empty(503)]);
    let error = things(builder(server.url()).reqwest(careless)).get().await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (3, 3), "{error}");
}

/// Timeouts of reqwest are events that a request waits for, and must not be taken for a connection
/// that is being opened.
#[tokio::test]
async fn a_request_that_was_sent_is_never_called_unsent() {
    let server = Server::start([Reply::stall()]);
    let attempt = Duration::from_millis(200);
    let settings: [fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder; 3] = [
        |builder| builder,
        |builder| builder.timeout(Duration::from_secs(60)).read_timeout(Duration::from_secs(60)),
        careless,
    ];
    for set in settings {
        let builder = builder(server.url()).reqwest(set).attempt_timeout(attempt);
        let error = things(builder).post(Body::from("x")).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1), "{error}");
        assert!(error.may_have_executed());
    }
    // A server that accepts nothing. TLS waits for its first byte.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    for set in settings {
        let url = format!("https://{}", silent.local_addr().unwrap());
        let builder = builder(url).reqwest(set).attempt_timeout(attempt).max_retries(0);
        let error = things(builder).post(Body::from("x")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(!error.may_have_executed());
    }
}

#[tokio::test]
async fn a_token_for_this_machine_does_not_leave_it_by_settings_of_reqwest() {
    let proxy = Server::start([Reply::empty(204)]);
    let server = Server::start([Reply::empty(204)]);
    let url = proxy.url();
    let set =
        move |builder: reqwest::ClientBuilder| builder.proxy(reqwest::Proxy::all(&url).unwrap());
    things(builder(server.url()).bearer_token("secret-token").reqwest(set.clone()))
        .get()
        .await
        .unwrap();
    assert_eq!((proxy.connections(), server.requests().len()), (0, 1));
    // If the token may travel, so may the proxy.
    let builder = builder(server.url()).bearer_token("secret-token").allow_http_tokens(true);
    things(builder.reqwest(set)).get().await.unwrap();
    assert_eq!((proxy.connections(), server.requests().len()), (1, 1));
}

#[test]
fn settings_of_reqwest_exclude_the_lean_transport() {
    let [_, (_, lean)] = both("https://api.example.com");
    assert_eq!(
        mistake(lean.reqwest(|builder| builder)),
        "`reqwest` sets up reqwest, which `lean` replaces: leave one of them out"
    );
}
