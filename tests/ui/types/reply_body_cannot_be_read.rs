//! The type of a body cannot be read.

use connectors_client::FromResponse;

pub struct Report;

#[derive(FromResponse)]
pub struct Job {
    #[body]
    pub report: Report,
}

fn main() {}
