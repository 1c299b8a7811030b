//! The enum has an option that there is not.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type", content = "data")]
pub enum Event {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> Option<Event> {
    serde_json::from_str(text).ok()
}

fn main() {}
