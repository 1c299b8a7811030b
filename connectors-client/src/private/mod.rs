//! What generated code names. Not part of the API: it changes with the macro, whose version is pinned.

mod delegate;
mod from_response;
mod open_enum;
mod open_union;
mod prefix;
mod request_macro;

pub use crate::api_client::client_handle::ClientHandle;
pub use crate::api_client::pending_call::PendingCall;
pub use crate::endpoint::{EndpointOptions, ItemMatcher, Pagination, QueryPart};
pub use crate::error::body::FromErrorBody;
pub use crate::pagination::{count, yes_or_no};
pub use crate::request::into_body::is_json;
pub use crate::response::from_response::{
    BodyMode, CanResume, HasItems, check_items, check_none, check_resume,
};
pub use crate::stream::{EventPayload, unknown_event};
pub use delegate::Forwarding;
pub use from_response::{FromHeader, accept, header, no_variant, status};
pub use http;
pub use http::StatusCode;
pub use open_enum::{UnknownText, read_text};
pub use open_union::{FromObject, UnknownObject, read_tagged};
pub use prefix::{check_prefix, joined, separator, trimmed};
pub use serde;
pub use serde_json::Error as JsonError;

/// Checks a constant that is a header's value; a mistake is a compile error.
pub const fn check_header_value(value: &str) {
    let bytes = value.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        assert!(
            matches!(bytes[i], b'\t' | b' '..=b'~'),
            "the value of a fixed header has a character that no header can carry"
        );
        i += 1;
    }
}

/// The same for a media type.
pub const fn check_media_type(value: &str) {
    let bytes = value.as_bytes();
    let (mut i, mut has_slash) = (0, false);
    while i < bytes.len() {
        assert!(matches!(bytes[i], b' '..=b'~'), "a media type has a character that no header can carry");
        has_slash |= bytes[i] == b'/';
        i += 1;
    }
    assert!(has_slash, "a media type has a `/`, for example `text/csv`");
}

/// The same for the status of `none_on`.
pub const fn check_error_status(status: u16) {
    assert!(status >= 400 && status <= 599, "`none_on` is an error status, from 400 to 599");
}
