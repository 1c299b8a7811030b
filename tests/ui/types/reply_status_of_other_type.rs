//! The status is read as a text.

use connectors_client::FromResponse;

#[derive(FromResponse)]
pub struct Job {
    #[status]
    pub status: String,
}

fn main() {}
