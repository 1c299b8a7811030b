//! The body of an error has a type that borrows.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
pub enum ThingsError<'a> {
    #[status(422)]
    Invalid(Option<&'a str>),
    #[status(other)]
    Other,
}

fn main() {}
