//! Variants with an invalid body.

use connectors_client::ErrorClass;

#[derive(serde::Deserialize)]
pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum BodyBesideAnother {
    #[status(422)]
    //~ A variant has two bodies.
    Invalid(Option<Problems>, Option<String>),
}

#[derive(ErrorClass)]
pub enum BodyInBox {
    #[status(422)]
    //~ The `Option` of a body is inside another type.
    Invalid(Box<Option<Problems>>),
}

#[derive(ErrorClass)]
pub enum BodyInNullable {
    #[status(422)]
    //~ The body of a variant is in a `Nullable`.
    Invalid(connectors_client::Nullable<Problems>),
}

#[derive(ErrorClass)]
pub enum BodyIsBorrowed<'a> {
    #[status(422)]
    //~ The body of an error has a type that borrows.
    Invalid(Option<&'a str>),
    #[status(other)]
    Other,
}

#[derive(ErrorClass)]
pub enum BodyWithoutOption {
    #[status(422)]
    //~ The body is not in an `Option`.
    Invalid(Vec<Problems>),
}

#[derive(ErrorClass)]
pub enum VariantWithEmptyBrackets {
    #[status(404)]
    //~ A variant has brackets and no field.
    NotFound(),
}

#[derive(Clone, Copy, ErrorClass)]
pub enum VariantWithField {
    #[status(404)]
    //~ A variant has a field.
    NotFound(u16),
}

#[derive(Clone, Copy, ErrorClass)]
pub enum VariantWithNamedField {
    #[status(404)]
    //~ A variant has a named field.
    NotFound { id: u16 },
}

fn uses(error: &connectors_client::Error) {
    error.class::<BodyBesideAnother>();
    error.class::<BodyInBox>();
    error.class::<BodyInNullable>();
    error.class::<BodyWithoutOption>();
    error.class::<VariantWithEmptyBrackets>();
    error.class::<VariantWithField>();
    error.class::<VariantWithNamedField>();
}

fn main() {}
