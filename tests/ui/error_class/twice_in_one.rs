//! A variant has a status twice.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
pub enum ThingsError {
    #[status(404, 404)]
    NotFound,
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
