//! The enum has a type parameter.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event<T> {
    Text(T),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn main() {}
