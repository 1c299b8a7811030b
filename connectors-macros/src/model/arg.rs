//! One argument of an endpoint.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Path, Type};

use crate::syntax::rust_type::{Presence, peeled};
use crate::syntax::value::Value;

/// An argument: its name and type, and its place in the request.
pub(crate) struct Arg {
    pub(crate) ident: Ident,
    /// Name without `r#`, as a template spells it.
    pub(crate) own_name: String,
    /// The declared type.
    pub(crate) declared: Type,
    /// The type without `Option` or `Nullable`.
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) kind: ArgKind,
    /// True if the argument has `#[field]`.
    pub(crate) is_marked_field: bool,
    /// True if the value is a secret.
    pub(crate) is_sensitive: bool,
    /// Module that serializes the value, set by `#[with(..)]`.
    pub(crate) with: Option<Path>,
    /// Media type set by `#[body(content_type = ..)]`.
    pub(crate) content_type: Option<Value>,
    /// Name on the wire.
    pub(crate) name: String,
    /// True if an attribute gives that name.
    pub(crate) is_named: bool,
    /// Doc comments, which move to the setter.
    pub(crate) docs: Vec<Attribute>,
}

impl Arg {
    /// Returns the span of the `Option` or `Nullable`, or of the argument's name if it has neither.
    pub(crate) fn wrapper_span(&self) -> Span {
        match peeled(&self.declared) {
            Type::Path(path) => {
                path.path.segments.last().map_or(self.ident.span(), |last| last.ident.span())
            }
            _ => self.ident.span(),
        }
    }
}

/// The place of an argument in the request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ArgKind {
    /// No attribute of its own decides the place.
    Unbound,
    Path,
    PathRest,
    Query,
    QueryRest,
    Field,
    /// A struct or map whose fields are fields of the body.
    FieldRest,
    /// A field of a form.
    FormField,
    /// A field of a multipart form.
    Part,
    Body,
    Header,
    /// The URL, instead of the template.
    Url,
}

impl ArgKind {
    /// Returns the name of the runtime's method that sets an argument of this kind.
    pub(crate) fn setter(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::PathRest => "path_rest",
            Self::Query => "query",
            Self::QueryRest => "query_rest",
            Self::Field | Self::Unbound => "field",
            Self::FieldRest => "field_rest",
            Self::FormField => "form_field",
            Self::Part => "part",
            Self::Body => "body",
            Self::Header => "header",
            Self::Url => "url",
        }
    }

    /// Returns the letter for this kind in the runtime's `Endpoint`.
    pub(crate) fn letter(self, is_secret: bool, presence: Presence) -> char {
        let required = match self {
            Self::Path | Self::PathRest => 'p',
            Self::Query => 'q',
            Self::QueryRest => 'r',
            Self::Field | Self::FormField | Self::Part | Self::Unbound => 'f',
            Self::FieldRest => 'm',
            Self::Body => 'b',
            Self::Header if is_secret => 's',
            Self::Header => 'h',
            Self::Url => 'u',
        };
        match presence {
            Presence::Required => required,
            // A mistake elsewhere keeps a `Nullable` or a path that is optional from being sent.
            Presence::Nullable if required == 'f' => 'n',
            Presence::Optional | Presence::Nullable if required == 'p' => 'p',
            Presence::Optional | Presence::Nullable => required.to_ascii_uppercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ArgKind;
    use crate::syntax::rust_type::Presence;

    const KINDS: [(&str, ArgKind, bool); 13] = [
        ("unbound", ArgKind::Unbound, false),
        ("path", ArgKind::Path, false),
        ("path_rest", ArgKind::PathRest, false),
        ("query", ArgKind::Query, false),
        ("query_rest", ArgKind::QueryRest, false),
        ("field", ArgKind::Field, false),
        ("field_rest", ArgKind::FieldRest, false),
        ("form_field", ArgKind::FormField, false),
        ("part", ArgKind::Part, false),
        ("body", ArgKind::Body, false),
        ("header", ArgKind::Header, false),
        ("secret_header", ArgKind::Header, true),
        ("url", ArgKind::Url, false),
    ];

    /// The table is the runtime's, which reads the letters.
    #[test]
    fn kinds_are_those_of_the_table() {
        let path = "../connectors-client/src/endpoint/argument_kinds.txt";
        let table = std::fs::read_to_string(path).unwrap();
        let rows: Vec<_> =
            table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        // Fixed values have letters of their own.
        assert_eq!(rows.len(), KINDS.len() + 2);
        for (row, (name, kind, is_secret)) in rows.into_iter().zip(KINDS) {
            let columns: Vec<_> = row.split_whitespace().collect();
            assert_eq!(columns[..2], [name, kind.setter()], "{row}");
            let presences = [Presence::Required, Presence::Optional, Presence::Nullable];
            for (letter, presence) in columns[2].chars().zip(presences) {
                let is_possible = letter != '-';
                assert!(!is_possible || kind.letter(is_secret, presence) == letter, "{row}");
            }
        }
    }
}
