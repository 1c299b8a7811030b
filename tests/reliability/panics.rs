//! No fault has a call panic; a reader that takes a server at its word does, and is seen to.

use std::future::Future;
use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::Value;
use support::fault_server::FaultServer;

use crate::{careless, faults};

/// What a call gives, or what it panics with.
pub(crate) async fn caught<T: Send + 'static>(
    call: impl Future<Output = T> + Send + 'static,
) -> Result<T, String> {
    tokio::spawn(call).await.map_err(|error| error.to_string())
}

/// A reply read as it is quickly written: the network may fail, but what comes is what it should be.
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

/// The control of the matrix's guard: the same faults, as far as they are without TLS. On one thread, so that what is
/// printed of the panics is shown with this test alone.
#[tokio::test]
async fn a_careless_reader_would_be_noticed() {
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
