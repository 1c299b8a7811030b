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

#[derive(Clone, Copy, ErrorClass)]
pub enum Ranges {
    #[status(400..=499)]
    Client,
    //~ Two variants have one range.
    #[status(400..=499)]
    Again,
    //~ Two ranges are as wide and overlap.
    #[status(450..=549)]
    Other,
    //~ The range is empty.
    #[status(599..=500)]
    Server,
}

fn main() {}
