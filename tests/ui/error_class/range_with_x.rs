//! A status is a class of statuses.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
pub enum ThingsError {
    #[status(5xx)]
    Server,
}

fn uses(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

fn main() {}
