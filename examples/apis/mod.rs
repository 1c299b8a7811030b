//! APIs that nobody here designed, declared from their public documentation. Each has a test of every request against what its
//! documentation says is sent, in `examples/tests/apis/`.

pub mod cohere;
pub mod github;
pub mod oauth;
pub mod ollama;
pub mod petstore;
pub mod stripe;
