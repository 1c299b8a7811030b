//! Done without stream.

#[allow(unused_imports)]
use connectors_client::{EventStream, JsonLines, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things", done = "[DONE]")]
    async fn follow(&self) -> Vec<u8>;
}

fn main() {}
