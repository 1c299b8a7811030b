//! The body of an error has a type that borrows, and no lifetime.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(422)]
    //~ The body borrows.
    //~ rustc misses the lifetime, too.
    Invalid(Option<&str>),
    #[status(other)]
    Other,
}

fn main() {}
