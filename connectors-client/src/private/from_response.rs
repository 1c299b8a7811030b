//! Functions that a derived `FromResponse` calls.

use std::sync::OnceLock;

use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::response::Response;
use crate::response::decode;
pub use crate::response::decode::{Problem as HeaderProblem, Value as HeaderText};

/// A type that can be decoded from a header.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a header",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it"
)]
pub trait FromHeader: DeserializeOwned {}

impl<T: DeserializeOwned> FromHeader for T {}

/// Decodes a header of a response. The name is lowercase.
pub fn header<T: FromHeader>(response: &Response, name: &'static str) -> Result<T, Error> {
    decode::header(response.headers(), name)
        .map_err(|problem| response.copy().decode_error(problem))
}

/// Decodes a header of a response by the `deserialize` of a module.
pub fn header_with<T>(
    response: &Response,
    name: &'static str,
    read: impl FnOnce(HeaderText<'_>) -> Result<T, HeaderProblem>,
) -> Result<T, Error> {
    decode::header_with(response.headers(), name, read)
        .map_err(|problem| response.copy().decode_error(problem))
}

/// Decodes a header that may be missing or empty by the `deserialize` of a module.
pub fn optional_header_with<T>(
    response: &Response,
    name: &'static str,
    read: impl FnOnce(HeaderText<'_>) -> Result<T, HeaderProblem>,
) -> Result<Option<T>, Error> {
    match decode::is_missing(response.headers(), name) {
        Ok(true) => Ok(None),
        _ => header_with(response, name, read).map(Some),
    }
}

/// Returns the status of a response as a `StatusCode` or a number.
pub fn status<T: From<StatusCode>>(response: &Response) -> T {
    response.status().into()
}

/// Returns the error of a success status for which the type has no variant.
#[cold]
pub fn no_variant(response: Response, type_name: &str) -> Error {
    let status = response.status().as_u16();
    response.decode_error(format!("`{type_name}` has no variant for the status {status}"))
}

/// Returns one `Accept` header with all these media types, each once. Without any, no body is read
/// and the header accepts everything.
pub fn accept(media_types: &[&'static str]) -> &'static str {
    match media_types {
        [] => "*/*",
        [first, rest @ ..] if rest.iter().all(|other| other == first) => first,
        _ => joined(media_types),
    }
}

/// Several media types and their joined text. A program has few: one per type that decodes bodies
/// of several media types.
struct Joined {
    media_types: Box<[&'static str]>,
    text: String,
    next: OnceLock<&'static Joined>,
}

/// Joins the distinct media types of a list. The text is created once and found without a lock,
/// because each request needs it.
fn joined(media_types: &[&'static str]) -> &'static str {
    static FIRST: OnceLock<&Joined> = OnceLock::new();
    let mut cell = &FIRST;
    loop {
        let joined = *cell.get_or_init(|| Box::leak(Box::new(Joined::new(media_types))));
        if *joined.media_types == *media_types {
            return &joined.text;
        }
        cell = &joined.next;
    }
}

impl Joined {
    fn new(media_types: &[&'static str]) -> Self {
        let mut distinct: Vec<&str> = Vec::new();
        for media_type in media_types {
            if !distinct.contains(media_type) {
                distinct.push(media_type);
            }
        }
        Self { media_types: media_types.into(), text: distinct.join(", "), next: OnceLock::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::accept;

    #[test]
    fn each_media_type_is_accepted_once() {
        assert_eq!(accept(&[]), "*/*");
        assert_eq!(accept(&["application/json", "application/json"]), "application/json");
        let both = accept(&["application/json", "*/*", "application/json"]);
        assert_eq!(both, "application/json, */*");
        assert_eq!(accept(&["*/*", "text/plain"]), "*/*, text/plain");
        // It is created once, even if many threads need it at the same time.
        let is_same =
            || std::ptr::eq(both, accept(&["application/json", "*/*", "application/json"]));
        std::thread::scope(|scope| {
            let threads = [(); 8].map(|()| scope.spawn(is_same));
            assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
        });
    }
}
