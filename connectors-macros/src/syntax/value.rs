//! Values of options: a literal, which is checked here, or a constant, which rustc checks.

use quote::ToTokens;
use syn::{Attribute, Expr, ExprPath, LitStr, Path};

use super::options;
use crate::errors::Errors;

/// A value as it is written.
#[derive(Clone)]
pub(crate) enum Value {
    Literal(String),
    Constant(Expr),
}

impl Value {
    /// Returns the constant, which rustc has to check.
    pub(crate) fn constant(&self) -> Option<&Expr> {
        match self {
            Self::Literal(_) => None,
            Self::Constant(constant) => Some(constant),
        }
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match self {
            Self::Literal(literal) => literal.to_tokens(tokens),
            Self::Constant(constant) => constant.to_tokens(tokens),
        }
    }
}

/// Reads the value of `accept`: media types, separated by commas (RFC 9110 section 12.5.1).
pub(crate) fn accept(text: &LitStr, errors: &mut Errors) -> Option<String> {
    let accept = text.value();
    if !accept.split(',').all(is_media_type) {
        errors.at(text, "`accept` is a media type: write `accept = \"text/csv\"`");
        return None;
    }
    Some(accept)
}

/// Reads the literal of a content type.
fn media_type(text: &LitStr, errors: &mut Errors) -> Option<String> {
    let media_type = text.value();
    if !is_media_type(&media_type) {
        errors.at(
            text,
            "`content_type` is a media type: write `content_type = \"application/merge-patch+json\"`",
        );
        return None;
    }
    Some(media_type)
}

/// Returns true for two tokens with a slash between them, before any parameters (RFC 9110 section
/// 8.3.1). The runtime checks constants by the same rule, in `MediaType::is_valid`.
fn is_media_type(text: &str) -> bool {
    let name = text.split(';').next().unwrap_or_default().trim_ascii();
    let is_printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    is_printable && name.split_once('/').is_some_and(|(a, b)| is_token(a) && is_token(b))
}

/// Reads the media type of `content_type`: a literal, or a constant that rustc checks.
pub(crate) fn content_type(value: &Expr, errors: &mut Errors) -> Option<Value> {
    match options::text(value) {
        Some(text) => media_type(&text, errors).map(Value::Literal),
        None if is_literal(value) => {
            errors.at(value, "`content_type` is a string: write `content_type = \"…\"`");
            None
        }
        None => Some(Value::Constant(value.clone())),
    }
}

/// Returns true for a literal, also for a negative number.
pub(crate) fn is_literal(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => is_literal(&unary.expr),
        _ => false,
    }
}

/// Reads the name of a header that is sent. `what` names the use in the error about headers that
/// the transport sets.
pub(crate) fn sent_header_name(
    literal: &LitStr,
    what: &str,
    errors: &mut Errors,
) -> Option<String> {
    let name = header_name(literal, errors)?;
    if matches!(name.as_str(), "content-length" | "transfer-encoding" | "host" | "connection") {
        errors.at(literal, format!("the transport sets the header `{name}`: it cannot be {what}"));
        return None;
    }
    Some(name)
}

/// Returns true for a valid name of a method or header (RFC 9110 section 5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}

/// Reads the name of a header. The result is in lowercase.
pub(crate) fn header_name(literal: &LitStr, errors: &mut Errors) -> Option<String> {
    let name = literal.value().to_ascii_lowercase();
    if !is_token(&name) {
        errors.at(
            literal,
            format!(
                "invalid header name `{}`: write letters, digits and `-`",
                literal.value().escape_debug()
            ),
        );
        return None;
    }
    Some(name)
}

/// Reads `#[with(my::module)]`, or `#[with(As::<Hex>)]` for a type with these functions.
pub(crate) fn with_module(attribute: &Attribute, errors: &mut Errors) -> Option<Path> {
    let module = attribute.parse_args::<ExprPath>().ok().filter(|path| path.qself.is_none());
    if module.is_none() {
        let mistake = "the module with the functions `serialize` and `deserialize` is missing: write `#[with(my::module)]`";
        errors.at(attribute, mistake);
    }
    module.map(|module| module.path)
}

#[cfg(test)]
mod tests {
    use super::is_media_type;

    /// The runtime's test of constants reads the same file.
    #[test]
    fn a_valid_media_type_has_two_tokens() {
        let path = "../connectors-client/src/encode/media_types.txt";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let cases = std::fs::read_to_string(path).unwrap();
        for line in cases.lines() {
            let (kind, text) = line.split_once(' ').unwrap_or((line, ""));
            assert_eq!(is_media_type(text), kind == "valid", "`{text}`");
        }
        assert!(!is_media_type("text/csv\n;a"));
    }
}
