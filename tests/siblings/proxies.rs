//! A proxy that answers CONNECT with another status than 200.

use std::time::Duration;

use connectors_client::{Client, Error, ErrorKind, Proxy, api_client};
use support::clock::TestClock;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

#[api_client]
trait Things {
    #[post("things")]
    async fn add(&self);
}

/// Makes a call through a proxy that gives this answer, in pieces of this size.
async fn call(lean: bool, answer: &'static str, piece: usize) -> Error {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = Proxy::all(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut head = [0; 4096];
                let read = stream.read(&mut head).await.unwrap();
                assert!(head[..read].starts_with(b"CONNECT api.example.com:443 "));
                for bytes in answer.as_bytes().chunks(piece) {
                    stream.write_all(bytes).await.unwrap();
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            });
        }
    });
    let builder = Client::builder("https://api.example.com").env_proxies(false);
    let builder = if lean { builder.lean() } else { builder };
    let client = builder.proxy(proxy).clock(TestClock::new()).build().unwrap();
    ThingsClient::new(client).add().await.unwrap_err()
}

fn check(error: &Error, attempts: u32, text: &str) {
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, attempts), "{error}");
    assert!(!error.may_have_executed());
    assert!(error.to_string().contains(text), "{error}");
}

#[tokio::test]
async fn the_status_of_a_proxy_decides_about_retries() {
    for (answer, attempts, text) in [
        ("HTTP/1.1 401 Unauthorized\r\n\r\n", 1, "the proxy answered CONNECT with 401"),
        ("HTTP/1.1 403 Forbidden\r\n\r\n", 1, "the proxy answered CONNECT with 403"),
        ("HTTP/1.0 407 Auth\r\n\r\n", 1, "with 407: it asks for a user and password"),
        ("HTTP/1.1 429 Slow\r\n\r\n", 3, "the proxy answered CONNECT with 429"),
        ("HTTP/1.1 502 Bad Gateway\r\nx: y\r\n\r\nno host", 3, "answered CONNECT with 502"),
        ("HTTP/1.1 503 Busy\r\n\r\n", 3, "the proxy answered CONNECT with 503"),
        ("HTTP/1.1 504\r\n\r\n", 3, "the proxy answered CONNECT with 504"),
    ] {
        for piece in [1, 5, 4096] {
            check(&call(true, answer, piece).await, attempts, text);
        }
    }
}

/// reqwest tells the status 407 alone.
#[tokio::test]
async fn over_reqwest_a_refusal_is_final_and_names_the_way_to_its_status() {
    let (asks, hidden) = ("CONNECT with 407: it asks", "`ClientBuilder::lean` selects");
    for (answer, text) in [
        ("HTTP/1.1 401 Unauthorized\r\n\r\n", hidden),
        ("HTTP/1.1 403 Forbidden\r\n\r\n", hidden),
        ("HTTP/1.1 407 Auth\r\n\r\n", asks),
        ("HTTP/1.1 503 Busy\r\n\r\n", hidden),
    ] {
        check(&call(false, answer, 4096).await, 1, text);
    }
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_no_refusal() {
    let error = call(true, "SSH-2.0-OpenSSH_9.6 and more\r\n\r\n", 4096).await;
    assert!(!error.to_string().contains("answered CONNECT with"), "{error}");
}
