//! A variant has the status of an error.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub enum Job {
    #[status(200)]
    Done(String),
    #[status(503)]
    NotNow,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
