//! The derive and its attributes in a wrong place, and unknown options.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
//~ `ErrorClass` is derived for a struct.
pub struct OnStruct {
    pub status: u16,
}

#[derive(ErrorClass)]
//~ `ErrorClass` is derived for a union.
pub union OnUnion {
    pub status: u16,
}

#[derive(ErrorClass)]
#[status(404)]
//~ `ErrorClass` is derived for a struct without fields.
pub struct OnUnitStruct;

#[derive(serde::Deserialize)]
pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum StatusOnAField {
    #[status(422)]
    //~ The status is on the field of a variant.
    Invalid(#[status(422)] Option<Problems>),
}

#[derive(Clone, Copy, ErrorClass)]
//~ The status is on the enum.
#[status(404)]
pub enum StatusOnTheEnum {
    #[status(404)]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
//~ An option of the enum is unknown.
#[error_class(krate = connectors_client)]
pub enum UnknownOption {
    #[status(404)]
    NotFound,
}

fn uses(error: &connectors_client::Error) {
    error.class::<StatusOnAField>();
    error.class::<StatusOnTheEnum>();
    error.class::<UnknownOption>();
}

fn main() {}
