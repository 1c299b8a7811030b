//! An ordinary method has no body.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    fn name(&self) -> String;
}

fn main() {}
