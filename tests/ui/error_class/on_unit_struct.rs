//! `ErrorClass` is derived for a struct without fields.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
#[status(404)]
pub struct NotFound;

fn main() {}
