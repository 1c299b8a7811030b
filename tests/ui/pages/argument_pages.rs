//! An argument is called as the new method is.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("things?<pages>", paginate(page = pages))]
    async fn list(&self, pages: Option<u64>) -> Vec<String>;
}

fn main() {}
