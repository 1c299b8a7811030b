//! Missing statuses.

use connectors_client::ErrorClass;

#[derive(Clone, Copy, ErrorClass)]
pub enum Bare {
    //~ The brackets are missing.
    #[status]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Empty {
    //~ The brackets are empty.
    #[status()]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum Equals {
    //~ The status follows an equals sign.
    #[status = 404]
    NotFound,
}

#[derive(Clone, Copy, ErrorClass)]
pub enum WithoutStatus {
    #[status(404)]
    NotFound,
    //~ A variant has no status.
    Other,
}

#[derive(serde::Deserialize)]
pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum BodyWithoutStatus {
    //~ A variant has a body and no status.
    Invalid(Option<Problems>),
    #[status(other)]
    Other,
}

fn uses(error: &connectors_client::Error) {
    error.class::<Bare>();
    error.class::<Empty>();
    error.class::<Equals>();
    error.class::<WithoutStatus>();
    error.class::<BodyWithoutStatus>();
}

fn main() {}
