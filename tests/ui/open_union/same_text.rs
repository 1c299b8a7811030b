//! Two variants have the same text in the case of all.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type", rename_all = "lowercase")]
pub enum Event {
    TextDelta(String),
    Textdelta(String),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
