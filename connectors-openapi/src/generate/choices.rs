//! Choices of the user that name nothing in the description.

use super::select::{self, matches};
use crate::model::media::{Kind, chosen};
use crate::model::members::object;
use crate::model::shape::target;
use crate::model::{Document, Operation};
use crate::notice::Notice;
use crate::steering::Steering;

/// Returns an error for the first choice that names nothing.
pub(super) fn check(document: &Document, steering: &Steering) -> Result<(), Notice> {
    let wrong = |key: &str, message: &str| {
        let at = steering.origin.as_ref().and_then(|origin| origin.place(key));
        Err(Notice::new(at.unwrap_or_else(|| document.at()), format!("`{key}` {message}")))
    };
    for key in steering.groups.keys() {
        if !document.operations.iter().any(|one| select::described_group(document, one) == *key) {
            return wrong(key, "of `[groups]` is no tag or group of the description");
        }
    }
    for (table, choices) in [("names", &steering.names), ("types", &steering.types)] {
        for key in choices.keys() {
            let mut schemas = document.schemas.iter();
            if !schemas.any(|one| one.at.pointer == *key || one.name.as_ref() == Some(key)) {
                let message =
                    format!("of `[{table}]` is no schema: write its name or its JSON pointer");
                return wrong(key, &message);
            }
        }
    }
    for (selection, own) in &steering.operations {
        let is_it =
            |one: &&Operation| matches(selection, one, &select::group(document, one, steering));
        for key in own.arguments.keys() {
            let mut operations = document.operations.iter().filter(is_it);
            if !operations.any(|one| has_argument(document, one, key)) {
                let message = format!(
                    "is no parameter of `{selection}` and no field of its body: write its name in \
                     the request"
                );
                return wrong(key, &message);
            }
        }
        let mut operations = document.operations.iter().filter(is_it);
        if own.done.is_some() && !operations.any(has_stream) {
            return wrong(selection, "has `done`, and returns no stream");
        }
    }
    Ok(())
}

fn has_stream(operation: &Operation) -> bool {
    let mut media = operation.responses.iter().flat_map(|response| &response.content);
    media.any(|media| matches!(Kind::of(&media.name), Kind::Events | Kind::Lines))
}

fn has_argument(document: &Document, operation: &Operation, name: &str) -> bool {
    let media = operation.request_body.as_ref().and_then(|body| chosen(&body.content));
    let schema = media.and_then(|media| media.schema.or(media.item_schema));
    let members = schema.map(|id| object(document, target(document, id).0).members);
    let mut fields = members.into_iter().flatten();
    operation.parameters.iter().any(|one| one.name == name)
        || media.is_some() && ["body", "content", "fields"].contains(&name)
        || fields.any(|field| field.name == name)
}
