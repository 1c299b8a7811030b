//! What the options of an endpoint say.

use syn::{Expr, Path};

use crate::errors::Errors;
use crate::options::{self, Form, Known, Options};
use crate::value::{self, FixedHeader, Value};

pub(crate) const OPTIONS: [Known; 10] = [
    Known { name: "timeout", form: Form::Value("timeout = \"5s\"") },
    Known { name: "idempotent", form: Form::Flag },
    Known { name: "at_most_one", form: Form::List("at_most_one(a, b)") },
    Known { name: "form", form: Form::Flag },
    Known { name: "multipart", form: Form::Flag },
    Known { name: "headers", form: HEADERS },
    Known { name: "none_on", form: Form::Value("none_on = 404") },
    Known { name: "accept", form: Form::Value("accept = \"text/csv\"") },
    Known { name: "auth", form: Form::Value("auth = none") },
    Known { name: "error", form: Form::Value("error = MyError") },
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
    pub(crate) format: Format,
    pub(crate) headers: Vec<FixedHeader>,
    /// Whether the client's authentication is left out.
    pub(crate) without_auth: bool,
    pub(crate) timeout: Option<Timeout>,
    /// The error status that reads as `None`.
    pub(crate) none_on: Option<Value<u16>>,
    /// The `Accept` header in place of the return type's.
    pub(crate) accept: Option<Value<String>>,
    /// The class of its errors in place of the trait's.
    pub(crate) error: Option<Path>,
    /// Groups of arguments of which one can have a value; filled when the arguments have their places.
    pub(crate) at_most_one: Vec<Vec<String>>,
}

/// A limit: milliseconds of a text, or any constant of the user's.
pub(crate) enum Timeout {
    Milliseconds(u64),
    Constant(Expr),
}

impl Settings {
    pub(crate) fn read(options: &Options, errors: &mut Errors) -> Self {
        Self {
            idempotent: options.flag("idempotent"),
            format: format(options, errors),
            headers: value::fixed_headers(options.pairs("headers"), errors),
            without_auth: options.value("auth").is_some_and(|value| is_none(value, errors)),
            timeout: options.value("timeout").and_then(|value| timeout(value, errors)),
            none_on: options.value("none_on").and_then(|value| value::error_status(value, errors)),
            accept: options.value("accept").and_then(|value| value::media_type(value, "accept", errors)),
            error: options.path("error", errors),
            at_most_one: Vec::new(),
        }
    }
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
pub(crate) fn timeout(value: &Expr, errors: &mut Errors) -> Option<Timeout> {
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
