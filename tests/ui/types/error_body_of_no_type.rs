//! The `Option` of a body has no type.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(422)]
    Invalid(Option),
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
