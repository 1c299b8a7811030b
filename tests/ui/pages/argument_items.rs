//! An argument is called as the new method is.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("things?<offset>&<items>", paginate(offset))]
    async fn list(&self, offset: Option<u64>, items: Option<u64>) -> Vec<String>;
}

fn main() {}
