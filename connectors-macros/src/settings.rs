//! What the options of an endpoint say.

use proc_macro2::Span;
use syn::{Expr, ExprLit, Ident, Lit, LitStr, Path};

use crate::errors::Errors;
use crate::options::{self, Form, Known, Options};
use crate::paginate::{self, Paginate};
use crate::value::{self, FixedHeader, Value};

pub(crate) const OPTIONS: [Known; 20] = [
    Known { name: "timeout", form: Form::Value("timeout = \"5s\"") },
    Known { name: "attempt_timeout", form: Form::Value("attempt_timeout = \"5m\"") },
    Known { name: "idle_timeout", form: Form::Value("idle_timeout = \"5m\"") },
    Known { name: "idempotent", form: Form::Flag },
    Known { name: "idempotency_key", form: Form::FlagOrValue("idempotency_key = \"X-Key\"") },
    Known { name: "at_most_one", form: Form::List("at_most_one(a, b)") },
    Known { name: "form", form: Form::Flag },
    Known { name: "multipart", form: Form::Flag },
    Known { name: "headers", form: HEADERS },
    Known { name: "fields", form: Form::Pairs("fields(name = \"value\")") },
    Known { name: "none_on", form: Form::Value("none_on = 404") },
    Known { name: "accept", form: Form::Value("accept = \"text/csv\"") },
    Known { name: "auth", form: Form::Value("auth = none") },
    Known { name: "error", form: Form::Value("error = MyError") },
    Known { name: "done", form: Form::Marks("done = \"[DONE]\"` or `done(type = \"end\")") },
    Known { name: "fails_on", form: Form::Marks("fails_on(error)` or `fails_on(type = \"error\")") },
    Known { name: "on_bad_line", form: Form::Value("on_bad_line = skip") },
    Known { name: "resume", form: Form::Flag },
    Known { name: "paginate", form: Form::Words("paginate(offset)` or `paginate(cursor = page_token)") },
    Known { name: "poll", form: Form::FlagOrPairs("poll(every = \"2s\")") },
];

/// How fixed headers are written, on an endpoint and on the trait.
pub(crate) const HEADERS: Form = Form::Pairs("headers(\"X-Name\" = \"value\")");

/// What the fields of an endpoint are sent as.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Format {
    /// One JSON object.
    #[default]
    Json,
    Form,
    Multipart,
}

impl Format {
    /// The option that asks for it.
    pub(crate) fn option(self) -> Option<&'static str> {
        match self {
            Self::Json => None,
            Self::Form => Some("form"),
            Self::Multipart => Some("multipart"),
        }
    }
}

/// The options of an endpoint, read.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) idempotent: bool,
    /// The header of the idempotency key, in small letters.
    pub(crate) idempotency_key: Option<String>,
    pub(crate) format: Format,
    pub(crate) headers: Vec<FixedHeader>,
    pub(crate) fields: Vec<FixedField>,
    /// Whether the client's authentication is left out.
    pub(crate) without_auth: bool,
    pub(crate) limits: Limits,
    /// The error status that reads as `None`.
    pub(crate) none_on: Option<Value<u16>>,
    /// The `Accept` header in place of the return type's.
    pub(crate) accept: Option<Value<String>>,
    /// The class of its errors in place of the trait's.
    pub(crate) error: Option<Path>,
    /// What in a stream says that it is complete, and what is an error.
    pub(crate) done: Vec<Mark>,
    pub(crate) fails_on: Vec<Mark>,
    /// Whether a stream goes on behind a line that cannot be read.
    pub(crate) skips_bad_lines: bool,
    /// Where it says that a stream is connected again.
    pub(crate) resume: Option<Ident>,
    /// How a list goes on.
    pub(crate) paginate: Option<Paginate>,
    /// How an operation is asked whether it is done.
    pub(crate) poll: Option<Poll>,
    /// Groups of arguments of which one can have a value; filled when the arguments have their places.
    pub(crate) at_most_one: Vec<Vec<String>>,
}

/// The times of an operation that is polled.
pub(crate) struct Poll {
    pub(crate) option: Ident,
    pub(crate) every: Option<Timeout>,
    pub(crate) timeout: Option<Timeout>,
}

/// The limits of time that an endpoint or its trait sets.
#[derive(Default)]
pub(crate) struct Limits {
    /// That of the whole call.
    pub(crate) call: Option<Timeout>,
    /// That of each attempt.
    pub(crate) attempt: Option<Timeout>,
    /// That in which nothing of a stream comes.
    pub(crate) idle: Option<Timeout>,
}

impl Limits {
    pub(crate) fn read(options: &Options, errors: &mut Errors) -> Self {
        let mut limit = |name| options.value(name).and_then(|value| timeout(value, errors));
        Self { call: limit("timeout"), attempt: limit("attempt_timeout"), idle: limit("idle_timeout") }
    }
}

/// A limit: milliseconds of a text, or any constant of the user's.
pub(crate) enum Timeout {
    Milliseconds(u64),
    Constant(Expr),
}

impl Timeout {
    /// Where a mistake of it is shown.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Milliseconds(_) => Span::call_site(),
            Self::Constant(limit) => value::span(limit),
        }
    }
}

impl Settings {
    pub(crate) fn read(options: &Options, errors: &mut Errors) -> Self {
        Self {
            idempotent: options.flag("idempotent"),
            idempotency_key: idempotency_key(options, errors),
            format: format(options, errors),
            headers: value::fixed_headers(options.pairs("headers"), errors),
            fields: fields(options.pairs("fields"), errors),
            without_auth: options.value("auth").is_some_and(|value| is_none(value, errors)),
            limits: Limits::read(options, errors),
            none_on: options.value("none_on").and_then(|value| value::error_status(value, errors)),
            accept: options.value("accept").and_then(|value| value::media_type(value, "accept", errors)),
            error: options.path("error", errors),
            done: marks(options.marks("done"), errors),
            fails_on: marks(options.marks("fails_on"), errors),
            skips_bad_lines: options.value("on_bad_line").is_some_and(|value| is_skip(value, errors)),
            resume: options.name("resume").cloned(),
            paginate: paginate::read(options, errors),
            poll: poll(options, errors),
            at_most_one: Vec::new(),
        }
    }

    /// Whether anything is about the items of a stream; of an operation, the marks are about its reply.
    pub(crate) fn has_items(&self) -> bool {
        let has_marks = !self.done.is_empty() || !self.fails_on.is_empty();
        self.skips_bad_lines || (has_marks && self.poll.is_none())
    }
}

/// What an item of a stream is recognised by.
pub(crate) enum Mark {
    Text(Value<String>),
    Field(String),
    FieldValue(String, Value<String>),
    FieldIs(String, bool),
}

fn poll(options: &Options, errors: &mut Errors) -> Option<Poll> {
    let mut poll = Poll { option: options.name("poll")?.clone(), every: None, timeout: None };
    for (name, value) in options.pairs("poll") {
        match name.value().as_str() {
            "every" => poll.every = timeout(value, errors),
            "timeout" => poll.timeout = timeout(value, errors),
            _ => errors.at(name, "unknown here: an operation has `every = \"2s\"` and `timeout = \"10m\"`"),
        }
    }
    Some(poll)
}

fn marks<'a>(given: impl Iterator<Item = options::Mark<'a>>, errors: &mut Errors) -> Vec<Mark> {
    let mark = |mark| {
        Some(match mark {
            options::Mark::Text(text) => Mark::Text(mark_text(text, errors)?),
            options::Mark::Field(name) => Mark::Field(name),
            options::Mark::FieldValue(name, value) => match truth(value) {
                Some(value) => Mark::FieldIs(name, value),
                None => Mark::FieldValue(name, mark_text(value, errors)?),
            },
        })
    };
    given.filter_map(mark).collect()
}

/// `true` or `false`.
fn truth(value: &Expr) -> Option<bool> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Some(value.value),
        _ => None,
    }
}

fn mark_text(value: &Expr, errors: &mut Errors) -> Option<Value<String>> {
    match options::text(value) {
        Some(text) if text.value().trim().is_empty() => {
            errors.at(&text, "an empty text says nothing: write the one that the server sends");
            None
        }
        Some(text) => Some(Value::Literal(text.value())),
        None if value::is_literal(value) => {
            errors.at(value, "an item is recognised by a text, in quotes, or by `true` or `false`");
            None
        }
        None => Some(Value::Constant(value.clone())),
    }
}

/// Whether a line that cannot be read is skipped.
fn is_skip(value: &Expr, errors: &mut Errors) -> bool {
    let is = |word: &str| matches!(value, Expr::Path(path) if path.path.is_ident(word));
    if !is("skip") && !is("fail") {
        errors
            .at(value, "a stream goes on behind a bad line, or fails: write `on_bad_line = skip`, or `fail`");
    }
    is("skip")
}

/// What a trait says for those of its endpoints that do not.
#[derive(Default)]
pub(crate) struct Shared {
    /// The path before their templates.
    pub(crate) prefix: String,
    /// Whether the client's authentication is left out.
    pub(crate) without_auth: bool,
    /// The header of the idempotency key, in small letters.
    idempotency_key: Option<String>,
}

impl Shared {
    pub(crate) fn read(options: &Options, prefix: String, errors: &mut Errors) -> Self {
        let without_auth = options.value("auth").is_some_and(|value| is_none(value, errors));
        Self { prefix, without_auth, idempotency_key: idempotency_key(options, errors) }
    }
}

impl Settings {
    /// Takes over what the trait says. The other verbs need no key (RFC 9110 section 9.2.2).
    pub(crate) fn take_over(&mut self, shared: &Shared, verb: &str) {
        self.without_auth |= shared.without_auth;
        if self.idempotency_key.is_none() && matches!(verb, "POST" | "PATCH") {
            self.idempotency_key.clone_from(&shared.idempotency_key);
        }
    }
}

/// The header of the key; the usual one where none is said (IETF draft "The Idempotency-Key HTTP Header Field").
fn idempotency_key(options: &Options, errors: &mut Errors) -> Option<String> {
    options.name("idempotency_key")?;
    if options.value("idempotency_key").is_none() {
        return Some("idempotency-key".to_owned());
    }
    let name = options.text("idempotency_key", errors)?;
    value::sent_header_name(&name, "a key", errors)
}

/// A field that is always sent.
pub(crate) struct FixedField {
    pub(crate) span: Span,
    pub(crate) name: String,
    /// Anything that serializes.
    pub(crate) value: Expr,
}

fn fields<'a>(given: impl Iterator<Item = &'a (LitStr, Expr)>, errors: &mut Errors) -> Vec<FixedField> {
    let mut fields: Vec<FixedField> = Vec::new();
    for (literal, value) in given {
        let name = literal.value();
        if name.is_empty() || fields.iter().any(|other| other.name == name) {
            let mistake = if name.is_empty() { "has no name" } else { "is there twice: remove one" };
            errors.at(literal, format!("the field `{}` {mistake}", name.escape_debug()));
        } else {
            fields.push(FixedField { span: literal.span(), name, value: value.clone() });
        }
    }
    fields
}

fn format(options: &Options, errors: &mut Errors) -> Format {
    match (options.name("form"), options.name("multipart")) {
        (Some(_), Some(multipart)) => {
            errors.at(multipart, "`form` and `multipart` are two formats of one body: remove one");
            Format::Multipart
        }
        (None, Some(_)) => Format::Multipart,
        (Some(_), None) => Format::Form,
        (None, None) => Format::Json,
    }
}

/// Reads a limit of time.
fn timeout(value: &Expr, errors: &mut Errors) -> Option<Timeout> {
    let Some(literal) = options::text(value) else {
        if value::is_literal(value) {
            errors
                .at(value, "a limit has a unit: write `timeout = \"5s\"`, or a constant of type `Duration`");
            return None;
        }
        return Some(Timeout::Constant(value.clone()));
    };
    let text = literal.value();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    // The digits are what the text begins with.
    let unit = match &text[digits.len()..] {
        "ms" => Some(1),
        "s" => Some(1000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    let limit =
        unit.and_then(|unit| digits.parse::<u64>().ok()?.checked_mul(unit)).filter(|limit| *limit > 0);
    if limit.is_none() {
        errors.at(
            &literal,
            format!(
                "`{}` is no limit: write a whole number and `ms`, `s`, `m` or `h`, for example `\"5s\"`",
                text.escape_debug()
            ),
        );
    }
    limit.map(Timeout::Milliseconds)
}

/// The only kind of authentication that an endpoint can ask for is none.
fn is_none(value: &Expr, errors: &mut Errors) -> bool {
    let is_none = matches!(value, Expr::Path(path) if path.path.is_ident("none"));
    if !is_none {
        errors.at(value, "an endpoint has the client's authentication, or none: write `auth = none`");
    }
    is_none
}
