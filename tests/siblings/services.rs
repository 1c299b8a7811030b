//! Requests that an HTTP/2 server has not processed, over a service of tower.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use connectors_client::{Body, Client, ErrorKind, TowerTransport, Transport, api_client};
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::rt::TokioExecutor;
use support::clock::TestClock;
use support::fault_server::http2;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

#[api_client]
trait Things {
    #[post("things")]
    async fn post(&self, #[body] content: Body);
}

const REFUSED_STREAM: u32 = 7;
const INTERNAL_ERROR: u32 = 2;
const NO_ERROR: u32 = 0;

/// The response of a server to a stream: its number in the connection, and of all streams.
type Respond = fn(u32, u32) -> Vec<u8>;

/// The head of a response with status 204, which ends the stream (RFC 7541 appendix A, entry 9).
fn no_content(stream: u32) -> Vec<u8> {
    http2::frame(1, 5, stream, &[0x89])
}

/// Serves HTTP/2 without TLS. Returns its address and the number of requests.
async fn serve(respond: Respond) -> (String, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(converse(socket, Arc::clone(&counted), respond));
        }
    });
    (url, count)
}

async fn converse(mut socket: TcpStream, count: Arc<AtomicU32>, respond: Respond) {
    socket.write_all(&http2::settings()).await.unwrap();
    let mut preface = [0; 24];
    socket.read_exact(&mut preface).await.unwrap();
    let mut head = [0; 9];
    while socket.read_exact(&mut head).await.is_ok() {
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        socket.read_exact(&mut payload).await.unwrap();
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let answer = match (head[3], head[4]) {
            (1, _) => respond(stream, count.fetch_add(1, Ordering::SeqCst)),
            // SETTINGS and PING.
            (4, 0) => http2::frame(4, 1, 0, &[]),
            (6, 0) => http2::frame(6, 1, 0, &payload),
            _ => continue,
        };
        if socket.write_all(&answer).await.is_err() {
            return;
        }
    }
}

fn things(url: &str, transport: impl Transport) -> ThingsClient {
    let builder = Client::builder(url).transport(transport).clock(TestClock::new());
    ThingsClient::new(builder.max_retries(0).build().unwrap())
}

fn over_tower() -> impl Transport {
    let mut builder = Hyper::builder(TokioExecutor::new());
    TowerTransport::new(builder.http2_only(true).build_http::<Body>())
}

#[tokio::test]
async fn a_post_that_was_not_processed_is_sent_again() {
    let refuses: [Respond; 2] = [
        |stream, number| match number {
            0 | 1 => http2::reset(stream, REFUSED_STREAM),
            _ => no_content(stream),
        },
        |stream, number| match number {
            0 => http2::go_away(0, NO_ERROR),
            _ => no_content(stream),
        },
    ];
    for (respond, expected) in refuses.into_iter().zip([3, 2]) {
        let (url, count) = serve(respond).await;
        things(&url, over_tower()).post(Body::from("x")).await.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), expected);
    }
}

#[tokio::test]
async fn a_post_that_may_have_been_processed_is_not_sent_again() {
    let (url, count) = serve(|stream, _| http2::reset(stream, INTERNAL_ERROR)).await;
    let error = things(&url, over_tower()).post(Body::from("x")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 1), "{error}");
    assert!(error.may_have_executed());
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

/// A server that refuses all streams gets no flood of them.
#[tokio::test]
async fn only_the_first_repetition_comes_at_once() {
    let (url, count) = serve(|stream, _| http2::reset(stream, REFUSED_STREAM)).await;
    let clock = TestClock::new();
    let builder = Client::builder(&url).transport(over_tower()).clock(clock.clone());
    let things = ThingsClient::new(builder.max_retries(0).build().unwrap());
    let error = things.post(Body::from("x")).await.unwrap_err();
    assert_eq!((error.attempts(), count.load(Ordering::SeqCst)), (9, 9), "{error}");
    let waits: Vec<_> = clock.waits().into_iter().filter(|wait| !wait.is_zero()).collect();
    assert_eq!(waits.len(), 7, "{waits:?}");
    // Random parts of 80 ms, 160 ms and so on.
    let most = (2..=8).map(|times| Duration::from_millis(20) * (1 << times));
    assert!(waits.iter().zip(most).all(|(wait, most)| *wait <= most), "{waits:?}");
}
