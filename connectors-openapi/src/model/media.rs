//! Media types.

use super::members::object;
use super::shape::{Shape, shape, target};
use super::{Document, MediaType, SchemaId};

/// How a media type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Json,
    Form,
    Multipart,
    Events,
    Lines,
    Text,
    Other,
}

impl Kind {
    pub(crate) fn of(name: &str) -> Self {
        let name = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match name.as_str() {
            "application/json" | "text/json" | "*/*" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            "text/event-stream" => Self::Events,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonl"
            | "application/json-lines"
            | "application/jsonlines"
            | "application/x-json-stream"
            | "application/stream+json" => Self::Lines,
            // JSON with a control character before each value (RFC 7464), which nothing here reads.
            "application/json-seq" => Self::Other,
            name if name.ends_with("+json") || name == "application/*" => Self::Json,
            name if name.starts_with("text/")
                || name.ends_with("xml")
                || name.ends_with("yaml") =>
            {
                Self::Text
            }
            _ => Self::Other,
        }
    }
}

pub(crate) fn json_of(content: &[MediaType]) -> Option<&MediaType> {
    content
        .iter()
        .find(|media| media.name == "application/json")
        .or_else(|| content.iter().find(|media| Kind::of(&media.name) == Kind::Json))
}

/// Returns the media type that a request is sent in: JSON, else a form, else the first.
pub(crate) fn chosen(content: &[MediaType]) -> Option<&MediaType> {
    let of = |kind| content.iter().find(|media| Kind::of(&media.name) == kind);
    let form = || of(Kind::Multipart).or_else(|| of(Kind::Form));
    // A range says less than a form.
    let json = json_of(content).filter(|media| !media.name.contains('*') || form().is_none());
    let chosen = json.or_else(form);
    chosen.or_else(|| content.first())
}

/// Returns the schema of the data of an event, if it is known. A schema of items describes the whole
/// event, and some others do.
pub(crate) fn data_of_event(document: &Document, media: &MediaType) -> Option<SchemaId> {
    let schema = media.item_schema.or(media.schema)?;
    let members = object(document, target(document, schema).0).members;
    let member = |name: &str| members.iter().find(|member| member.name == name);
    let is_alone = members.len() == 1;
    let is_event = media.item_schema.is_some()
        || is_alone
        || member("event").is_some()
        || member("id").is_some();
    let Some(data) = member("data").filter(|_| is_event) else { return Some(schema) };
    let (real, _) = target(document, data.schema);
    let is_typed = matches!(
        shape(document, real),
        Shape::Struct | Shape::Union(_) | Shape::List(_) | Shape::Map(_)
    );
    document.schema(real).content_schema.or_else(|| is_typed.then_some(data.schema))
}
