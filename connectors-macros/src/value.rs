//! Values of options: a literal, which is checked here, or a constant of the user's, which the compiler checks.

use quote::ToTokens;
use syn::{Expr, ExprLit, Lit, LitStr};

use crate::errors::Errors;
use crate::options;

/// A value as it is written.
pub(crate) enum Value<T> {
    Literal(T),
    Constant(Expr),
}

impl<T> Value<T> {
    pub(crate) fn constant(&self) -> Option<&Expr> {
        match self {
            Self::Literal(_) => None,
            Self::Constant(constant) => Some(constant),
        }
    }
}

impl<T: ToTokens> ToTokens for Value<T> {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match self {
            Self::Literal(literal) => literal.to_tokens(tokens),
            Self::Constant(constant) => constant.to_tokens(tokens),
        }
    }
}

/// A media type, of an option that is called so.
pub(crate) fn media_type(value: &Expr, option: &str, errors: &mut Errors) -> Option<Value<String>> {
    let example = if option == "accept" { "text/csv" } else { "application/merge-patch+json" };
    let text = text(value, option, errors)?;
    if let Value::Literal(text) = &text
        && !(text.contains('/') && text.bytes().all(|byte| matches!(byte, b' '..=b'~')))
    {
        errors.at(value, format!("`{option}` is a media type, for example `{option} = \"{example}\"`"));
        return None;
    }
    Some(text)
}

/// The text of an option that is called so.
pub(crate) fn text(value: &Expr, option: &str, errors: &mut Errors) -> Option<Value<String>> {
    match options::text(value) {
        Some(text) => Some(Value::Literal(text.value())),
        None if is_literal(value) => {
            errors.at(value, format!("`{option}` is a string, for example `{option} = \"…\"`"));
            None
        }
        None => Some(Value::Constant(value.clone())),
    }
}

/// Where an expression is.
pub(crate) fn span(value: &Expr) -> proc_macro2::Span {
    syn::spanned::Spanned::span(value)
}

/// A literal, also a negative number.
pub(crate) fn is_literal(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => is_literal(&unary.expr),
        _ => false,
    }
}

/// An error status.
pub(crate) fn error_status(value: &Expr, errors: &mut Errors) -> Option<Value<u16>> {
    if !is_literal(value) {
        return Some(Value::Constant(value.clone()));
    }
    let status = match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    };
    let status = status.filter(|status| (400..=599).contains(status));
    if status.is_none() {
        errors.at(value, "`none_on` is an error status, from 400 to 599: write `none_on = 404`");
    }
    status.map(Value::Literal)
}

/// A header that is always sent: its name in small letters.
pub(crate) struct FixedHeader {
    pub(crate) literal: LitStr,
    pub(crate) name: String,
    pub(crate) value: Value<String>,
}

/// The pairs of `headers(..)`.
pub(crate) fn fixed_headers<'a>(
    pairs: impl Iterator<Item = &'a (LitStr, Expr)>,
    errors: &mut Errors,
) -> Vec<FixedHeader> {
    let mut headers: Vec<FixedHeader> = Vec::new();
    for (literal, value) in pairs {
        let Some(name) = sent_header_name(literal, "set here", errors) else { continue };
        if headers.iter().any(|other| other.name == name) {
            errors.at(literal, format!("the header `{name}` is there twice: remove one"));
        } else if let Some(value) = header_value(&name, value, errors) {
            headers.push(FixedHeader { literal: literal.clone(), name, value });
        }
    }
    headers
}

fn header_value(name: &str, value: &Expr, errors: &mut Errors) -> Option<Value<String>> {
    let Some(text) = options::text(value) else {
        if is_literal(value) {
            errors.at(value, format!("the value of the header `{name}` is a string: write it in quotes"));
            return None;
        }
        return Some(Value::Constant(value.clone()));
    };
    if !text.value().bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        errors
            .at(&text, format!("the value of the header `{name}` has a character that no header can carry"));
        return None;
    }
    Some(Value::Literal(text.value()))
}

/// The name of a header that is sent; `what` says what cannot be done with those of the transport.
pub(crate) fn sent_header_name(literal: &LitStr, what: &str, errors: &mut Errors) -> Option<String> {
    let name = header_name(literal, errors)?;
    if matches!(name.as_str(), "content-length" | "transfer-encoding" | "host" | "connection") {
        errors.at(literal, format!("the header `{name}` is the transport's: it cannot be {what}"));
        return None;
    }
    Some(name)
}

/// What a method or a header can be called (RFC 9110 section 5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}

/// The name of a header, in small letters.
pub(crate) fn header_name(literal: &LitStr, errors: &mut Errors) -> Option<String> {
    let name = literal.value().to_ascii_lowercase();
    if !is_token(&name) {
        errors.at(
            literal,
            format!(
                "`{}` is not the name of a header: that is letters, digits and `-`",
                literal.value().escape_debug()
            ),
        );
        return None;
    }
    Some(name)
}
