//! No fault makes a call panic. A reader that trusts the server does panic, and the test detects
//! it.

use std::future::Future;
use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::Value;
use support::fault_server::FaultServer;

use crate::{careless, faults};

/// Result of a call, or its panic.
pub(crate) async fn caught<T: Send + 'static>(
    call: impl Future<Output = T> + Send + 'static,
) -> Result<T, String> {
    tokio::spawn(call).await.map_err(|error| error.to_string())
}

/// Reads a response carelessly: the network may fail, but the content is taken to be as expected.
async fn read(client: Client, url: String) -> reqwest::Result<usize> {
    let request = client.request(Method::GET, url).timeout(Duration::from_millis(250));
    let reply = request.send().await?;
    let id = reply.headers().get("x-request-id").map(|id| id.to_str().unwrap().to_owned());
    let (status, text) = (reply.status(), reply.text().await?);
    let value: Value = serde_json::from_str(&text).unwrap();
    if !status.is_success() {
        println!("{status} of {id:?}: {} {}", value["message"].as_str().unwrap(), &text[..20]);
        return Ok(0);
    }
    Ok(value["connectors"].as_array().unwrap().len())
}

/// Control of the matrix's panic check: the same faults without TLS. It runs on one thread, so that
/// the output of the panics belongs to this test alone.
#[tokio::test]
async fn a_careless_reader_is_detected() {
    let (mut faults, mut panicked) = (0, 0);
    for row in faults::all() {
        let server = FaultServer::start(row.fault);
        if server.url().starts_with("https") {
            continue;
        }
        faults += 1;
        panicked += usize::from(caught(read(careless::plain(), server.url())).await.is_err());
    }
    println!("careless: of {faults} faults {panicked} have a reader panic");
    assert!(panicked > faults / 10, "{panicked} of {faults}");
}
