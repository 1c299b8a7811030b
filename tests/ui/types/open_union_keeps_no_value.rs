//! The variant for the objects that are not known has a type that cannot keep all of them.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {
    Ping,
    #[open_union(other)]
    Unknown(String),
}

fn main() {}
