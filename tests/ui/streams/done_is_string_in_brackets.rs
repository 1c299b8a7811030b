//! Done is string in brackets.

#[allow(unused_imports)]
use connectors_client::{EventStream, JsonLines, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things", done("end"))]
    async fn follow(&self) -> EventStream<u8>;
}

fn main() {}
