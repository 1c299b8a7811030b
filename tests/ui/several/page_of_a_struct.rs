//! The reply is a struct that does not say what its items are.

use connectors_client::api_client;

#[derive(serde::Deserialize)]
pub struct List {
    pub items: Vec<String>,
}

#[api_client]
pub trait Things {
    #[get("things?<offset>", paginate(offset))]
    async fn list(&self, offset: Option<u64>) -> List;
}

fn main() {}
