//! Two variants stand for the rest.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub enum Job {
    #[status(other)]
    Done(String),
    #[status(other)]
    Rest,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
