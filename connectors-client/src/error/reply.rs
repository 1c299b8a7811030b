//! The received part of a response, and its texts that an error shows.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::ErrorKind;
use super::body::{self, excerpt};
use super::secrets::Secrets;
use crate::encode::media_type::MediaType;

/// The received part of a response.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    /// Returns the body, from which a type can be read. JSON in another charset is in UTF-8.
    pub(super) fn json(&self) -> Cow<'_, [u8]> {
        body::in_utf8(&self.body, MediaType::of(&self.headers))
    }

    /// Describes the body without showing a piece of it; `None` if it is empty.
    pub(super) fn describe_body(&self) -> Option<String> {
        let length = self.body.len();
        let unit = if length == 1 { "byte" } else { "bytes" };
        let media_type =
            MediaType::of(&self.headers).map(|media_type| excerpt(media_type.name(), 64));
        let media_type = media_type.as_deref().unwrap_or("a body without a media type");
        (length > 0).then(|| format!("{media_type}, {length} {unit}"))
    }
}

/// The texts of a response that an error shows, read once.
#[derive(Default)]
pub(super) struct Words {
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
}

impl Words {
    pub(super) fn of(kind: ErrorKind, reply: &Reply) -> Self {
        let from_header = body::header_request_id(&reply.headers).map(|id| excerpt(id, 128));
        // The response of an operation that has failed is a success by its status.
        if reply.status.is_success() && kind != ErrorKind::Api {
            return Self { message: None, request_id: from_header };
        }
        let body = body::read(&reply.body, MediaType::of(&reply.headers));
        Self { message: body.message, request_id: from_header.or(body.request_id) }
    }

    pub(super) fn masked(self, secrets: &Secrets) -> Self {
        let mask = |text: Option<String>| text.map(|text| secrets.mask(text));
        Self { message: mask(self.message), request_id: mask(self.request_id) }
    }
}
