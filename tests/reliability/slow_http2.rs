//! A slow endpoint does not cost its neighbours their HTTP/2 connection.

use std::sync::atomic::Ordering;
use std::time::Duration;

use connectors_client::{ErrorKind, RequestOptions, api_client};

use crate::http2_server::{Leaves, Server, client};

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);
}

#[tokio::test]
async fn timeouts_beside_responses_keep_the_connection() {
    let (server, address) = Server::start(Leaves::EverySecond).await;
    let things = ThingsClient::new(
        client(address).attempt_timeout(Duration::from_secs(4)).max_retries(0).build().unwrap(),
    );
    // The first response ends the race for a connection.
    let patient = RequestOptions::new().attempt_timeout(Duration::from_secs(60));
    things.get().options(patient).await.unwrap();
    let connections = server.connections.load(Ordering::SeqCst);
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..100_u64 {
        let things = things.clone();
        calls.spawn(async move {
            tokio::time::sleep(Duration::from_millis(30 * number)).await;
            things.get().await
        });
    }
    let errors: Vec<_> = calls.join_all().await.into_iter().filter_map(Result::err).collect();
    assert!(errors.iter().all(|error| error.kind() == ErrorKind::Timeout), "{errors:?}");
    assert_eq!(errors.len(), 50);
    let more = server.connections.load(Ordering::SeqCst) - connections;
    println!("50 timeouts beside 50 responses: {more} more connections");
    assert!(more <= 1, "{more}");
}
