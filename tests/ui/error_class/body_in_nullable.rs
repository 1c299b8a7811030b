//! The body of a variant is in a `Nullable`.

use connectors_client::ErrorClass;

#[derive(serde::Deserialize)]
pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(422)]
    Invalid(connectors_client::Nullable<Problems>),
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
