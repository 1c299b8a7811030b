//! Resume of lines.

#[allow(unused_imports)]
use connectors_client::{EventStream, JsonLines, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things", resume)]
    async fn follow(&self) -> JsonLines<u8>;
}

fn main() {}
