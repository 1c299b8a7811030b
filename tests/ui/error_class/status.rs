//! Statuses in a wrong form.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
pub enum CommaMissing {
    //~ A comma is missing.
    #[status(407 498)]
    InvalidToken,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Fraction {
    //~ A status is a fraction.
    #[status(404.0)]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Name {
    //~ A status is a name.
    #[status(NOT_FOUND)]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Negative {
    //~ A status is negative.
    #[status(-404)]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum NoStatus {
    //~ The number is too large for a status.
    #[status(99999)]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Range {
    //~ A range has no end.
    #[status(500..599)]
    Server,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum RangeWithX {
    //~ A status is a class of statuses.
    #[status(5xx)]
    Server,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Success {
    //~ The status is a success.
    #[status(200)]
    Fine,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Text {
    //~ A status is a string.
    #[status("404")]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Zero {
    //~ The number is zero.
    #[status(0)]
    NotFound,
}

fn uses(error: &connectors_client::Error) {
    error.class::<CommaMissing>();
    error.class::<Fraction>();
    error.class::<Name>();
    error.class::<Negative>();
    error.class::<NoStatus>();
    error.class::<Range>();
    error.class::<RangeWithX>();
    error.class::<Success>();
    error.class::<Text>();
    error.class::<Zero>();
}

fn main() {}
