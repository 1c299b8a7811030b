//! The name of a header has a space.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub struct Job {
    #[header("Total Count")]
    total: u64,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
