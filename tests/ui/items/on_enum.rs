//! The attribute is on an enum.

use connectors_client::api_client;

#[api_client]
pub enum Things {
    One,
}

fn main() {}
