//! The `Option` of a body is inside another type.

use connectors_client::ErrorClass;

#[derive(serde::Deserialize)]
pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(422)]
    Invalid(Box<Option<Problems>>),
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
