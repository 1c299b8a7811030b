//! The options of an endpoint. Most endpoints have none.

use std::time::Duration;

use http::StatusCode;

use super::call_settings::{Compression, PartialSettings};

/// The options of an endpoint, as declared.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the declaration")]
pub struct EndpointOptions {
    /// Names of the arguments in the declaration, if some differ from the names in the request.
    pub(crate) arguments: Option<&'static [&'static str]>,
    /// A letter per argument that is spelled as a list, up to the last one.
    pub(crate) lists: &'static str,
    /// Parts of the query, if they are not just its arguments.
    pub(crate) query: &'static [QueryPart],
    /// Groups of arguments of which a call can set at most one.
    pub(crate) at_most_one: &'static [&'static [&'static str]],
    /// Function that names the error class of a status.
    pub(crate) class_name: Option<fn(StatusCode) -> Option<&'static str>>,
    pub(crate) idempotent: bool,
    /// Rules for the failures that are retried, or not.
    pub(crate) retry_on: &'static [(RetryCause, bool)],
    pub(crate) format: Format,
    /// True if a body without fields is not sent.
    pub(crate) omits_empty_body: bool,
    /// The `Content-Type` that replaces the body's own.
    pub(crate) content_type: Option<&'static str>,
    /// Headers that are always sent. The names are lowercase.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) settings: PartialSettings,
    /// The error status that decodes to `None`.
    pub(crate) none_on: Option<u16>,
    /// The `Accept` header that replaces the return type's.
    pub(crate) accept: Option<&'static str>,
    pub(crate) auth: AuthChoice,
    /// True if the body of a response stays as it is stored.
    pub(crate) without_decompression: bool,
    /// True if a space of the query is `%20` instead of `+`.
    pub(crate) percent_encodes_spaces: bool,
    /// The field of a response that holds its data.
    pub(crate) envelope: Option<&'static str>,
    pub(crate) stream: StreamRules,
    /// Matchers of a response that is an error, whatever the state of the operation that it tells.
    pub(crate) failed_responses: &'static [ItemMatcher],
    /// The header of the idempotency key.
    pub(crate) idempotency_key: Option<&'static str>,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) polling: Option<PollRules>,
    /// The group of endpoints that share limits.
    pub(crate) limit_group: Option<&'static str>,
}

/// The failure that a rule about retries names.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryCause {
    Status(u16),
    StatusWithRetryAfter(u16),
    /// The name of an error's kind.
    Kind(&'static str),
    /// The header `x-should-retry` decides if no other rule does.
    ShouldRetryHeader,
}

/// How the next page of a list is found. A slot is that of the argument that asks for the page.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pagination {
    /// The argument counts items from 0.
    Offset(usize),
    /// The argument counts pages from `first`.
    Page { slot: usize, first: u64 },
    /// The argument takes the cursor in the previous page, or in this header of it.
    Cursor { slot: usize, header: Option<&'static str> },
    /// The `Link` header with `rel="next"` (RFC 8288).
    Link,
    /// A URL in the previous page.
    Url,
}

/// How a long-running operation is polled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PollRules {
    /// Time between two calls, if it is fixed.
    pub(crate) every: Option<Duration>,
    /// Timeout of the whole operation.
    pub(crate) timeout: Option<Duration>,
    /// The places of the operation's URL and of its result's, if the endpoint only starts it.
    pub(crate) links: Option<(LinkPlace, Option<LinkPlace>)>,
    /// Matchers of a response to an operation that is done.
    pub(crate) done: &'static [ItemMatcher],
    /// Matchers of a response to an operation that has failed.
    pub(crate) failed: &'static [ItemMatcher],
}

/// The place of a URL in a response.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum LinkPlace {
    Header(&'static str),
    /// A field of the JSON object, as a path.
    Field(&'static [&'static str]),
}

/// The credentials that an endpoint sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthChoice {
    /// The client's own.
    Default,
    /// None.
    None,
    /// The client's scheme with this name, and nothing else of the client.
    Scheme(&'static str),
}

/// The options of a stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StreamRules {
    /// Matchers of an item that completes the stream.
    pub(crate) done: &'static [ItemMatcher],
    /// Matchers of an item or a response that is an error.
    pub(crate) failed: &'static [ItemMatcher],
    /// True if the stream continues after an item that cannot be decoded.
    pub(crate) skips_invalid_items: bool,
    /// True if the stream reconnects after it ends too early.
    pub(crate) resumes: bool,
}

/// A matcher of an item of a stream.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum ItemMatcher {
    /// The item's whole text.
    Text(&'static str),
    /// A field of the item's JSON object, with any value except null. A field is a path: its name,
    /// or those of the objects around it and its name.
    Field(&'static [&'static str]),
    /// A field of the item's JSON object with this string as its value.
    FieldValue(&'static [&'static str], &'static str),
    /// A field of the item's JSON object with this boolean as its value.
    FieldIs(&'static [&'static str], bool),
    /// A field of the item's JSON object with this number as its value, however it is written.
    FieldNumber(&'static [&'static str], f64),
}

/// The format in which fields are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One JSON object.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
}

/// A part of the query: a fixed pair of the template, or the argument in a slot.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum QueryPart {
    Text(&'static str),
    Argument(usize),
}

// One function per option, so that generated code names only the options that an endpoint has.
#[allow(clippy::new_without_default, reason = "used in constants")]
impl EndpointOptions {
    pub(crate) const NONE: &'static Self = &Self::new();

    pub const fn new() -> Self {
        Self {
            arguments: None,
            lists: "",
            query: &[],
            at_most_one: &[],
            class_name: None,
            idempotent: false,
            retry_on: &[],
            format: Format::Json,
            omits_empty_body: false,
            content_type: None,
            headers: &[],
            settings: PartialSettings::NONE,
            none_on: None,
            accept: None,
            auth: AuthChoice::Default,
            without_decompression: false,
            percent_encodes_spaces: false,
            envelope: None,
            stream: StreamRules {
                done: &[],
                failed: &[],
                skips_invalid_items: false,
                resumes: false,
            },
            failed_responses: &[],
            idempotency_key: None,
            pagination: None,
            polling: None,
            limit_group: None,
        }
    }

    pub const fn arguments(mut self, names: &'static [&'static str]) -> Self {
        self.arguments = Some(names);
        self
    }

    pub const fn lists(mut self, letters: &'static str) -> Self {
        self.lists = letters;
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

    /// Follows the matchers, which are those of the operation. Responses, and the items of a stream,
    /// have those of [`failed_responses`](Self::failed_responses).
    pub const fn poll(mut self, every: Option<Duration>, timeout: Option<Duration>) -> Self {
        let StreamRules { done, failed, .. } = self.stream;
        self.polling = Some(PollRules { every, timeout, links: None, done, failed });
        self.stream.done = &[];
        self.stream.failed = self.failed_responses;
        self
    }

    /// Follows [`poll`](Self::poll).
    pub const fn poll_links(mut self, link: LinkPlace, result: Option<LinkPlace>) -> Self {
        if let Some(polling) = &mut self.polling {
            polling.links = Some((link, result));
        }
        self
    }

    pub const fn done(mut self, matchers: &'static [ItemMatcher]) -> Self {
        self.stream.done = matchers;
        self
    }

    pub const fn failed(mut self, matchers: &'static [ItemMatcher]) -> Self {
        self.stream.failed = matchers;
        self
    }

    pub const fn failed_responses(mut self, matchers: &'static [ItemMatcher]) -> Self {
        self.failed_responses = matchers;
        self
    }

    pub const fn skips_invalid_items(mut self) -> Self {
        self.stream.skips_invalid_items = true;
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
        self.auth = AuthChoice::None;
        self
    }

    pub const fn auth(mut self, scheme: &'static str) -> Self {
        self.auth = AuthChoice::Scheme(scheme);
        self
    }

    pub const fn limit(mut self, group: &'static str) -> Self {
        self.limit_group = Some(group);
        self
    }

    /// # Panics
    ///
    /// Panics, while the constant is evaluated, without the feature `compression`.
    pub const fn compress(mut self, compression: Compression) -> Self {
        assert!(
            cfg!(feature = "compression") || matches!(compression, Compression::None),
            "`compress` needs the feature `compression` of connectors-client"
        );
        self.settings.compress = Some(compression);
        self
    }

    pub const fn without_decompression(mut self) -> Self {
        self.without_decompression = true;
        self
    }

    pub const fn percent_encodes_spaces(mut self) -> Self {
        self.percent_encodes_spaces = true;
        self
    }

    pub const fn envelope(mut self, field: &'static str) -> Self {
        self.envelope = Some(field);
        self
    }

    pub const fn form(mut self) -> Self {
        self.format = Format::Form;
        self
    }

    pub const fn omits_empty_body(mut self) -> Self {
        self.omits_empty_body = true;
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

    pub const fn retry_on(mut self, rules: &'static [(RetryCause, bool)]) -> Self {
        self.retry_on = rules;
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
