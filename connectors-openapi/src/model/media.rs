//! Media types.

use super::MediaType;

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
            | "application/stream+json"
            | "application/json-seq" => Self::Lines,
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
