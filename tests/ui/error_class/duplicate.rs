//! Statuses and attributes that are given twice.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
pub enum Twice {
    #[status(404)]
    NotFound,
    //~ Two variants have one status.
    #[status(404, 410)]
    Gone,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum TwiceInOne {
    //~ A variant has a status twice.
    #[status(404, 404)]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum TwoOthers {
    #[status(other)]
    Api,
    //~ Two variants stand for the rest.
    #[status(other)]
    Unknown,
}

#[derive(ErrorClass)]
#[error_class(crate = connectors_client)]
//~ The enum has two attributes.
#[error_class(crate = connectors_client)]
pub enum SecondAttribute {
    #[status(other)]
    Other,
}

fn uses(error: &connectors_client::Error) {
    error.class::<Twice>();
    error.class::<TwiceInOne>();
    error.class::<TwoOthers>();
}

fn main() {}
