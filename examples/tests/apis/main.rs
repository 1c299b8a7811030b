//! Every endpoint of `examples/apis`: the whole request, on a real server, against what the API's documentation says.

mod cohere;
mod github;
mod oauth;
mod ollama;
mod petstore;
mod sent;
mod stripe;

use connectors_client::{Client, ClientBuilder};
use support::clock::TestClock;
use support::server::Server;

/// A client of the server; waits take no time, environment proxies are off.
fn builder(server: &Server) -> ClientBuilder {
    Client::builder(server.url()).environment_proxies(false).clock(TestClock::new())
}
