//! The status is on the enum.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
#[status(404)]
pub enum ThingsError {
    #[status(404)]
    NotFound,
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
