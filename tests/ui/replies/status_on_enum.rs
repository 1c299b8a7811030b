//! The status stands on the enum.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
#[status(200)]
pub enum Job {
    #[status(200)]
    Done(String),
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
