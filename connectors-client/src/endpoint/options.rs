//! What the options of an endpoint say, of which most endpoints have none.

use std::time::Duration;

use http::StatusCode;

use super::call_settings::PartialSettings;

/// The options of an endpoint, as declared.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct EndpointOptions {
    /// The names in the declaration, where some differ from those on the wire.
    pub(crate) arguments: Option<&'static [&'static str]>,
    /// The pieces of the query, where they are not just its arguments.
    pub(crate) query: &'static [QueryPart],
    pub(crate) at_most_one: &'static [&'static [&'static str]],
    pub(crate) class_name: Option<fn(StatusCode) -> Option<&'static str>>,
    pub(crate) idempotent: bool,
    pub(crate) format: Format,
    /// The `Content-Type` in place of the body's own.
    pub(crate) content_type: Option<&'static str>,
    /// Headers that are always sent; the names in small letters.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) settings: PartialSettings,
    /// The error status that reads as `None`.
    pub(crate) none_on: Option<u16>,
    /// The `Accept` header in place of the return type's.
    pub(crate) accept: Option<&'static str>,
    /// Whether the client's authentication is left out.
    pub(crate) without_auth: bool,
    pub(crate) stream: StreamRules,
    /// The header of the key that makes the call idempotent.
    pub(crate) idempotency_key: Option<&'static str>,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) polling: Option<PollRules>,
}

/// How a list says where its next page is; a slot is that of the argument that takes it back.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pagination {
    /// The number of the first item of the page, counted from 0.
    Offset(usize),
    /// The number of the page, counted from `first`.
    Page { slot: usize, first: u64 },
    /// What the page before says, or this header of it.
    Cursor { slot: usize, header: Option<&'static str> },
    /// The `Link` header with `rel="next"`.
    Link,
    /// A URL in the page before.
    Url,
}

/// How an operation is asked whether it is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PollRules {
    /// The time between two calls, if it is always the same.
    pub(crate) every: Option<Duration>,
    /// The limit of all of it.
    pub(crate) timeout: Option<Duration>,
}

/// What is said of a stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StreamRules {
    /// What says that it is complete.
    pub(crate) done: &'static [ItemMatcher],
    /// What in it is an error.
    pub(crate) fails_on: &'static [ItemMatcher],
    /// Whether it goes on behind a line that cannot be read.
    pub(crate) skips_bad_lines: bool,
    /// Whether it is connected again where it ends too early.
    pub(crate) resumes: bool,
}

/// What an item of a stream is recognised by.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum ItemMatcher {
    /// Its whole text.
    Text(&'static str),
    /// A field of its JSON object, whatever its value is.
    Field(&'static str),
    /// A field of its JSON object with this text as its value.
    FieldValue(&'static str, &'static str),
    /// A field of its JSON object with this truth value.
    FieldIs(&'static str, bool),
}

/// What the fields are sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One JSON object.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
}

/// A piece of the query: a fixed pair of the template or the argument in that slot.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum QueryPart {
    Text(&'static str),
    Argument(usize),
}

// A function each, so that generated code names what an endpoint says and nothing else.
#[allow(clippy::new_without_default, reason = "for constants")]
impl EndpointOptions {
    pub(crate) const NONE: &'static Self = &Self::new();

    pub const fn new() -> Self {
        Self {
            arguments: None,
            query: &[],
            at_most_one: &[],
            class_name: None,
            idempotent: false,
            format: Format::Json,
            content_type: None,
            headers: &[],
            settings: PartialSettings::NONE,
            none_on: None,
            accept: None,
            without_auth: false,
            stream: StreamRules { done: &[], fails_on: &[], skips_bad_lines: false, resumes: false },
            idempotency_key: None,
            pagination: None,
            polling: None,
        }
    }

    pub const fn arguments(mut self, names: &'static [&'static str]) -> Self {
        self.arguments = Some(names);
        self
    }

    pub const fn query(mut self, query: &'static [QueryPart]) -> Self {
        self.query = query;
        self
    }

    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    pub const fn paginate(mut self, pagination: Pagination) -> Self {
        self.pagination = Some(pagination);
        self
    }

    pub const fn poll(mut self, every: Option<Duration>, timeout: Option<Duration>) -> Self {
        self.polling = Some(PollRules { every, timeout });
        self
    }

    pub const fn done(mut self, marks: &'static [ItemMatcher]) -> Self {
        self.stream.done = marks;
        self
    }

    pub const fn fails_on(mut self, marks: &'static [ItemMatcher]) -> Self {
        self.stream.fails_on = marks;
        self
    }

    pub const fn skips_bad_lines(mut self) -> Self {
        self.stream.skips_bad_lines = true;
        self
    }

    pub const fn resumes(mut self) -> Self {
        self.stream.resumes = true;
        self
    }

    pub const fn none_on(mut self, status: u16) -> Self {
        self.none_on = Some(status);
        self
    }

    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    pub const fn without_auth(mut self) -> Self {
        self.without_auth = true;
        self
    }

    pub const fn form(mut self) -> Self {
        self.format = Format::Form;
        self
    }

    pub const fn multipart(mut self) -> Self {
        self.format = Format::Multipart;
        self
    }

    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    pub const fn at_most_one(mut self, groups: &'static [&'static [&'static str]]) -> Self {
        self.at_most_one = groups;
        self
    }

    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = Some(timeout);
        self
    }

    pub const fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = Some(timeout);
        self
    }
}
