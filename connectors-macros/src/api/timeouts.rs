//! Reads timeouts.

use syn::Expr;

use crate::errors::Errors;
use crate::model::settings::{Timeout, Timeouts};
use crate::syntax::options::{self, Options};
use crate::syntax::value::is_literal;

impl Timeouts {
    pub(super) fn read(options: &Options, errors: &mut Errors) -> Self {
        let mut read = |name| options.value(name).and_then(|value| timeout(value, errors));
        Self { call: read("timeout"), attempt: read("attempt_timeout"), idle: read("idle_timeout") }
    }
}

/// Reads a timeout.
pub(super) fn timeout(value: &Expr, errors: &mut Errors) -> Option<Timeout> {
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
