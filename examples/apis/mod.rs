//! Third-party APIs, declared from their public documentation. Tests in `examples/tests/apis/`
//! compare every request with that documentation.

pub mod cohere;
pub mod docker;
pub mod github;
pub mod oauth;
pub mod ollama;
pub mod opensearch;
pub mod petstore;
pub mod qdrant;
pub mod stripe;
