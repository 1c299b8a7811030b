//! An option of the type is not known.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
#[from_response(krate = connectors_client)]
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
