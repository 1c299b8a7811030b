//! The enum has no variants.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
