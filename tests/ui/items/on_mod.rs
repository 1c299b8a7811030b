//! The attribute is on a module.

use connectors_client::api_client;

#[api_client]
mod things {
    pub trait Things {}
}

fn main() {}
