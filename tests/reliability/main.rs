//! What holds when the server, the network or both fail: which error it is, that nothing is executed twice, that no limit
//! is exceeded, and that the next call works. What a careless client does in the same tests stands beside it, so that a
//! test that sees nothing is noticed.

mod at_most_once;
mod careless;
mod deadlines;
mod denying;
mod faults;
mod limits;
mod matrix;
mod one_connection;
mod operations;
mod outage;
mod panics;
#[path = "../plain_reqwest.rs"]
#[allow(dead_code, reason = "what other tests need of it")]
mod plain_reqwest;
mod private_authority;
mod retry_after;
mod row;

use connectors_client::{Client, ClientBuilder};
use support::clock::TestClock;
use support::fault_server::{FaultServer, authority};

/// A client of the server that trusts its authority; waits between attempts take no time.
fn builder(server: &FaultServer) -> ClientBuilder {
    let url = server.url();
    let builder =
        Client::builder(&url).bearer_token("test-token").environment_proxies(false).clock(TestClock::new());
    // The certificates of the platform are read again for each client that trusts more, which takes its time.
    if url.starts_with("https") { builder.root_certificates(authority::pem()) } else { builder }
}
