//! Stream of what cannot be read.

#[allow(unused_imports)]
use connectors_client::{EventStream, JsonLines, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things", done = "x")]
    async fn follow(&self) -> EventStream<std::sync::mpsc::Sender<u8>>;
}

fn main() {}
