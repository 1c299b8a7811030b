//! The variant for the objects that are not known keeps nothing.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {
    Ping,
    #[open_union(other)]
    Unknown,
}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
