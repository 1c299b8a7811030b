//! What an endpoint is: the description that the macro writes down once per method of the trait.

use std::fmt;
use std::time::Duration;

use http::{Method, StatusCode};

use crate::ErrorClass;

/// The description of one endpoint, as declared: its name, verb, template and options.
///
/// The macro emits one per method as a constant of the client, for example `ConnectorsClient::LIST`. A transport finds
/// it in the extensions of each request, as `&'static Endpoint`; a [`Fake`](crate::Fake) is keyed by it. Two
/// descriptions are equal when trait, name, verb and template are.
#[derive(Clone, Copy)]
pub struct Endpoint {
    api: &'static str,
    name: &'static str,
    method: &'static str,
    template: &'static str,
    path: &'static [PathPart],
    query: &'static [QueryPart],
    pub(crate) parameters: &'static [Parameter],
    pub(crate) at_most_one: &'static [&'static [&'static str]],
    pub(crate) class_name: Option<fn(StatusCode) -> Option<&'static str>>,
    idempotent: bool,
    pub(crate) format: Format,
    /// The `Content-Type` in place of the body's own.
    pub(crate) content_type: Option<&'static str>,
    /// Headers that are always sent; the names in small letters.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
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
#[derive(Clone, Copy)]
pub(crate) struct PollRules {
    /// The time between two calls, if it is always the same.
    pub(crate) every: Option<Duration>,
    /// The limit of all of it.
    pub(crate) timeout: Option<Duration>,
}

/// What is said of a stream.
#[derive(Clone, Copy)]
pub(crate) struct StreamRules {
    /// What says that it is complete.
    pub(crate) done: &'static [Mark],
    /// What in it is an error.
    pub(crate) fails_on: &'static [Mark],
    /// Whether it goes on behind a line that cannot be read.
    pub(crate) skips_bad_lines: bool,
    /// Whether it is connected again where it ends too early.
    pub(crate) resumes: bool,
}

/// What an item of a stream is recognised by.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Mark {
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

/// A piece of the path: text of the template or the argument in that slot.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum PathPart {
    Text(&'static str),
    Argument(usize),
}

/// A piece of the query: a fixed pair of the template or the argument in that slot.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum QueryPart {
    Text(&'static str),
    Argument(usize),
}

/// What stands in place of the template of a request that no trait declares.
const NOT_DECLARED: &str = "(not declared)";

/// One argument: where it is sent, the name it has there, and the name the caller knows.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub(crate) kind: ParameterKind,
    pub(crate) name: &'static str,
    pub(crate) argument: &'static str,
    /// Whether the value is a secret.
    pub(crate) is_sensitive: bool,
}

#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    Path,
    Query,
    Field,
    Header,
    Body,
    Url,
}

impl Parameter {
    /// `name` is the name on the wire, `argument` the name in the declaration.
    pub const fn new(kind: ParameterKind, name: &'static str, argument: &'static str) -> Self {
        Self { kind, name, argument, is_sensitive: false }
    }

    /// The same for a value that is a secret.
    pub const fn sensitive(mut self) -> Self {
        self.is_sensitive = true;
        self
    }
}

impl Endpoint {
    /// Starts a description; for generated code.
    #[doc(hidden)]
    pub const fn new(
        api: &'static str,
        name: &'static str,
        method: &'static str,
        template: &'static str,
    ) -> Self {
        Self {
            api,
            name,
            method,
            template,
            path: &[],
            query: &[],
            parameters: &[],
            at_most_one: &[],
            class_name: None,
            idempotent: matches!(method.as_bytes(), b"GET" | b"HEAD" | b"PUT" | b"DELETE" | b"OPTIONS"),
            format: Format::Json,
            content_type: None,
            headers: &[],
            timeout: None,
            attempt_timeout: None,
            idle_timeout: None,
            none_on: None,
            accept: None,
            without_auth: false,
            stream: StreamRules { done: &[], fails_on: &[], skips_bad_lines: false, resumes: false },
            idempotency_key: None,
            pagination: None,
            polling: None,
        }
    }

    #[doc(hidden)]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    #[doc(hidden)]
    pub const fn paginate(mut self, pagination: Pagination) -> Self {
        self.pagination = Some(pagination);
        self
    }

    #[doc(hidden)]
    pub const fn poll(mut self, every: Option<Duration>, timeout: Option<Duration>) -> Self {
        self.polling = Some(PollRules { every, timeout });
        self
    }

    #[doc(hidden)]
    pub const fn done(mut self, marks: &'static [Mark]) -> Self {
        self.stream.done = marks;
        self
    }

    #[doc(hidden)]
    pub const fn fails_on(mut self, marks: &'static [Mark]) -> Self {
        self.stream.fails_on = marks;
        self
    }

    #[doc(hidden)]
    pub const fn skips_bad_lines(mut self) -> Self {
        self.stream.skips_bad_lines = true;
        self
    }

    #[doc(hidden)]
    pub const fn resumes(mut self) -> Self {
        self.stream.resumes = true;
        self
    }

    #[doc(hidden)]
    pub const fn none_on(mut self, status: u16) -> Self {
        self.none_on = Some(status);
        self
    }

    #[doc(hidden)]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    #[doc(hidden)]
    pub const fn without_auth(mut self) -> Self {
        self.without_auth = true;
        self
    }

    #[doc(hidden)]
    pub const fn form(mut self) -> Self {
        self.format = Format::Form;
        self
    }

    #[doc(hidden)]
    pub const fn multipart(mut self) -> Self {
        self.format = Format::Multipart;
        self
    }

    #[doc(hidden)]
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    #[doc(hidden)]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    #[doc(hidden)]
    pub const fn path_parts(mut self, path: &'static [PathPart]) -> Self {
        self.path = path;
        self
    }

    #[doc(hidden)]
    pub const fn query_parts(mut self, query: &'static [QueryPart]) -> Self {
        self.query = query;
        self
    }

    #[doc(hidden)]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    #[doc(hidden)]
    pub const fn at_most_one(mut self, groups: &'static [&'static [&'static str]]) -> Self {
        self.at_most_one = groups;
        self
    }

    #[doc(hidden)]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    #[doc(hidden)]
    pub const fn timeout_of(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    #[doc(hidden)]
    pub const fn attempt_timeout_of(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    #[doc(hidden)]
    pub const fn idle_timeout_of(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    #[doc(hidden)]
    pub const fn error<E: ErrorClass>(mut self) -> Self {
        self.class_name = Some(class_name::<E>);
        self
    }

    /// The description of a request that no trait declares.
    pub(crate) fn undeclared(method: &Method) -> &'static Self {
        const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "REQUEST"];
        static UNDECLARED: [Endpoint; METHODS.len()] = {
            let mut endpoints = [Endpoint::new("Client", "send", "REQUEST", NOT_DECLARED); METHODS.len()];
            let mut i = 0;
            while i < METHODS.len() {
                endpoints[i] = Endpoint::new("Client", "send", METHODS[i], NOT_DECLARED);
                i += 1;
            }
            endpoints
        };
        // Each index is that of a method or the last.
        let index = METHODS.iter().position(|other| *other == method.as_str());
        &UNDECLARED[index.unwrap_or(METHODS.len() - 1)]
    }

    /// Whether a trait declares it.
    pub(crate) fn is_declared(&self) -> bool {
        self.template != NOT_DECLARED
    }

    /// The trait it is declared in, for example `Connectors`.
    pub const fn api(&self) -> &'static str {
        self.api
    }

    /// The method it is declared as, for example `list`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The verb.
    pub fn method(&self) -> Method {
        // The macro lets only tokens through, so that the fallback is never taken.
        Method::from_bytes(self.method.as_bytes()).unwrap_or_default()
    }

    /// The path template with its prefix and without its query, for example `v1/connectors/<id>`; it names no value.
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// Whether the call may be repeated after it may have been executed: by its verb (GET, HEAD, PUT, DELETE and
    /// OPTIONS are idempotent, RFC 9110 section 9.2.2) or because `idempotent` or `idempotency_key` is declared.
    pub const fn is_idempotent(&self) -> bool {
        self.idempotent || self.idempotency_key.is_some()
    }

    /// The limit of the whole call that `timeout = ".."` declares.
    pub const fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    pub(crate) const fn path(&self) -> &'static [PathPart] {
        self.path
    }

    pub(crate) const fn query(&self) -> &'static [QueryPart] {
        self.query
    }

    pub(crate) fn has_kind(&self, kind: ParameterKind) -> bool {
        self.parameters.iter().any(|parameter| parameter.kind == kind)
    }
}

fn class_name<E: ErrorClass>(status: StatusCode) -> Option<&'static str> {
    E::from_status(status).map(|class| class.name())
}

impl PartialEq for Endpoint {
    fn eq(&self, other: &Self) -> bool {
        (self.api, self.name, self.method, self.template)
            == (other.api, other.name, other.method, other.template)
    }
}

impl Eq for Endpoint {}

impl std::hash::Hash for Endpoint {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.api, self.name, self.method, self.template).hash(state);
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({}::{}: {self})", self.api, self.name)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}
