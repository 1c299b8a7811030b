//! The type of a header cannot be read.

use connectors_client::FromResponse;

pub struct Total;

#[derive(FromResponse)]
pub struct Job {
    #[header("X-Total")]
    pub total: Total,
}

fn main() {}
