//! The extension `x-fern-streaming`: an operation whose response is a stream, or can be one.

use super::Reader;
use super::files::Placed;
use crate::model::media::{Kind, json_of};
use crate::model::{MediaType, Response};

impl Reader {
    /// Adds the stream of an operation to its responses. If a condition chooses it, the response
    /// without it stays.
    pub(super) fn add_stream(&mut self, operation: &Placed, responses: &mut [Response]) {
        let Some(extension) = operation.child("x-fern-streaming") else { return };
        if extension.node.as_bool() == Some(false) {
            return;
        }
        let (kind, name) = match extension.text("format").as_deref() {
            Some("sse") => (Kind::Events, "text/event-stream"),
            _ => (Kind::Lines, "application/x-ndjson"),
        };
        let mut of_kind = |key| extension.child(key).map(|schema| self.schema_id(&schema));
        let (plain, item) = (of_kind("response"), of_kind("response-stream"));
        let is_chosen = extension.node.get("stream-condition").is_some();
        let success = |response: &&mut Response| response.status.is_success();
        let Some(response) = responses.iter_mut().find(success) else { return };
        let Some(json) = json_of(&response.content).cloned() else { return };
        let place = response.content.iter().position(|media| Kind::of(&media.name) == kind);
        let at = place.unwrap_or_else(|| {
            let stream = MediaType { name: name.to_owned(), ..json.clone() };
            response.content.push(stream);
            response.content.len() - 1
        });
        if item.is_some() {
            (response.content[at].schema, response.content[at].item_schema) = (item, None);
        }
        if is_chosen {
            let own = response.content.iter_mut().find(|media| media.name == json.name);
            if let Some(own) = own.filter(|_| plain.is_some()) {
                own.schema = plain;
            }
        } else {
            response.content.retain(|media| media.name != json.name);
        }
    }
}
