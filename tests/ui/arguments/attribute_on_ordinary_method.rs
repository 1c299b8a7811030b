//! An argument of an ordinary method has an attribute.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    async fn first(&self, #[header("X-Trace")] trace: &str) -> usize {
        trace.len()
    }
}

fn main() {}
