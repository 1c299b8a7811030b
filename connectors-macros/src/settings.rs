//! What the options of an endpoint say.

use syn::{Expr, LitStr, Path};

use crate::errors::Errors;
use crate::options::{self, Form, Known, Options};

pub(crate) const OPTIONS: [Known; 8] = [
    Known { name: "timeout", form: Form::Value("timeout = \"5s\"") },
    Known { name: "idempotent", form: Form::Flag },
    Known { name: "at_most_one", form: Form::List("at_most_one(a, b)") },
    Known { name: "form", form: Form::Flag },
    Known { name: "none_on", form: Form::Value("none_on = 404") },
    Known { name: "accept", form: Form::Value("accept = \"text/csv\"") },
    Known { name: "auth", form: Form::Value("auth = none") },
    Known { name: "error", form: Form::Value("error = MyError") },
];

/// The options of an endpoint, read.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) idempotent: bool,
    /// Whether the fields are a form and no JSON object.
    pub(crate) form: bool,
    /// Whether the client's authentication is left out.
    pub(crate) without_auth: bool,
    pub(crate) timeout: Option<Timeout>,
    /// The error status that reads as `None`.
    pub(crate) none_on: Option<u16>,
    /// The `Accept` header in place of the return type's.
    pub(crate) accept: Option<String>,
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
            form: options.flag("form"),
            without_auth: options.value("auth").is_some_and(|value| is_none(value, errors)),
            timeout: options.value("timeout").and_then(|value| timeout(value, errors)),
            none_on: options.value("none_on").and_then(|value| none_on(value, errors)),
            accept: options.text("accept", errors).and_then(|value| accept(&value, errors)),
            error: options.path("error", errors),
            at_most_one: Vec::new(),
        }
    }
}

/// Reads a limit of time.
pub(crate) fn timeout(value: &Expr, errors: &mut Errors) -> Option<Timeout> {
    let Some(literal) = options::text(value) else {
        if is_number(value) {
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

/// A number, also a negative one.
fn is_number(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => is_number(&unary.expr),
        _ => false,
    }
}

fn none_on(value: &Expr, errors: &mut Errors) -> Option<u16> {
    let status = match value {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    };
    let status = status.filter(|status| (400..=599).contains(status));
    if status.is_none() {
        errors.at(value, "`none_on` is an error status, from 400 to 599: write `none_on = 404`");
    }
    status
}

fn accept(value: &LitStr, errors: &mut Errors) -> Option<String> {
    let text = value.value();
    let is_legal = text.contains('/') && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !is_legal {
        errors.at(value, "`accept` is a media type, for example `accept = \"text/csv\"`");
    }
    is_legal.then_some(text)
}

/// The only kind of authentication that an endpoint can ask for is none.
fn is_none(value: &Expr, errors: &mut Errors) -> bool {
    let is_none = matches!(value, Expr::Path(path) if path.path.is_ident("none"));
    if !is_none {
        errors.at(value, "an endpoint has the client's authentication, or none: write `auth = none`");
    }
    is_none
}
