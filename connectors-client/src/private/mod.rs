//! Items that generated code names. They are not part of the API: they change with the macro, whose
//! version is pinned.

mod delegate;
mod from_response;
mod is_none;
mod open_enum;
mod open_union;
mod request_macro;
mod tagged_serializer;

pub use crate::api_client::client_handle::ClientHandle;
pub use crate::api_client::pending_call::PendingCall;
use crate::encode::media_type::MediaType;
pub use crate::endpoint::call_settings::Compression;
pub use crate::endpoint::{
    EndpointOptions, ItemMatcher, LinkPlace, Pagination, QueryPart, RetryCause,
};
pub use crate::error::body::FromErrorBody;
pub use crate::pagination::{count, yes_or_no};
pub use crate::request::into_body::is_json;
pub use crate::request::with::{SerializeWith, With};
pub use crate::response::from_response::{
    AnyType, BodyMode, CanResume, Existence, HasItems, NoStatus, check_bodiless, check_failed,
    check_head, check_items, check_none, check_resume,
};
pub use crate::stream::{EventPayload, unknown_event};
pub use delegate::Forwarding;
pub use from_response::{
    FromHeader, HeaderProblem, HeaderText, accept, header, header_with, no_variant,
    optional_header_with, status,
};
pub use http;
pub use http::StatusCode;
pub use open_enum::{UnknownText, read_text};
pub use open_union::{
    FromObject, ToObject, UnknownObject, read_tagged, write_enveloped, write_tag, write_tagged,
};
pub use serde;
pub use serde_json::Error as JsonError;

/// Checks a constant header value. An invalid one is a compile error.
pub const fn check_header_value(value: &str) {
    let bytes = value.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        assert!(
            matches!(bytes[i], b'\t' | b' '..=b'~'),
            "the value of a fixed header has a character that is not allowed in a header"
        );
        i += 1;
    }
}

/// Checks a constant media type. An invalid one is a compile error.
pub const fn check_media_type(value: &str) {
    assert!(
        MediaType::is_valid(value),
        "`content_type` is not a media type: write one like `text/csv`"
    );
}
