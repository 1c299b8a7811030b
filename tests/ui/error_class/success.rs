//! A status is no error.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
pub enum ThingsError {
    #[status(200)]
    Fine,
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
