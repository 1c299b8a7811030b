//! The variant for the objects that are not known has a name of its own.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {
    Ping,
    #[open_union(other, rename = "other")]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
