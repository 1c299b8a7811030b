//! Reading the response of an attempt.

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, LOCATION};
use http::response::Parts;

use super::exchange::NotFollowed::{OtherMethod, SpentBody, TooManyHops};
use super::exchange::{MAX_REDIRECTS, is_redirect};
use super::received::{End, Received};
use super::{CallLoop, Timeout, reconnect};
use crate::body::Body;
use crate::client::base_url;
use crate::encode::media_type::MediaType;
use crate::endpoint::call_settings::CallSettings;
use crate::endpoint::matcher::matches;
use crate::error::{Error, ErrorKind, Reply, excerpt};
use crate::response::from_response::BodyMode;
use crate::response::reply_stream::{Head, ReplyStream};
use crate::response::{Response, decode};
use crate::retry::policy;
use crate::transport::is_part_of_bytes;

/// A response after its headers: the result of the attempt, or a body to be read first.
#[allow(clippy::large_enum_variant, reason = "most calls read a body, and a box would cost each")]
pub(super) enum Begun {
    Done(Result<Response, Error>),
    Reading(Reading),
}

/// A response whose body is being read.
pub(super) struct Reading {
    head: Parts,
    /// `None` if the status is an error.
    mode: Option<BodyMode>,
    pub(super) received: Received,
}

impl CallLoop {
    /// Decides how the response body is read.
    pub(super) fn begin_reading(&self, response: http::Response<Body>) -> Begun {
        let (head, mut body) = response.into_parts();
        if let Some(hook) = &self.options.on_download {
            body = body.with_progress(Some(hook), content_length(&head.headers));
        }
        if self.endpoint.options.none_on == Some(head.status.as_u16()) {
            let reply = Reply { status: head.status, headers: head.headers, body: Bytes::new() };
            return Begun::Done(Ok(Response::new(self.endpoint, reply)));
        }
        let mode = (self.rules.accepts_status)(head.status)
            .then(|| (self.rules.body_mode)(head.status, &head.headers));
        let max = match mode {
            Some(BodyMode::Streaming) => return Begun::Done(self.stream(head, body)),
            Some(BodyMode::Buffered) => self.settings.max_body,
            _ => self.settings.max_error_body,
        };
        Begun::Reading(Reading { head, mode, received: Received::new(body, max) })
    }

    /// Makes the result of an attempt from what was received.
    pub(super) fn end_reading(
        &self,
        reading: Reading,
        end: Option<Result<(), End>>,
        timeout: &Timeout,
    ) -> Result<Response, Error> {
        let Reading { head, mode, received } = reading;
        let (body, max) = received.into_bytes();
        self.observed.body(body.len());
        match mode {
            Some(BodyMode::Buffered) => self.read_accepted(head, body, end, max, timeout),
            Some(BodyMode::Unexpected(expected)) => Err(self.read_unexpected(expected, head, body)),
            _ => Err(self.read_error(head, body)),
        }
    }

    /// Builds the response of an accepted status, or the error if its body is incomplete.
    fn read_accepted(
        &self,
        head: Parts,
        body: Bytes,
        end: Option<Result<(), End>>,
        max: usize,
        timeout: &Timeout,
    ) -> Result<Response, Error> {
        let error = match end {
            Some(Ok(())) => match self.unknown_encoding(&head).filter(|_| !body.is_empty()) {
                None => {
                    let reply = Reply { status: head.status, headers: head.headers, body };
                    return Ok(Response::new(self.endpoint, reply));
                }
                Some(detail) => Error::new(ErrorKind::Decode, Some(self.endpoint), detail),
            },
            Some(Err(End::Full)) => {
                let detail = format!("the response body is larger than the limit of {max} bytes");
                Error::new(ErrorKind::TooLarge, Some(self.endpoint), detail)
            }
            Some(Err(End::Broken(error))) => Error::transport(self.endpoint, error),
            None => self.timed_out(timeout, "the response body did not end"),
        };
        Err(error.with_reply(Reply { status: head.status, headers: head.headers, body }))
    }

    /// Returns an error text if the body is still encoded. A transport removes the encodings that
    /// it knows, and a body with another encoding cannot be decoded. A body that stays as it is
    /// stored may have any, and so may a part of the stored bytes.
    fn unknown_encoding(&self, head: &Parts) -> Option<String> {
        let encoding = head.headers.get(CONTENT_ENCODING)?.to_str().unwrap_or("unknown");
        let is_as_stored = self.endpoint.options.without_decompression
            || is_part_of_bytes(head.status, &head.headers, true);
        (!is_as_stored && !encoding.eq_ignore_ascii_case("identity") && !encoding.is_empty()).then(
            || {
                let encoding = excerpt(encoding, 64);
                format!("the response body has the encoding `{encoding}`, which was not requested")
            },
        )
    }

    /// Builds a response whose body is read as it arrives.
    fn stream(&self, head: Parts, body: Body) -> Result<Response, Error> {
        let unknown = self.unknown_encoding(&head);
        let Parts { status, headers, .. } = head;
        if let Some(detail) = unknown {
            let error = Error::new(ErrorKind::Decode, Some(self.endpoint), detail);
            return Err(error.with_reply(Reply { status, headers, body: Bytes::new() }));
        }
        let CallSettings { max_item, idle_timeout, .. } = self.settings;
        let (endpoint, secrets) = (self.endpoint, self.secrets());
        let head = Head { endpoint, status, headers, attempts: self.number, max_item, secrets };
        let stream = ReplyStream::new(self.parts.client.clone(), head, body, idle_timeout);
        Ok(Response::streamed(if self.endpoint.options.stream.resumes {
            stream.resumable(reconnect::reconnect(
                &self.parts,
                self.settings,
                &self.options,
                self.rules,
            ))
        } else {
            stream
        }))
    }

    /// Builds the error of a response that is not the expected stream. It keeps as much of the body
    /// as an error response does.
    fn read_unexpected(&self, expected: &str, head: Parts, body: Bytes) -> Error {
        let Parts { status, headers, .. } = head;
        if self.endpoint.options.stream.failed.iter().any(|matcher| matches(matcher, &body)) {
            let (attempts, max_item) = (self.number, 0);
            let (endpoint, secrets) = (self.endpoint, self.secrets());
            let head = Head { endpoint, status, headers, attempts, max_item, secrets };
            return head.reported(body);
        }
        let media_type = MediaType::of(&headers).map_or("of no type", MediaType::name);
        let detail = decode::not_a(media_type, &body, expected);
        Error::new(ErrorKind::Decode, Some(self.endpoint), detail).with_reply(Reply {
            status,
            headers,
            body,
        })
    }

    /// Describes a redirect that is not followed. Returns an empty text for any other response.
    fn redirect_detail(&self, head: &Parts) -> String {
        let location = head.headers.get(LOCATION).filter(|_| is_redirect(head.status));
        let Some(location) = location.map(base_url::header_text) else { return String::new() };
        let target = self.shared().base.describe_target(&location);
        match head.extensions.get() {
            Some(TooManyHops) => {
                format!("redirect to {target} not followed: at most {MAX_REDIRECTS} are")
            }
            Some(OtherMethod) => {
                format!("redirect to {target} not followed: only those of GET and HEAD are")
            }
            Some(SpentBody) => format!(
                "redirect to {target} not followed: the request body is a stream, which is sent only once"
            ),
            None => format!("redirect to {target} not followed"),
        }
    }

    /// Builds the error of an error status. It keeps the part of the body that was received, even
    /// if reading failed.
    fn read_error(&self, head: Parts, body: Bytes) -> Error {
        let (kind, detail) = if head.status.is_informational() {
            (
                ErrorKind::Protocol,
                "the server switched protocols without a request to do so".to_owned(),
            )
        } else {
            (Error::kind_of(head.status), self.redirect_detail(&head))
        };
        let retry_after = policy::retry_after(&head.headers, self.shared().clock.system_time());
        Error::new(kind, Some(self.endpoint), detail)
            .with_reply(Reply { status: head.status, headers: head.headers, body })
            .with_retry_after(retry_after)
    }
}

/// Returns the declared length of a body. Transports that decompress the body remove the header.
fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
