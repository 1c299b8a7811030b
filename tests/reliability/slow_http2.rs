//! A slow endpoint does not cost its neighbours their HTTP/2 connection.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::{ClientBuilder, ErrorKind, RequestOptions, api_client};
use support::fault_server::authority;

use crate::http2_server::{Leaves, Server, client};
use crate::plain_reqwest;

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);
}

/// Timeout of a call. Calls are still made long after the first ones have timed out.
const LIMIT: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(60);

/// Makes 100 calls over 6 s. The server answers every second one. Each call returns true if it
/// timed out.
///
/// Returns the number of connections made after the first call. Our client and the control share
/// this.
async fn more_connections<F: Future<Output = bool> + Send + 'static>(
    server: &Server,
    call: impl Fn(Duration) -> F + Clone + Send + 'static,
) -> usize {
    // The first response ends the race for a connection.
    assert!(!call(LONG).await);
    let connections = server.connections.load(Ordering::SeqCst);
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..100_u64 {
        let call = call.clone();
        calls.spawn(async move {
            tokio::time::sleep(Duration::from_millis(60 * number)).await;
            call(LIMIT).await
        });
    }
    let timeouts = calls.join_all().await.into_iter().filter(|timed_out| *timed_out).count();
    let more = server.connections.load(Ordering::SeqCst) - connections;
    println!("{timeouts} timeouts of 100 calls: {more} more connections");
    assert!(timeouts >= 50, "{timeouts}");
    more
}

#[tokio::test]
async fn timeouts_beside_responses_keep_the_connection() {
    let more = with_client(|builder| builder).await;
    assert!(more <= 1, "{more}");
}

/// Without PING, the ends of responses without a body are the only sign of life.
#[tokio::test]
async fn timeouts_beside_empty_responses_keep_the_lean_connection() {
    let more = with_client(|builder| builder.lean().http2_keep_alive(None, LONG)).await;
    assert!(more <= 1, "{more}");
}

async fn with_client(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> usize {
    let (server, address) = Server::start(Leaves::EverySecond).await;
    let things = ThingsClient::new(set(client(address)).max_retries(0).build().unwrap());
    let call = move |limit| {
        let call = things.get().options(RequestOptions::new().attempt_timeout(limit)).send();
        async move {
            let error = call.await.err();
            error.is_some_and(|error| {
                assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
                true
            })
        }
    };
    more_connections(&server, call).await
}

/// Control: a program that replaces its client after each timeout, since the connection may be
/// dead.
#[tokio::test]
async fn a_careless_client_gives_up_a_connection_that_is_alive() {
    let (server, address) = Server::start(Leaves::EverySecond).await;
    let build = || plain_reqwest::trusting(&authority::pem(), &[b"h2"]).build().unwrap();
    let client = Arc::new(Mutex::new(build()));
    let call = move |limit| {
        let client = Arc::clone(&client);
        async move {
            let current = client.lock().unwrap().clone();
            let request = current.get(format!("https://{address}/things")).timeout(limit);
            let timed_out = request.send().await.is_err_and(|error| error.is_timeout());
            if timed_out {
                *client.lock().unwrap() = build();
            }
            timed_out
        }
    };
    print!("careless: ");
    let more = more_connections(&server, call).await;
    assert!(more > 1, "{more}");
}
