//! The tag is on a variant.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {
    #[open_union(tag = "ping")]
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
