//! A server that closes the connection while a large body is sent.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use connectors_client::{Body, ErrorKind, RetryPolicy, api_client};

use crate::plain_reqwest;
use crate::test_file::TestFile;

#[api_client]
trait Objects {
    #[put("object")]
    async fn put(&self, #[body] content: Body);
}

/// Starts a server that reads the beginning of a request, gives this answer and closes. The unread
/// rest resets the connection.
fn server(answer: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            counted.fetch_add(1, Ordering::SeqCst);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (url, count)
}

fn objects(url: &str) -> ObjectsClient {
    let retry = RetryPolicy::default().max_retries(5).initial_backoff(Duration::ZERO);
    ObjectsClient::new(support::client(url).env_proxies(false).retry(retry).build().unwrap())
}

/// Returns true if the server was sent the body at most twice. Our client and the control share
/// this check.
fn is_sent_at_most_twice(count: &AtomicUsize) -> bool {
    count.load(Ordering::SeqCst) <= 2
}

#[tokio::test]
async fn a_large_body_is_sent_at_most_twice() {
    let file = TestFile::new("early-close", vec![b'x'; 8 << 20]);
    for body in [
        Body::from(vec![b'x'; 8 << 20]),
        Body::file(&file.0),
        Body::from_fn(|| Body::from(vec![0; 8 << 20])),
    ] {
        let (url, count) = server("");
        let error = objects(&url).put(body).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 2), "{error}");
        assert!(is_sent_at_most_twice(&count));
        let text = error.to_string();
        assert!(
            text.starts_with(
                "PUT object: the server closed the connection while the request body was sent"
            ),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_early_413_is_the_error_or_the_body_is_sent_at_most_twice() {
    let (url, count) = server("HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n");
    let mut seen = 0;
    for _ in 0..10 {
        count.store(0, Ordering::SeqCst);
        let error = objects(&url).put(Body::from(vec![b'x'; 8 << 20])).await.unwrap_err();
        seen += usize::from(error.status().is_some_and(|status| status == 413));
        assert!(error.attempts() <= 2 && is_sent_at_most_twice(&count), "{error}");
    }
    println!("{seen} of 10 uploads saw the status");
}

/// Control: a loop that sends the body again after each network error, as often as the client above
/// may.
#[tokio::test]
async fn a_careless_loop_sends_a_large_body_each_time() {
    let (url, count) = server("");
    let client = plain_reqwest::plain();
    for _ in 0..6 {
        let request = client.put(format!("{url}/object")).body(vec![b'x'; 8 << 20]);
        assert!(request.send().await.is_err());
    }
    println!("careless: {} uploads", count.load(Ordering::SeqCst));
    assert!(!is_sent_at_most_twice(&count));
}

/// A small body is sent at once, so a closed connection says nothing about it.
#[tokio::test]
async fn a_small_body_is_retried_as_usual() {
    let (url, count) = server("");
    let error = objects(&url).put(Body::from(vec![b'x'; 4096])).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 6), "{error}");
    assert_eq!(count.load(Ordering::SeqCst), 6);
}
