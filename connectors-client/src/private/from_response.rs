//! What a derived `FromResponse` calls.

use std::sync::OnceLock;

use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::response::Response;
use crate::response::decode;

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

/// A list of several kinds and what they are in one text. A program has few: one per type that reads bodies of several.
struct Joined {
    of_bodies: Box<[&'static str]>,
    text: String,
    next: OnceLock<&'static Joined>,
}

/// The distinct ones of a list in one text. It is made once and found without a lock, since each request asks for it.
fn joined(of_bodies: &[&'static str]) -> &'static str {
    static FIRST: OnceLock<&Joined> = OnceLock::new();
    let mut place = &FIRST;
    loop {
        let joined = *place.get_or_init(|| Box::leak(Box::new(Joined::of(of_bodies))));
        if *joined.of_bodies == *of_bodies {
            return &joined.text;
        }
        place = &joined.next;
    }
}

impl Joined {
    fn of(of_bodies: &[&'static str]) -> Self {
        let mut distinct: Vec<&str> = Vec::new();
        for accept in of_bodies {
            if !distinct.contains(accept) {
                distinct.push(accept);
            }
        }
        Self { of_bodies: of_bodies.into(), text: distinct.join(", "), next: OnceLock::new() }
    }
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
        assert_eq!(accept(&["*/*", "text/plain"]), "*/*, text/plain");
        // Made once, be it asked for by many threads at a time.
        let again = || std::ptr::eq(both, accept(&["application/json", "*/*", "application/json"]));
        std::thread::scope(|scope| {
            let threads = [(); 8].map(|()| scope.spawn(again));
            assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
        });
    }
}
