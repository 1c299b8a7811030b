//! Two fields are the body.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub struct Job {
    #[body]
    report: String,
    #[body]
    again: String,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
