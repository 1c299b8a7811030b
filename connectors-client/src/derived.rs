//! What a derived `FromResponse` calls.

use std::sync::{Mutex, PoisonError};

use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::decode;
use crate::error::Error;
use crate::response::Response;

/// A type that a header can be read as.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a header",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it"
)]
pub trait FromHeader: DeserializeOwned {}

impl<T: DeserializeOwned> FromHeader for T {}

/// Reads a header of a reply; the name is in lower case.
pub fn header<T: FromHeader>(response: &Response, name: &'static str) -> Result<T, Error> {
    decode::header(response.headers(), name).map_err(|problem| response.copy().decode_error(problem))
}

/// The status of a reply, or its number.
pub fn status<T: From<StatusCode>>(response: &Response) -> T {
    response.status().into()
}

/// The error of a success status for which the type has no variant.
#[cold]
pub fn no_variant(response: Response, type_name: &str) -> Error {
    let status = response.status().as_u16();
    response.decode_error(format!("`{type_name}` has no variant for the status {status}"))
}

/// One `Accept` header for all of these, each of them once; anything, where no body is read.
pub fn accept(of_bodies: &[&'static str]) -> &'static str {
    match of_bodies {
        [] => "*/*",
        [first, rest @ ..] if rest.iter().all(|other| other == first) => first,
        _ => joined(of_bodies),
    }
}

/// The distinct ones of a list in one text, which is made once: a program has few such lists.
fn joined(of_bodies: &[&'static str]) -> &'static str {
    static JOINED: Mutex<Vec<&str>> = Mutex::new(Vec::new());
    let mut distinct: Vec<&str> = Vec::new();
    for accept in of_bodies {
        if !distinct.contains(accept) {
            distinct.push(accept);
        }
    }
    let text = distinct.join(", ");
    let mut joined = JOINED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(earlier) = joined.iter().find(|earlier| **earlier == text) {
        return earlier;
    }
    let text = &*text.leak();
    joined.push(text);
    text
}

#[cfg(test)]
mod tests {
    use super::accept;

    #[test]
    fn bodies_of_several_kinds_are_all_accepted_each_once() {
        assert_eq!(accept(&[]), "*/*");
        assert_eq!(accept(&["application/json", "application/json"]), "application/json");
        let both = accept(&["application/json", "*/*", "application/json"]);
        assert_eq!(both, "application/json, */*");
        assert!(std::ptr::eq(both, accept(&["application/json", "*/*"])));
    }
}
