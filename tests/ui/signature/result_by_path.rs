//! The result is a `Result`, by its path.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> std::io::Result<String>;
}

fn main() {}
