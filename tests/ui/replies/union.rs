//! It is derived for a union.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub union Job {
    number: u64,
    letter: char,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
