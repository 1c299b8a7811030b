//! The tag has no value.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag)]
pub enum Event {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
