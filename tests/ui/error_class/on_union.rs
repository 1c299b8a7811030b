//! `ErrorClass` is derived for a union.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
pub union ThingsError {
    pub status: u16,
}

fn main() {}
