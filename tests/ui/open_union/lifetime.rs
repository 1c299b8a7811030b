//! The enum has a lifetime.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event<'a> {
    Text(&'a str),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn main() {}
