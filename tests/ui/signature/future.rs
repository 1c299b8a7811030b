//! An endpoint returns a future.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    fn get(&self) -> impl Future<Output = String>;
}

fn main() {}
