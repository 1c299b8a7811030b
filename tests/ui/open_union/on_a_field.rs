//! The attribute is on a field.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {
    Text(#[open_union(rename = "text")] String),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
