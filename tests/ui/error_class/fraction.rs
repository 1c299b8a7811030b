//! A status is a fraction.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
pub enum ThingsError {
    #[status(404.0)]
    NotFound,
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
