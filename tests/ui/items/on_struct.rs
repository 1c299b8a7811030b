//! The attribute is on a struct.

use connectors_client::api_client;

#[api_client]
pub struct Things {
    pub name: String,
}

fn uses(things: Things) -> String {
    things.name
}

fn main() {}
