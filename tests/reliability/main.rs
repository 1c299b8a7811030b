//! Behaviour when the server or the network fails: each fault has its error, nothing is executed
//! twice, no timeout is exceeded and the next call works. A careless client runs in the same tests,
//! so that a blind test is noticed.

mod at_most_once;
mod careless;
mod counting;
mod deadlines;
mod denying;
mod faults;
mod http2_server;
mod layered;
mod limits;
mod matrix;
mod observed;
mod one_connection;
mod operations;
mod outage;
mod panics;
#[path = "../plain_reqwest.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod plain_reqwest;
mod private_authority;
mod refused_tls;
mod retry_after;
mod row;
mod slow_http2;
mod unprocessed;

use connectors_client::ClientBuilder;
use support::clock::TestClock;
use support::fault_server::{FaultServer, authority};

/// Builds a client that trusts the server's authority. Retries do not wait.
fn builder(server: &FaultServer) -> ClientBuilder {
    let url = server.url();
    let builder =
        support::client(&url).bearer_token("test-token").env_proxies(false).clock(TestClock::new());
    // Each client that trusts an additional authority reads the platform's certificates again,
    // which takes time.
    if url.starts_with("https") { builder.root_certificates(authority::pem()) } else { builder }
}
