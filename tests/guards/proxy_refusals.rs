//! A proxy that refuses CONNECT is asked once, and the error says so.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use connectors_client::{ErrorKind, api_client};

use crate::alone::{alone_with, block_on, is_child};

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);
}

/// Starts a proxy that gives this answer to every CONNECT.
fn proxy(status: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            counted.fetch_add(1, Ordering::SeqCst);
            let _ = write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        }
    });
    (url, count)
}

#[test]
fn a_refused_connect_is_not_retried() {
    let test = "proxy_refusals::a_refused_connect_is_not_retried";
    for (status, text) in [
        (
            "407 Proxy Authentication Required",
            "could not connect: the proxy answered CONNECT with 407",
        ),
        ("403 Forbidden", "could not connect: the proxy refused CONNECT"),
        ("401 Unauthorized", "could not connect: the proxy refused CONNECT"),
    ] {
        let named = format!("could not connect: the proxy answered CONNECT with {}", &status[..3]);
        // Only the lean transport can tell every status.
        let shown = if support::is_lean() { &named } else { text };
        let (url, count) = proxy(status);
        let variables =
            [("HTTPS_PROXY", url.as_str()), ("NO_PROXY", ""), ("no_proxy", ""), ("TEXT", shown)];
        alone_with(test, &variables, || {
            let client = support::client("https://api.example.com").build().unwrap();
            let error = block_on(ThingsClient::new(client).get().send()).unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1), "{error}");
            assert!(!error.may_have_executed());
            let expected = std::env::var("TEXT").unwrap();
            assert!(error.to_string().starts_with(&format!("GET things: {expected}")), "{error}");
        });
        if is_child(test) {
            break;
        }
        assert_eq!(count.load(Ordering::SeqCst), 1, "{status}");
    }
}
