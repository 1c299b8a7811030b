//! Done value missing.

#[allow(unused_imports)]
use connectors_client::{EventStream, JsonLines, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things", done(kind = ))]
    async fn follow(&self) -> EventStream<u8>;
}

fn main() {}
