//! A supertrait is not implemented for the client.

use connectors_client::api_client;

pub trait Named {
    fn name(&self) -> String;
}

#[api_client]
pub trait Things: Named {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
