//! The trait has a macro call.

use connectors_client::api_client;

#[allow(unused_macros)]
macro_rules! endpoints {
    () => {};
}

#[api_client]
pub trait Things {
    endpoints!();
}

fn main() {}
