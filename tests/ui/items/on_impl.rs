//! The attribute is on an impl.

use connectors_client::api_client;

pub struct Things;

#[api_client]
impl Things {
    pub fn get(&self) -> u32 {
        1
    }
}

fn uses(things: Things) -> u32 {
    things.get()
}

fn main() {}
