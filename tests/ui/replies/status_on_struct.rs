//! A struct has a status.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
#[status(200)]
pub struct Job {
    #[body]
    report: String,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
