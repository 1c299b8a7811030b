//! Tests every endpoint of `examples/apis`: the whole request on a real server, compared with the
//! API's documentation.

mod cohere;
mod docker;
mod github;
mod oauth;
mod ollama;
mod opensearch;
mod petstore;
mod qdrant;
mod recorded;
mod sent;
mod stripe;

use connectors_client::{Client, ClientBuilder, TestClock};
use support::server::Server;

/// Builds a client of the server. Retries do not wait, and environment proxies are off.
fn builder(server: &Server) -> ClientBuilder {
    Client::builder(server.url()).env_proxies(false).clock(TestClock::new())
}
