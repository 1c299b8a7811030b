//! A client as it is quickly written: plain reqwest, and a loop that tries again what looks transient.
//!
//! It is what each kind of test here has to find wanting. Where it does no worse, the test is blind.

use std::time::Duration;

use reqwest::{Client, Method, Response};
use support::fault_server::FaultServer;

pub(crate) use crate::plain_reqwest::{builder, plain};

/// How often the loop tries, as the client under test does for calls that it may repeat.
const ATTEMPTS: usize = 3;

/// One request, and its reply read whole.
pub(crate) async fn send(client: &Client, server: &FaultServer, method: Method) -> reqwest::Result<Response> {
    let request = client.request(method, server.url() + "/v1/connectors");
    request.body("{}").timeout(Duration::from_millis(250)).send().await
}

/// The same, again where the network failed or the status is one that goes away, whatever the verb.
pub(crate) async fn send_again(client: &Client, server: &FaultServer, method: Method) -> bool {
    for _ in 0..ATTEMPTS {
        let Ok(reply) = send(client, server, method.clone()).await else { continue };
        if !matches!(reply.status().as_u16(), 408 | 429 | 500..) && reply.bytes().await.is_ok() {
            return true;
        }
    }
    false
}
