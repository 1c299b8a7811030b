//! The options of an endpoint, checked.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Expr, LitStr, Path};

use crate::syntax::value::Value;

/// The options of an endpoint.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the attribute")]
pub(crate) struct Settings {
    pub(crate) idempotent: bool,
    /// Failures that are retried, or never.
    pub(crate) retry_on: Vec<(RetryCause, bool)>,
    /// Header of the idempotency key, in lowercase.
    pub(crate) idempotency_key: Option<String>,
    pub(crate) format: Format,
    pub(crate) headers: Vec<FixedHeader>,
    pub(crate) query: Vec<FixedValue>,
    pub(crate) fields: Vec<FixedValue>,
    /// The option `empty_body`, if a body without fields is not sent.
    pub(crate) omits_empty_body: Option<Ident>,
    /// The credentials, if they are not those of the trait.
    pub(crate) auth: Option<Auth>,
    /// True if bodies are not decompressed.
    pub(crate) without_decompression: bool,
    /// True if a space of the query is `%20` instead of `+`.
    pub(crate) percent_encodes_spaces: bool,
    pub(crate) envelope: Option<Envelope>,
    /// Coding of request bodies.
    pub(crate) compress: Option<Compress>,
    /// Group of endpoints that share limits.
    pub(crate) limit: Option<String>,
    /// The endpoint's own option `compress`.
    pub(crate) own_compress: Option<Ident>,
    pub(crate) timeouts: Timeouts,
    /// Error status that is read as `None`.
    pub(crate) none_on: Option<u16>,
    /// `Accept` header that replaces the one of the return type.
    pub(crate) accept: Option<String>,
    /// Error class that replaces the one of the trait.
    pub(crate) error: Option<Path>,
    /// Items that complete a stream or an operation.
    pub(crate) done: Vec<ItemMatcher>,
    /// Items, responses or states of an operation that are errors.
    pub(crate) failed: Vec<ItemMatcher>,
    /// True if `failed` is not that of the trait.
    pub(crate) own_failed: bool,
    /// Responses of a polled operation that are errors, whatever its state.
    pub(crate) failed_responses: Vec<ItemMatcher>,
    /// True if a stream skips a line that it cannot read.
    pub(crate) skips_invalid_items: bool,
    /// The option `resume`, if it is given: the stream reconnects.
    pub(crate) resume: Option<Ident>,
    pub(crate) paginate: Option<Paginate>,
    pub(crate) poll: Option<Poll>,
    /// Groups of arguments, each with at most one value. They are filled in after the arguments
    /// have their places.
    pub(crate) at_most_one: Vec<Vec<String>>,
    /// Name of the request's type, instead of the one made of the trait and the method.
    pub(crate) request: Option<Ident>,
}

/// The credentials that an endpoint sends.
#[derive(Clone)]
pub(crate) enum Auth {
    /// The client's own.
    Default,
    None,
    /// The client's scheme with this name.
    Scheme(String),
}

impl Settings {
    /// Returns true if an option is about the items of a stream. The end of a polled operation is
    /// about its response.
    pub(crate) fn has_items(&self) -> bool {
        self.skips_invalid_items || (!self.done.is_empty() && self.poll.is_none())
    }
}

/// A failure that a rule about retries names.
pub(crate) enum RetryCause {
    Status(u16),
    StatusWithRetryAfter(u16),
    /// The name of an error's kind.
    Kind(String),
    /// The header `x-should-retry` decides if no other rule does.
    ShouldRetryHeader,
}

/// The format in which fields are sent.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Format {
    /// One JSON object.
    #[default]
    Json,
    Form,
    Multipart,
}

impl Format {
    /// Returns the option that selects this format.
    pub(crate) fn option(self) -> Option<&'static str> {
        match self {
            Self::Json => None,
            Self::Form => Some("form"),
            Self::Multipart => Some("multipart"),
        }
    }
}

/// The field of a response that holds its data.
#[derive(Clone)]
pub(crate) enum Envelope {
    /// The data is the whole response, whatever the trait says.
    None,
    Field(String),
}

/// The coding of request bodies.
#[derive(Clone, Copy)]
pub(crate) enum Compress {
    None,
    Gzip,
}

/// A header that is always sent.
pub(crate) struct FixedHeader {
    pub(crate) literal: LitStr,
    pub(crate) name: String,
    pub(crate) value: Value,
}

/// A field or a pair of the query that is always sent.
#[derive(Clone)]
pub(crate) struct FixedValue {
    pub(crate) span: Span,
    pub(crate) name: String,
    /// Any expression that serializes.
    pub(crate) value: Expr,
    /// True for a pair of the trait that an argument or field with its name replaces.
    pub(crate) gives_way: bool,
}

impl FixedValue {
    /// Returns the letter of a pair in the runtime's `Endpoint`.
    pub(crate) fn letter_of_pair(&self) -> char {
        if self.gives_way { 'K' } else { 'k' }
    }
}

/// The timeouts of an endpoint or a trait.
#[derive(Default)]
pub(crate) struct Timeouts {
    /// Timeout of the whole call.
    pub(crate) call: Option<Timeout>,
    /// Timeout of each attempt.
    pub(crate) attempt: Option<Timeout>,
    /// Idle timeout of a stream.
    pub(crate) idle: Option<Timeout>,
}

/// A timeout: milliseconds read from a literal, or a constant of the user's.
pub(crate) enum Timeout {
    Milliseconds(u64),
    Constant(Expr),
}

impl Timeout {
    /// Returns the span at which rustc reports a constant of the wrong type.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Milliseconds(_) => Span::call_site(),
            Self::Constant(timeout) => timeout.span(),
        }
    }
}

/// A description that recognises an item of a stream, or a response.
#[derive(Clone)]
pub(crate) enum ItemMatcher {
    Text(Value),
    /// A field is a path: its name, or those of the objects around it and its name.
    Field(Vec<String>),
    FieldValue(Vec<String>, Value),
    FieldIs(Vec<String>, bool),
    FieldNumber(Vec<String>, f64),
}

/// The option `poll(..)`.
pub(crate) struct Poll {
    pub(crate) option: Ident,
    pub(crate) every: Option<Timeout>,
    pub(crate) timeout: Option<Timeout>,
    /// Place of the URL that is polled, if it is not the endpoint's own.
    pub(crate) link: Option<LinkPlace>,
    /// Place of the URL of the result.
    pub(crate) result: Option<LinkPlace>,
}

/// The place of a URL in a response.
pub(crate) enum LinkPlace {
    Header(String),
    /// A path to a field.
    Field(Vec<String>),
}

/// The option `paginate(..)`.
pub(crate) struct Paginate {
    pub(crate) rule: PageRule,
    /// Name of the argument that selects a page.
    pub(crate) argument: String,
    /// Span of that name.
    pub(crate) argument_span: Span,
}

/// The way to the next page of a list.
pub(crate) enum PageRule {
    Offset,
    Page { first: u64 },
    Cursor { header: Option<String> },
    Link,
    Url,
}
