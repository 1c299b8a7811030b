//! Classes that carry bodies, in all their forms; nothing that is generated warns.

#![deny(warnings, missing_docs, deprecated, unreachable_pub)]
#![deny(clippy::all, clippy::pedantic)]

use connectors_client::Error;
use serde::Deserialize;
use serde::de::DeserializeOwned;

mod facade {
    pub(super) mod http {
        pub(in super::super) use connectors_client::{__private, ErrorClass};
    }
}

type Maybe = Option<u8>;

mod named {
    pub(super) type Option = std::option::Option<u8>;
}

/// A body of any type, one for all the rest, one that is optional itself, and one that is no more.
#[derive(Clone, Debug, PartialEq, facade::http::ErrorClass)]
#[error_class(crate = facade::http)]
#[expect(unused_qualifications, reason = "a type by its path is what is tested")]
enum ThingsError<T: DeserializeOwned> {
    #[status(404)]
    NotFound,
    #[status(409, 422)]
    Invalid(std::option::Option<T>),
    #[status(429)]
    Throttled(Option<Maybe>),
    #[status(503)]
    Busy(named::Option),
    /// No more.
    #[deprecated]
    #[status(410)]
    Gone(Option<String>),
    #[status(other)]
    Other(Option<Vec<String>>),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Problems {
    fields: Vec<String>,
}

fn class(status: u16, body: &'static str) -> ThingsError<Problems> {
    Error::fake(status, body).class().unwrap()
}

#[test]
fn a_variant_carries_its_body() {
    let problems = Some(Problems { fields: vec!["title".to_owned()] });
    assert_eq!(class(404, "{}"), ThingsError::NotFound);
    assert_eq!(class(409, r#"{"fields": ["title"]}"#), ThingsError::Invalid(problems.clone()));
    assert_eq!(class(422, r#"{"fields": ["title"]}"#), ThingsError::Invalid(problems));
    assert_eq!(class(422, r#"{"fields": "title"}"#), ThingsError::Invalid(None));
    assert_eq!(class(429, "null"), ThingsError::Throttled(Some(None)));
    assert_eq!(class(503, "5"), ThingsError::Busy(Some(5)));
    assert_eq!(class(500, r#"["x"]"#), ThingsError::Other(Some(vec!["x".to_owned()])));
}
