//! The header has no name.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub struct Job {
    #[header]
    total: u64,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
