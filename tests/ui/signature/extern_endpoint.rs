//! An endpoint has an ABI.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async extern "C" fn get(&self) -> String;
}

fn main() {}
