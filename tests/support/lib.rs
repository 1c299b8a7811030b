//! Test servers and a test clock, shared by all tests.

/// The clock of the tests, which the library ships.
pub mod clock {
    pub use connectors_client::TestClock;
}
pub mod fault_server;
pub mod recorder;
pub mod server;

use connectors_client::{Client, ClientBuilder};

/// Returns true if the tests run over the lean transport.
pub fn is_lean() -> bool {
    std::env::var("CONNECTORS_TEST_TRANSPORT").is_ok_and(|transport| transport == "lean")
}

/// Returns the builder of a client for a test. With `CONNECTORS_TEST_TRANSPORT=lean`, all these
/// clients use the lean transport, so that the tests hold for both.
///
/// # Panics
///
/// Panics if the variable has any other value than `lean` and `default`.
pub fn client(base_url: impl AsRef<str>) -> ClientBuilder {
    let builder = Client::builder(base_url);
    match std::env::var("CONNECTORS_TEST_TRANSPORT").as_deref() {
        Ok("lean") => builder.lean(),
        Ok("default") | Err(_) => builder,
        Ok(other) => panic!("CONNECTORS_TEST_TRANSPORT is `lean` or `default`, not `{other}`"),
    }
}
