//! A variant has a body and no status.

use connectors_client::ErrorClass;

#[derive(serde::Deserialize)]
pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum ThingsError {
    Invalid(Option<Problems>),
    #[status(other)]
    Other,
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
