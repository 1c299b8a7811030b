//! An argument depends on a `cfg`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn get(&self, #[cfg(unix)] limit: Option<u32>) -> String;
}

fn main() {}
