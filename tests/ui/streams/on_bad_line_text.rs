//! On bad line text.

#[allow(unused_imports)]
use connectors_client::{EventStream, JsonLines, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things", on_bad_line = "skip")]
    async fn follow(&self) -> JsonLines<u8>;
}

fn main() {}
