//! An ordinary method has a mistake of its own.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    async fn first(&self) -> Option<String> {
        self.list().await.ok()
    }
}

fn main() {}
