//! Reads the options of an endpoint, and those of the trait for all of its endpoints.

use syn::ext::IdentExt as _;
use syn::{Expr, ExprLit, ExprUnary, Ident, Lit, UnOp};

use super::fixed::{HEADERS, QUERY, fixed_headers, fixed_values};
use super::paginate;
use super::poll::poll;
use crate::errors::Errors;
use crate::model::settings::{
    Auth, Compress, Envelope, FixedValue, Format, ItemMatcher, RetryCause, Settings, Timeouts,
};
use crate::syntax::case::Case;
use crate::syntax::options::{self, OptionSpec, Options, ParsedMatcher, Syntax};
use crate::syntax::value::{self, Value, is_literal, sent_header_name};

pub(super) const DYN_COMPATIBLE: &str = "dyn_compatible";

/// Syntax of the credentials, on an endpoint and on the trait.
const AUTH: Syntax = Syntax::Value("auth = admin` or `auth = none");

const RETRY_ON: &str = "retry_on = [409, timeout]";

/// Syntax of what recognises a failure, on an endpoint and on the trait.
const FAILED: Syntax = Syntax::Matchers("failed(error)` or `failed(type = \"error\")");

const COMPRESS: Syntax = Syntax::Value("compress = \"gzip\"");

const LIMIT: Syntax = Syntax::Value("limit = \"search\"");

/// The options of `#[api_client(..)]`.
pub(super) const OF_TRAIT: [OptionSpec; 17] = [
    OptionSpec { name: "error", syntax: Syntax::Value("error = MyError") },
    OptionSpec { name: "prefix", syntax: Syntax::Value("prefix = \"v1\"") },
    OptionSpec { name: "timeout", syntax: Syntax::Value("timeout = \"5s\"") },
    OptionSpec { name: "attempt_timeout", syntax: Syntax::Value("attempt_timeout = \"5m\"") },
    OptionSpec { name: "idle_timeout", syntax: Syntax::Value("idle_timeout = \"5m\"") },
    OptionSpec { name: "headers", syntax: HEADERS },
    OptionSpec { name: "query", syntax: QUERY },
    OptionSpec { name: "auth", syntax: AUTH },
    OptionSpec { name: "rename_all", syntax: Syntax::Value("rename_all = \"camelCase\"") },
    OptionSpec { name: "query_space", syntax: Syntax::Value("query_space = \"%20\"") },
    OptionSpec { name: "envelope", syntax: Syntax::Value("envelope = \"data\"") },
    OptionSpec { name: "compress", syntax: COMPRESS },
    OptionSpec { name: "limit", syntax: LIMIT },
    OptionSpec {
        name: "idempotency_key",
        syntax: Syntax::FlagOrValue("idempotency_key = \"X-Key\""),
    },
    OptionSpec { name: "failed", syntax: FAILED },
    OptionSpec { name: DYN_COMPATIBLE, syntax: Syntax::Flag },
    OptionSpec { name: "crate", syntax: Syntax::Value("crate = my::path") },
];

/// The options of an endpoint.
pub(super) const OF_ENDPOINT: [OptionSpec; 29] = [
    OptionSpec { name: "timeout", syntax: Syntax::Value("timeout = \"5s\"") },
    OptionSpec { name: "attempt_timeout", syntax: Syntax::Value("attempt_timeout = \"5m\"") },
    OptionSpec { name: "idle_timeout", syntax: Syntax::Value("idle_timeout = \"5m\"") },
    OptionSpec { name: "idempotent", syntax: Syntax::Flag },
    OptionSpec {
        name: "idempotency_key",
        syntax: Syntax::FlagOrValue("idempotency_key = \"X-Key\""),
    },
    OptionSpec { name: "retry_on", syntax: Syntax::Value(RETRY_ON) },
    OptionSpec { name: "never_retry_on", syntax: Syntax::Value("never_retry_on = [500]") },
    OptionSpec { name: "at_most_one", syntax: Syntax::List("at_most_one(a, b)") },
    OptionSpec { name: "form", syntax: Syntax::Flag },
    OptionSpec { name: "multipart", syntax: Syntax::Flag },
    OptionSpec { name: "headers", syntax: HEADERS },
    OptionSpec { name: "query", syntax: QUERY },
    OptionSpec { name: "fields", syntax: Syntax::Pairs("fields(name = \"value\")") },
    OptionSpec { name: "empty_body", syntax: Syntax::Value("empty_body = none") },
    OptionSpec { name: "none_on", syntax: Syntax::Value("none_on = 404") },
    OptionSpec { name: "accept", syntax: Syntax::Value("accept = \"text/csv\"") },
    OptionSpec { name: "auth", syntax: AUTH },
    OptionSpec { name: "envelope", syntax: Syntax::Value("envelope = \"data\"") },
    OptionSpec { name: "compress", syntax: COMPRESS },
    OptionSpec { name: "limit", syntax: LIMIT },
    OptionSpec { name: "decompress", syntax: Syntax::Value("decompress = none") },
    OptionSpec { name: "error", syntax: Syntax::Value("error = MyError") },
    OptionSpec {
        name: "done",
        syntax: Syntax::Matchers("done = \"[DONE]\"` or `done(type = \"end\")"),
    },
    OptionSpec { name: "failed", syntax: FAILED },
    OptionSpec { name: "on_invalid_item", syntax: Syntax::Value("on_invalid_item = skip") },
    OptionSpec { name: "resume", syntax: Syntax::Flag },
    OptionSpec {
        name: "paginate",
        syntax: Syntax::Words("paginate(offset)` or `paginate(cursor = page_token)"),
    },
    OptionSpec { name: "request", syntax: Syntax::Value("request = ListArchivedOrders") },
    OptionSpec { name: "poll", syntax: Syntax::FlagOrPairs("poll(every = \"2s\")") },
];

impl Settings {
    pub(super) fn read(options: &Options, errors: &mut Errors) -> Self {
        Self {
            idempotent: options.flag("idempotent"),
            retry_on: retry_on(options, errors),
            idempotency_key: idempotency_key(options, errors),
            format: format(options, errors),
            headers: fixed_headers(options.pairs("headers"), errors),
            query: fixed_values(options.pairs("query"), "pair", errors),
            fields: fixed_values(options.pairs("fields"), "field", errors),
            omits_empty_body: is_none(options, "empty_body", "an empty object or form", errors)
                .then(|| options.name("empty_body").cloned())
                .flatten(),
            auth: auth(options, errors),
            without_decompression: is_none(options, "decompress", "decompressed bodies", errors),
            percent_encodes_spaces: false,
            envelope: envelope(options, true, errors),
            compress: compress(options, errors),
            limit: limit_group(options, errors),
            own_compress: options.name("compress").cloned(),
            timeouts: Timeouts::read(options, errors),
            none_on: options.value("none_on").and_then(|value| error_status(value, errors)),
            accept: accept(options, errors),
            error: options.path("error", errors),
            done: matchers(options.matchers("done"), errors),
            failed: matchers(options.matchers("failed"), errors),
            own_failed: options.name("failed").is_some(),
            failed_responses: Vec::new(),
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

/// Kinds of errors that a rule about retries can name.
const RETRIED_KINDS: [&str; 8] =
    ["connect", "tls", "timeout", "interrupted", "protocol", "redirect", "too_large", "decode"];

/// Reads the failures that are retried, and then those that never are.
fn retry_on(options: &Options, errors: &mut Errors) -> Vec<(RetryCause, bool)> {
    let mut rules = Vec::new();
    for (name, is_retried) in [("retry_on", true), ("never_retry_on", false)] {
        let Some(value) = options.value(name) else { continue };
        let Expr::Array(list) = value else {
            errors.at(value, format!("`{name}` is a list: write `{name} = [409, timeout]`"));
            continue;
        };
        for cause in &list.elems {
            rules.extend(retry_cause(name, cause, errors).map(|cause| (cause, is_retried)));
        }
    }
    rules
}

/// Reads a failure: an error status, also one that needs `Retry-After`, the name of an error's kind,
/// or the header that decides.
fn retry_cause(name: &str, value: &Expr, errors: &mut Errors) -> Option<RetryCause> {
    let cause = match value {
        Expr::Path(path) if path.path.is_ident(SHOULD_RETRY) => Some(RetryCause::ShouldRetryHeader),
        Expr::Path(path) => path
            .path
            .get_ident()
            .map(ToString::to_string)
            .filter(|kind| RETRIED_KINDS.contains(&kind.as_str()))
            .map(RetryCause::Kind),
        Expr::Call(call) if is_named(&call.func, "retry_after") && call.args.len() == 1 => {
            retried_status(&call.args[0]).map(RetryCause::StatusWithRetryAfter)
        }
        status => retried_status(status).map(RetryCause::Status),
    };
    if cause.is_none() {
        let kinds = RETRIED_KINDS.map(|kind| format!("`{kind}`")).join(", ");
        errors.at(
            value,
            format!(
                "`{name}` has error statuses, from 400 to 999, also as `retry_after(403)`, `{SHOULD_RETRY}`, and these kinds of errors: {kinds}"
            ),
        );
    }
    cause
}

/// The header `x-should-retry`, as it is written in a list.
const SHOULD_RETRY: &str = "x_should_retry";

fn retried_status(value: &Expr) -> Option<u16> {
    let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = value else { return None };
    number.base10_parse().ok().filter(|status| (400..=999).contains(status))
}

fn is_named(function: &Expr, name: &str) -> bool {
    matches!(function, Expr::Path(path) if path.path.is_ident(name))
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

fn matchers<'a>(
    given: impl Iterator<Item = ParsedMatcher<'a>>,
    errors: &mut Errors,
) -> Vec<ItemMatcher> {
    let matcher = |matcher| {
        Some(match matcher {
            ParsedMatcher::Text(text) => ItemMatcher::Text(matcher_text(text, errors)?),
            ParsedMatcher::Field(path) => ItemMatcher::Field(path),
            ParsedMatcher::FieldValue(path, value) => match (truth(value), number(value)) {
                (Some(value), _) => ItemMatcher::FieldIs(path, value),
                (None, Some(value)) => ItemMatcher::FieldNumber(path, value),
                (None, None) => ItemMatcher::FieldValue(path, matcher_text(value, errors)?),
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

/// An integer or a fraction.
fn number(value: &Expr) -> Option<f64> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => number.base10_parse().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => number(expr).map(|number| -number),
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
            errors.at(value, "an item is matched by a text in quotes, and a field also by a number, `true` or `false`");
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
    /// Credentials of endpoints that name none.
    auth: Option<Auth>,
    /// Header of the idempotency key, in lowercase.
    idempotency_key: Option<String>,
    envelope: Option<Envelope>,
    compress: Option<Compress>,
    limit: Option<String>,
    /// Pairs of the query of every endpoint.
    pub(super) query: Vec<FixedValue>,
    /// Responses that are errors.
    failed: Vec<ItemMatcher>,
    percent_encodes_spaces: bool,
    /// Case of the names of query pairs and fields.
    pub(super) case: Option<&'static Case>,
}

impl TraitDefaults {
    pub(super) fn read(options: &Options, prefix: String, errors: &mut Errors) -> Self {
        Self {
            prefix,
            auth: auth(options, errors),
            idempotency_key: idempotency_key(options, errors),
            envelope: envelope(options, false, errors),
            limit: limit_group(options, errors),
            compress: compress(options, errors),
            query: fixed_values(options.pairs("query"), "pair", errors),
            failed: matchers(options.matchers("failed"), errors),
            percent_encodes_spaces: percent_encodes_spaces(options, errors),
            case: Case::from_options(options, errors),
        }
    }
}

impl Settings {
    /// Fills in the options of the trait. Only POST and PATCH need an idempotency key (RFC 9110
    /// section 9.2.2).
    pub(super) fn inherit(&mut self, defaults: &TraitDefaults, method: &str) {
        if self.auth.is_none() {
            self.auth.clone_from(&defaults.auth);
        }
        self.percent_encodes_spaces = defaults.percent_encodes_spaces;
        if self.envelope.is_none() {
            self.envelope.clone_from(&defaults.envelope);
        }
        self.compress = self.compress.or(defaults.compress);
        if self.limit.is_none() {
            self.limit.clone_from(&defaults.limit);
        }
        // With `poll`, the endpoint's own matchers are about the state of the operation.
        if self.poll.is_some() {
            self.failed_responses.clone_from(&defaults.failed);
        } else if self.failed.is_empty() && method != "HEAD" {
            self.failed.clone_from(&defaults.failed);
        }
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

/// Reads the credentials: the name of a scheme, `none`, or `default` for those of the client.
fn auth(options: &Options, errors: &mut Errors) -> Option<Auth> {
    let value = options.value("auth")?;
    let name = match value {
        Expr::Path(path) => path.path.get_ident().map(|name| name.unraw().to_string()),
        _ => None,
    };
    let Some(name) = name else {
        errors.at(
            value,
            "`auth` is the name of a scheme of the client: write `auth = admin`, or `auth = none`",
        );
        return None;
    };
    Some(match name.as_str() {
        "none" => Auth::None,
        "default" => Auth::Default,
        _ => Auth::Scheme(name),
    })
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

/// Reads the field that holds the data of a response. Only an endpoint can have `none`.
fn envelope(options: &Options, may_be_none: bool, errors: &mut Errors) -> Option<Envelope> {
    let value = options.value("envelope")?;
    let is_none = matches!(value, Expr::Path(path) if path.path.is_ident("none"));
    match options::text(value) {
        Some(name) if !name.value().is_empty() => return Some(Envelope::Field(name.value())),
        None if is_none && may_be_none => return Some(Envelope::None),
        None if is_none => {
            errors.at(value, "no endpoint has an envelope unless one is named: remove it");
        }
        _ => errors.at(value, "an envelope is the name of a field: write `envelope = \"data\"`"),
    }
    None
}

/// Reads the name of a group of endpoints that share limits.
fn limit_group(options: &Options, errors: &mut Errors) -> Option<String> {
    let name = options.text("limit", errors)?;
    if name.value().is_empty() {
        errors.at(&name, "a group of limits has a name: write `limit = \"search\"`");
    }
    Some(name.value())
}

/// Reads the coding of request bodies.
fn compress(options: &Options, errors: &mut Errors) -> Option<Compress> {
    let value = options.value("compress")?;
    match (options::text(value).map(|text| text.value()).as_deref(), value) {
        (Some("gzip"), _) => return Some(Compress::Gzip),
        (None, Expr::Path(path)) if path.path.is_ident("none") => return Some(Compress::None),
        _ => errors.at(
            value,
            "a request body is compressed by gzip: write `compress = \"gzip\"`, or `compress = none`",
        ),
    }
    None
}

/// Returns true if a space of the query is `%20`.
fn percent_encodes_spaces(options: &Options, errors: &mut Errors) -> bool {
    let Some(text) = options.text("query_space", errors) else { return false };
    if !matches!(text.value().as_str(), "%20" | "+") {
        errors.at(&text, "a space of the query is `+`, or `%20`: write `query_space = \"%20\"`");
    }
    text.value() == "%20"
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
