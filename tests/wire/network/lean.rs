//! Abilities of the lean transport that the default one does not have.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use connectors_client::{Body, ClientBuilder, ErrorKind};
use futures_util::stream;
use support::fault_server::{Certificate, authority};
use tokio::io::AsyncReadExt as _;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::{ThingsClient, both, things};

#[path = "../../reliability/http2_server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod http2_server;

use http2_server::{Leaves, Server};

fn lean(url: impl AsRef<str>) -> ClientBuilder {
    let [_, (_, builder)] = both(url);
    builder.max_retries(0)
}

/// Starts a server that reads the beginning of a request, answers 413 and closes. The unread rest
/// resets the connection.
fn refusing() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ =
                stream.write_all(b"HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n");
        }
    });
    url
}

/// Returns how many of 40 uploads end with the status 413.
async fn seen(things: &ThingsClient, body: impl Fn() -> Body) -> usize {
    let mut seen = 0;
    for _ in 0..40 {
        let error = things.post(body()).await.unwrap_err();
        if error.status().is_some_and(|status| status == 413) {
            seen += 1;
        } else {
            println!("{error} {:?}", std::error::Error::source(&error));
        }
    }
    seen
}

#[tokio::test]
async fn an_early_413_is_always_the_result() {
    let things = things(lean(refusing()));
    let chunked = || {
        let chunks =
            (0..512).map(|_| Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b'x'; 16 << 10])));
        Body::from_stream(stream::iter(chunks))
    };
    let whole = seen(&things, || Body::from(vec![b'x'; 8 << 20])).await;
    let streamed = seen(&things, chunked).await;
    println!("413 of whole bodies {whole} of 40, of streams {streamed} of 40");
    assert_eq!((whole, streamed), (40, 40));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_streams_are_opened_than_the_server_allows() {
    for limit in [1, 3, 10, 50] {
        for is_get in [true, false] {
            let (server, address) = Server::start(Leaves::Beyond(limit)).await;
            let builder = lean(format!("https://{address}")).root_certificates(authority::pem());
            let things = things(builder.connect_timeout(Duration::from_secs(30)));
            let mut set = JoinSet::new();
            for _ in 0..100 {
                let things = things.clone();
                set.spawn(async move {
                    if is_get { things.get().await } else { things.post(Body::from("x")).await }
                });
            }
            let lost = set.join_all().await.into_iter().filter_map(Result::err).count();
            let refused = server.refused.load(Ordering::SeqCst);
            let executed = server.executed.load(Ordering::SeqCst);
            assert_eq!((lost, refused, executed), (0, 0, 100), "{limit} streams, GET {is_get}");
        }
    }
}

/// Starts an HTTP/2 server that closes each connection after so many bytes of the client. Counts the
/// connections.
async fn dying(bytes: usize) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let acceptor = TlsAcceptor::from(authority::server_config(Certificate::Good, b"h2"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                counted.fetch_add(1, Ordering::SeqCst);
                let _ = stream.read_exact(&mut vec![0; bytes]).await;
            });
        }
    });
    (address, count)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_on_a_connection_that_dies_at_once_have_the_right_kind() {
    for bytes in [0, 24, 60] {
        let (address, count) = dying(bytes).await;
        let builder = lean(format!("https://{address}")).root_certificates(authority::pem());
        let things = things(builder.attempt_timeout(Duration::from_secs(30)));
        let mut set = JoinSet::new();
        for _ in 0..50 {
            let things = things.clone();
            set.spawn(async move { things.post(Body::from("x")).await.unwrap_err() });
        }
        let (mut unsent, mut unknown, mut stranded) = (0, 0, 0);
        for error in set.join_all().await {
            println!(
                "{} {error} {:?}",
                error.may_have_executed(),
                std::error::Error::source(&error)
            );
            // A request that is handed over at the moment at which a connection ends can stay in
            // hyper's channel until its timeout. It has not been sent.
            let is_stranded = error.kind() == ErrorKind::Timeout && !error.may_have_executed();
            assert!(is_stranded || error.kind() == ErrorKind::Interrupted, "{error}");
            stranded += u32::from(is_stranded);
            if error.may_have_executed() { unknown += 1 } else { unsent += 1 }
        }
        assert!(stranded <= 10, "{stranded} of 50 waited for their timeout");
        let connections = count.load(Ordering::SeqCst);
        println!("{bytes} bytes: {unsent} unsent, {unknown} unknown, {connections} connections");
    }
}
