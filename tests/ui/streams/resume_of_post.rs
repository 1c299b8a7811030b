//! Resume of post.

#[allow(unused_imports)]
use connectors_client::{EventStream, JsonLines, api_client};

#[api_client]
pub trait Things {
    #[post("v1/things", resume)]
    async fn follow(&self) -> EventStream<u8>;
}

fn main() {}
