//! A variant has brackets and no field.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(404)]
    NotFound(),
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
