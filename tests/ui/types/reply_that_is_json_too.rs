//! The type is read as JSON already.

use connectors_client::FromResponse;

#[derive(serde::Deserialize, FromResponse)]
pub struct Job {
    #[body]
    pub report: String,
}

fn main() {}
