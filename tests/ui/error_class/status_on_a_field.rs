//! The status is on the field of a variant.

use connectors_client::ErrorClass;

#[derive(serde::Deserialize)]
pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(422)]
    Invalid(#[status(422)] Option<Problems>),
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
