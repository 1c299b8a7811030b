//! `ErrorClass` is derived for a struct.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
pub struct ThingsError {
    pub status: u16,
}

fn main() {}
