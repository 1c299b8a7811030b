//! Reads a type by its spelling.

use std::collections::HashSet;

use syn::ext::IdentExt as _;
use syn::{GenericArgument, PathArguments, Type};

use crate::drift::formats::{Integer, TextFormat};
use crate::drift::shape::Shape;
use connectors_client::ListStyle;

/// The names that decide about the names in a type.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Type parameters.
    pub(super) parameters: &'a [String],
    /// Structs with fields and enums that the sources declare. They win over known types.
    pub(super) own: &'a HashSet<String>,
}

/// Reads a type.
pub(super) fn shape(ty: &Type, scope: Scope<'_>) -> Shape {
    let inner = |ty: &Type| Box::new(shape(ty, scope));
    match ty {
        Type::Paren(paren) => shape(&paren.elem, scope),
        Type::Group(group) => shape(&group.elem, scope),
        Type::Reference(reference) => shape(&reference.elem, scope),
        Type::Slice(slice) => Shape::List(inner(&slice.elem)),
        Type::Array(array) => Shape::List(inner(&array.elem)),
        Type::Tuple(tuple) if tuple.elems.is_empty() => Shape::Unit,
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return Shape::Unknown };
            let name = last.ident.unraw().to_string();
            let mut parameters = scope.parameters.iter();
            if let Some(position) = parameters.position(|parameter| *parameter == name) {
                return Shape::Parameter(position);
            }
            let arguments = arguments(&last.arguments, scope);
            let first = &path.path.segments[0].ident;
            let is_foreign = path.path.segments.len() > 1
                && !["crate", "self", "super"].iter().any(|word| first == word);
            if scope.own.contains(&name) && !is_foreign {
                return Shape::Named(name, arguments);
            }
            named(name, &arguments, scope)
        }
        _ => Shape::Unknown,
    }
}

fn arguments(arguments: &PathArguments, scope: Scope<'_>) -> Vec<Shape> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(shape(ty, scope)),
        _ => None,
    });
    types.collect()
}

fn named(name: String, arguments: &[Shape], scope: Scope<'_>) -> Shape {
    let argument = |i: usize| Box::new(arguments.get(i).cloned().unwrap_or(Shape::Unknown));
    if let Some(integer) = Integer::named(&name) {
        return Shape::Integer(integer);
    }
    match name.as_str() {
        "bool" => Shape::Bool,
        "f32" | "f64" => Shape::Float,
        "String" | "str" | "char" | "Secret" | "Url" | "Uri" | "IpAddr" | "Ipv4Addr"
        | "Ipv6Addr" => Shape::Text,
        "Timestamp" | "DateTime" | "OffsetDateTime" => Shape::Formatted(TextFormat::Time),
        "NaiveDate" | "Date" => Shape::Formatted(TextFormat::Day),
        "Uuid" => Shape::Formatted(TextFormat::Uuid),
        "Bytes" | "Text" | "Body" | "Part" | "Parts" | "ByteStream" => Shape::Raw,
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "IndexSet" | "JsonArray" => {
            Shape::List(argument(0))
        }
        "HashMap" | "BTreeMap" | "IndexMap" | "Map" => Shape::Map(argument(1)),
        "Option" | "Nullable" => Shape::Optional(argument(0)),
        // A list style holds a list.
        "Box" | "Arc" | "Rc" | "Cow" | "HttpResponse" | "CommaSeparated" | "SpaceSeparated"
        | "PipeSeparated" | "Bracketed" => *argument(0),
        "EventStream" => match *argument(0) {
            Shape::Named(event, inner) if event == "Event" && !scope.own.contains("Event") => {
                Shape::Stream(
                    "text/event-stream",
                    Box::new(inner.into_iter().next().unwrap_or(Shape::Unknown)),
                )
            }
            item => Shape::Stream("text/event-stream", Box::new(item)),
        },
        "JsonLines" => Shape::Stream("application/x-ndjson", argument(0)),
        "Value" | "RawValue" | "Number" => Shape::Json,
        _ => Shape::Named(name, arguments.to_vec()),
    }
}

/// Returns the style of a type that is spelled as a list.
pub(super) fn list_style(ty: &Type) -> Option<ListStyle> {
    match ty {
        Type::Paren(paren) => list_style(&paren.elem),
        Type::Group(group) => list_style(&group.elem),
        Type::Reference(reference) => list_style(&reference.elem),
        Type::Slice(_) | Type::Array(_) => Some(ListStyle::Plain),
        Type::Path(path) => match path.path.segments.last()?.ident.to_string().as_str() {
            "Vec" | "HashSet" | "BTreeSet" => Some(ListStyle::Plain),
            "CommaSeparated" => Some(ListStyle::Comma),
            "SpaceSeparated" => Some(ListStyle::Space),
            "PipeSeparated" => Some(ListStyle::Pipe),
            "Bracketed" => Some(ListStyle::Brackets),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the name of the wrapper and the type in an `Option<T>` or a `Nullable<T>`.
pub(super) fn wrapper(ty: &Type) -> Option<(&'static str, &Type)> {
    let path = match ty {
        Type::Paren(paren) => return wrapper(&paren.elem),
        Type::Group(group) => return wrapper(&group.elem),
        Type::Path(path) => path,
        _ => return None,
    };
    let last = path.path.segments.last()?;
    let name = ["Option", "Nullable"].into_iter().find(|name| last.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(inner) => Some((name, inner)),
            _ => None,
        },
        _ => None,
    }
}
