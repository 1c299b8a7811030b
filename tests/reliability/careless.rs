//! A client as it is often written: plain reqwest and a loop that retries everything that looks
//! transient.
//!
//! Each kind of test here must detect its faults. A test that this client passes is blind.

use std::time::Duration;

use reqwest::{Client, Method, Response};
use support::fault_server::FaultServer;

pub(crate) use crate::plain_reqwest::{builder, plain};

/// Maximum number of attempts, as many as the client under test makes for calls it may retry.
const ATTEMPTS: usize = 3;

/// Sends one request and reads its response whole.
pub(crate) async fn send(
    client: &Client,
    server: &FaultServer,
    method: Method,
) -> reqwest::Result<Response> {
    let request = client.request(method, server.url() + "/v1/connectors");
    request.body("{}").timeout(Duration::from_millis(250)).send().await
}

/// Sends a request and retries it, whatever its method, after a network error or a transient
/// status.
pub(crate) async fn send_again(client: &Client, server: &FaultServer, method: Method) -> bool {
    for _ in 0..ATTEMPTS {
        let Ok(reply) = send(client, server, method.clone()).await else { continue };
        if !matches!(reply.status().as_u16(), 408 | 429 | 500..) && reply.bytes().await.is_ok() {
            return true;
        }
    }
    false
}
