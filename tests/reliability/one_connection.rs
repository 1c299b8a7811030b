//! A client that keeps its one connection after every fault. Counts the faults after which its next
//! call fails.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http::header::HOST;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use support::fault_server::{Fault, FaultServer};
use tokio::net::TcpStream;

use crate::faults;
use crate::matrix::is_its_own;
use crate::operations::Answer;

const LIMIT: Duration = Duration::from_millis(250);

/// Uses hyper's connection directly. No pool discards it.
#[derive(Default)]
struct OneConnection(Option<SendRequest<Full<Bytes>>>);

impl OneConnection {
    async fn post(&mut self, host: &str) -> Result<Answer, String> {
        let call = tokio::time::timeout(LIMIT, self.send(host)).await;
        call.map_err(|_| "timed out".to_owned())?.map_err(|error| error.to_string())
    }

    async fn send(
        &mut self,
        host: &str,
    ) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        if self.0.is_none() {
            let socket = TcpStream::connect(host).await?;
            let (sender, connection) = http1::handshake(TokioIo::new(socket)).await?;
            // Errors of the connection are also errors of the request.
            tokio::spawn(async { drop(connection.await) });
            self.0 = Some(sender);
        }
        let Some(sender) = &mut self.0 else { unreachable!("it was just made") };
        let request = http::Request::post("/v1/connectors").header(HOST, host);
        let reply = sender.send_request(request.body(Full::from("{}"))?).await?;
        let id = reply.headers().get("x-request-id").and_then(|id| id.to_str().ok());
        let (status, request_id) = (reply.status().as_u16(), id.map(str::to_owned));
        reply.into_body().collect().await?;
        Ok(Answer { status, request_id, attempts: 1 })
    }
}

/// Meets a fault. Returns the reason if the next call does not receive its own response.
async fn next_call(fault: Fault, settles: bool) -> Result<(), String> {
    let server = FaultServer::start(fault);
    let (mut client, url) = (OneConnection::default(), server.url());
    let host = url.trim_start_matches("http://");
    // The outcome does not matter.
    let _ = client.post(host).await;
    if settles {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    server.heal();
    is_its_own(client.post(host).await)
}

/// Control of the matrix's next call: the faults without TLS, with the same recovery and the same
/// check.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_keeps_its_connection_is_detected() {
    let plain = faults::all().into_iter().filter(|row| !row.fault.has_tls());
    let calls = plain.map(async |row| (row.name, next_call(row.fault, row.settles).await));
    let next: Vec<_> = stream::iter(calls).buffer_unordered(16).collect().await;
    let failed: Vec<_> =
        next.iter().filter_map(|(name, next)| Some((*name, next.as_ref().err()?))).collect();
    let astray = failed.iter().filter(|(_, why)| why.contains("another's")).count();
    println!(
        "careless: after {} of {} faults the next call of the same connection fails, {astray} by another's reply",
        failed.len(),
        next.len()
    );
    assert!(failed.len() > next.len() / 4, "{} of {}", failed.len(), next.len());
    assert!(failed.iter().any(|(name, _)| *name == "stalled after the response"), "{failed:?}");
}
