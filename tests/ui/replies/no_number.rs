//! A status is no number.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub enum Job {
    #[status(ok)]
    Done(String),
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
