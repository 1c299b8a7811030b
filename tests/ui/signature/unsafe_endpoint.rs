//! An endpoint is `unsafe`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async unsafe fn get(&self) -> String;
}

fn main() {}
