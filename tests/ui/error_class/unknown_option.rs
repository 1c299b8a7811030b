//! An option of the enum is not known.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
#[error_class(krate = connectors_client)]
pub enum ThingsError {
    #[status(404)]
    NotFound,
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
