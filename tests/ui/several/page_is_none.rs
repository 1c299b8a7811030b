//! The reply is no page.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("things?<offset>", paginate(offset))]
    async fn list(&self, offset: Option<u64>) -> u32;
}

fn main() {}
