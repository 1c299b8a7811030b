//! Reads what every request sends: headers, pairs of the query and fields.

use syn::{Expr, LitStr};

use crate::errors::Errors;
use crate::model::settings::{FixedHeader, FixedValue};
use crate::syntax::options::{self, Syntax};
use crate::syntax::value::{Value, is_literal, sent_header_name};

/// Syntax of fixed headers, on an endpoint and on the trait.
pub(super) const HEADERS: Syntax = Syntax::Pairs("headers(\"X-Name\" = \"value\")");

/// Syntax of fixed pairs of the query, on an endpoint and on the trait.
pub(super) const QUERY: Syntax = Syntax::Pairs("query(\"api-version\" = \"1\")");

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

/// Reads the values of `fields(..)` or `query(..)`. `what` is the word for one of them.
pub(super) fn fixed_values<'a>(
    given: impl Iterator<Item = &'a (LitStr, Expr)>,
    what: &str,
    errors: &mut Errors,
) -> Vec<FixedValue> {
    let mut values: Vec<FixedValue> = Vec::new();
    for (literal, value) in given {
        let name = literal.value();
        if name.is_empty() {
            errors.at(literal, format!("a {what} needs a name: write it in the quotes"));
        } else if values.iter().any(|other| other.name == name) {
            let name = name.escape_debug();
            errors.at(literal, format!("duplicate {what} `{name}`: remove one"));
        } else {
            let (span, value) = (literal.span(), value.clone());
            values.push(FixedValue { span, name, value, gives_way: false });
        }
    }
    values
}
