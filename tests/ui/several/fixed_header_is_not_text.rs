//! The constant is not text.

use connectors_client::api_client;

const VALUE: u8 = 5;

#[api_client]
pub trait Things {
    //~ The constant is a number.
    //~ Reported again.
    #[get("v1/things", headers("X-A" = VALUE))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
