//! The brackets are empty.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
pub enum ThingsError {
    #[status()]
    NotFound,
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
