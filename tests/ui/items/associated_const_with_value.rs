//! The trait has a constant with a value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    const VERSION: u32 = 1;
}

fn main() {}
