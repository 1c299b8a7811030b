//! The header stands on the variant.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub enum Job {
    #[status(202)]
    #[header("Location")]
    Accepted(String),
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64) -> Job;
}

fn main() {}
