//! The status of a field has a number.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub struct Job {
    #[status(200)]
    status: http::StatusCode,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
