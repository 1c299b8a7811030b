//! The header's name is no string.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub struct Job {
    #[header(ETAG)]
    etag: String,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
