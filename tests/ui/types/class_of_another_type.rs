//! An error is asked for a class that is none.

use connectors_client::Error;

#[derive(PartialEq)]
enum ThingsError {
    NotFound,
}

fn uses(error: &Error) -> bool {
    error.class() == Some(ThingsError::NotFound)
}

fn main() {}
