//! Reads the options of an endpoint.

use syn::{Expr, ExprLit, Ident, Lit, LitStr};

use super::paginate;
use crate::errors::Errors;
use crate::model::settings::{
    FixedField, FixedHeader, Format, ItemMatcher, Poll, Settings, Timeout, Timeouts,
};
use crate::syntax::options::{self, OptionSpec, Options, ParsedMatcher, Syntax};
use crate::syntax::value::{self, Value, is_literal, sent_header_name};

pub(super) const OPTIONS: [OptionSpec; 22] = [
    OptionSpec { name: "timeout", syntax: Syntax::Value("timeout = \"5s\"") },
    OptionSpec { name: "attempt_timeout", syntax: Syntax::Value("attempt_timeout = \"5m\"") },
    OptionSpec { name: "idle_timeout", syntax: Syntax::Value("idle_timeout = \"5m\"") },
    OptionSpec { name: "idempotent", syntax: Syntax::Flag },
    OptionSpec {
        name: "idempotency_key",
        syntax: Syntax::FlagOrValue("idempotency_key = \"X-Key\""),
    },
    OptionSpec { name: "at_most_one", syntax: Syntax::List("at_most_one(a, b)") },
    OptionSpec { name: "form", syntax: Syntax::Flag },
    OptionSpec { name: "multipart", syntax: Syntax::Flag },
    OptionSpec { name: "headers", syntax: HEADERS },
    OptionSpec { name: "fields", syntax: Syntax::Pairs("fields(name = \"value\")") },
    OptionSpec { name: "none_on", syntax: Syntax::Value("none_on = 404") },
    OptionSpec { name: "accept", syntax: Syntax::Value("accept = \"text/csv\"") },
    OptionSpec { name: "auth", syntax: Syntax::Value("auth = none") },
    OptionSpec { name: "decompress", syntax: Syntax::Value("decompress = none") },
    OptionSpec { name: "error", syntax: Syntax::Value("error = MyError") },
    OptionSpec {
        name: "done",
        syntax: Syntax::Matchers("done = \"[DONE]\"` or `done(type = \"end\")"),
    },
    OptionSpec {
        name: "failed",
        syntax: Syntax::Matchers("failed(error)` or `failed(type = \"error\")"),
    },
    OptionSpec { name: "on_invalid_item", syntax: Syntax::Value("on_invalid_item = skip") },
    OptionSpec { name: "resume", syntax: Syntax::Flag },
    OptionSpec {
        name: "paginate",
        syntax: Syntax::Words("paginate(offset)` or `paginate(cursor = page_token)"),
    },
    OptionSpec { name: "request", syntax: Syntax::Value("request = ListArchivedOrders") },
    OptionSpec { name: "poll", syntax: Syntax::FlagOrPairs("poll(every = \"2s\")") },
];

/// Syntax of fixed headers, on an endpoint and on the trait.
pub(super) const HEADERS: Syntax = Syntax::Pairs("headers(\"X-Name\" = \"value\")");

impl Timeouts {
    pub(super) fn read(options: &Options, errors: &mut Errors) -> Self {
        let mut read = |name| options.value(name).and_then(|value| timeout(value, errors));
        Self { call: read("timeout"), attempt: read("attempt_timeout"), idle: read("idle_timeout") }
    }
}

impl Settings {
    pub(super) fn read(options: &Options, errors: &mut Errors) -> Self {
        Self {
            idempotent: options.flag("idempotent"),
            idempotency_key: idempotency_key(options, errors),
            format: format(options, errors),
            headers: fixed_headers(options.pairs("headers"), errors),
            fields: fields(options.pairs("fields"), errors),
            without_auth: is_none(options, "auth", "the client's authentication", errors),
            without_decompression: is_none(options, "decompress", "decompressed bodies", errors),
            timeouts: Timeouts::read(options, errors),
            none_on: options.value("none_on").and_then(|value| error_status(value, errors)),
            accept: accept(options, errors),
            error: options.path("error", errors),
            done: matchers(options.matchers("done"), errors),
            failed: matchers(options.matchers("failed"), errors),
            skips_invalid_items: options
                .value("on_invalid_item")
                .is_some_and(|value| is_skip(value, errors)),
            resume: options.name("resume").cloned(),
            paginate: paginate::read(options, errors),
            poll: poll(options, errors),
            at_most_one: Vec::new(),
            request: request(options, errors),
        }
    }
}

/// Reads the name of the request's type.
fn request(options: &Options, errors: &mut Errors) -> Option<Ident> {
    let value = options.value("request")?;
    let name = match value {
        Expr::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    };
    if name.is_none() {
        errors.at(value, "`request` is the name of a type: write `request = ListArchivedOrders`");
    }
    name
}

fn poll(options: &Options, errors: &mut Errors) -> Option<Poll> {
    let mut poll = Poll { option: options.name("poll")?.clone(), every: None, timeout: None };
    for (name, value) in options.pairs("poll") {
        match name.value().as_str() {
            "every" => poll.every = timeout(value, errors),
            "timeout" => poll.timeout = timeout(value, errors),
            _ => errors.at(
                name,
                "unknown option of `poll`: write `every = \"2s\"` or `timeout = \"10m\"`",
            ),
        }
    }
    Some(poll)
}

fn matchers<'a>(
    given: impl Iterator<Item = ParsedMatcher<'a>>,
    errors: &mut Errors,
) -> Vec<ItemMatcher> {
    let matcher = |matcher| {
        Some(match matcher {
            ParsedMatcher::Text(text) => ItemMatcher::Text(matcher_text(text, errors)?),
            ParsedMatcher::Field(name) => ItemMatcher::Field(name),
            ParsedMatcher::FieldValue(name, value) => match truth(value) {
                Some(value) => ItemMatcher::FieldIs(name, value),
                None => ItemMatcher::FieldValue(name, matcher_text(value, errors)?),
            },
        })
    };
    given.filter_map(matcher).collect()
}

/// `true` or `false`.
fn truth(value: &Expr) -> Option<bool> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Some(value.value),
        _ => None,
    }
}

fn matcher_text(value: &Expr, errors: &mut Errors) -> Option<Value> {
    match options::text(value) {
        Some(text) if text.value().trim().is_empty() => {
            errors.at(&text, "empty text: write the text that the server sends");
            None
        }
        Some(text) => Some(Value::Literal(text.value())),
        None if is_literal(value) => {
            errors.at(value, "an item is matched by a text in quotes, or by `true` or `false`");
            None
        }
        None => Some(Value::Constant(value.clone())),
    }
}

/// Returns true if a line that cannot be read is skipped.
fn is_skip(value: &Expr, errors: &mut Errors) -> bool {
    let is = |word: &str| matches!(value, Expr::Path(path) if path.path.is_ident(word));
    if !is("skip") && !is("fail") {
        errors.at(
            value,
            "invalid value of `on_invalid_item`: write `on_invalid_item = skip` or `on_invalid_item = fail`",
        );
    }
    is("skip")
}

/// Options of the trait for endpoints that do not set them.
#[derive(Default)]
pub(super) struct TraitDefaults {
    /// Path before every template.
    pub(super) prefix: String,
    /// True if the client's authentication is left out.
    pub(super) without_auth: bool,
    /// Header of the idempotency key, in lowercase.
    idempotency_key: Option<String>,
}

impl TraitDefaults {
    pub(super) fn read(options: &Options, prefix: String, errors: &mut Errors) -> Self {
        let without_auth = is_none(options, "auth", "the client's authentication", errors);
        Self { prefix, without_auth, idempotency_key: idempotency_key(options, errors) }
    }
}

impl Settings {
    /// Fills in the options of the trait. Only POST and PATCH need an idempotency key (RFC 9110
    /// section 9.2.2).
    pub(super) fn inherit(&mut self, defaults: &TraitDefaults, method: &str) {
        self.without_auth |= defaults.without_auth;
        if self.idempotency_key.is_none() && matches!(method, "POST" | "PATCH") {
            self.idempotency_key.clone_from(&defaults.idempotency_key);
        }
    }
}

/// Returns the header of the key. The default is that of the IETF draft "The Idempotency-Key HTTP
/// Header Field".
fn idempotency_key(options: &Options, errors: &mut Errors) -> Option<String> {
    options.name("idempotency_key")?;
    if options.value("idempotency_key").is_none() {
        return Some("idempotency-key".to_owned());
    }
    let name = options.text("idempotency_key", errors)?;
    sent_header_name(&name, "a key", errors)
}

fn fields<'a>(
    given: impl Iterator<Item = &'a (LitStr, Expr)>,
    errors: &mut Errors,
) -> Vec<FixedField> {
    let mut fields: Vec<FixedField> = Vec::new();
    for (literal, value) in given {
        let name = literal.value();
        if name.is_empty() || fields.iter().any(|other| other.name == name) {
            let mistake = if name.is_empty() {
                "a field needs a name: write it in the quotes".to_owned()
            } else {
                format!("duplicate field `{}`: remove one", name.escape_debug())
            };
            errors.at(literal, mistake);
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

/// Reads a timeout.
fn timeout(value: &Expr, errors: &mut Errors) -> Option<Timeout> {
    let Some(literal) = options::text(value) else {
        if is_literal(value) {
            errors.at(
                value,
                "a timeout needs a unit: write `timeout = \"5s\"`, or a constant of type `Duration`",
            );
            return None;
        }
        return Some(Timeout::Constant(value.clone()));
    };
    let text = literal.value();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    // The text begins with the digits.
    let unit = match &text[digits.len()..] {
        "ms" => Some(1),
        "s" => Some(1000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    let timeout = unit
        .and_then(|unit| digits.parse::<u64>().ok()?.checked_mul(unit))
        .filter(|timeout| *timeout > 0);
    if timeout.is_none() {
        errors.at(
            &literal,
            format!(
                "invalid timeout `{}`: write a whole number and `ms`, `s`, `m` or `h`, for example `\"5s\"`",
                text.escape_debug()
            ),
        );
    }
    timeout.map(Timeout::Milliseconds)
}

/// Returns true if an option is `none`, its only value.
fn is_none(options: &Options, name: &str, default: &str, errors: &mut Errors) -> bool {
    let Some(value) = options.value(name) else { return false };
    let is_none = matches!(value, Expr::Path(path) if path.path.is_ident("none"));
    if !is_none {
        errors.at(
            value,
            format!(
                "invalid value of `{name}`: write `{name} = none`, or leave it out for {default}"
            ),
        );
    }
    is_none
}

/// Reads the error status of `none_on`.
fn error_status(value: &Expr, errors: &mut Errors) -> Option<u16> {
    let status = match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    };
    let status = status.filter(|status| (400..=599).contains(status));
    if status.is_none() {
        errors.at(
            value,
            "`none_on` is a literal error status, from 400 to 599: write `none_on = 404`",
        );
    }
    status
}

/// Reads the media type of `accept`.
fn accept(options: &Options, errors: &mut Errors) -> Option<String> {
    let text = options.text("accept", errors)?;
    value::accept(&text, errors)
}

/// Reads the pairs of `headers(..)`.
pub(super) fn fixed_headers<'a>(
    pairs: impl Iterator<Item = &'a (LitStr, Expr)>,
    errors: &mut Errors,
) -> Vec<FixedHeader> {
    let mut headers: Vec<FixedHeader> = Vec::new();
    for (literal, value) in pairs {
        let Some(name) = sent_header_name(literal, "set here", errors) else { continue };
        if headers.iter().any(|other| other.name == name) {
            errors.at(literal, format!("duplicate header `{name}`: remove one"));
        } else if let Some(value) = header_value(&name, value, errors) {
            headers.push(FixedHeader { literal: literal.clone(), name, value });
        }
    }
    headers
}

fn header_value(name: &str, value: &Expr, errors: &mut Errors) -> Option<Value> {
    let Some(text) = options::text(value) else {
        if is_literal(value) {
            errors.at(
                value,
                format!("the value of the header `{name}` is a string: write it in quotes"),
            );
            return None;
        }
        return Some(Value::Constant(value.clone()));
    };
    if !text.value().bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        errors.at(
            &text,
            format!(
                "the value of the header `{name}` has a character that is invalid in a header: remove it"
            ),
        );
        return None;
    }
    Some(Value::Literal(text.value()))
}
