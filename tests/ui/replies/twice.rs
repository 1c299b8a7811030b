//! Two variants have one status.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub enum Job {
    #[status(200)]
    Done(String),
    #[status(202, 200)]
    Accepted,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
