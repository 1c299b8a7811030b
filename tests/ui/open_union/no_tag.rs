//! The attribute names no field that tells the objects apart.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(rename_all = "snake_case")]
pub enum Event {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
