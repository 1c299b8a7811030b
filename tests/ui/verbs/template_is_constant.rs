//! A template is a constant.

use connectors_client::api_client;

const PATH: &str = "v1/things";

#[api_client]
pub trait Things {
    #[get(PATH)]
    async fn get(&self) -> String;
}

fn main() {}
