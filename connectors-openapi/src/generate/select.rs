//! The operations to generate, each with the trait it belongs to and its name.

use crate::model::{Document, Operation};
use crate::notice::Notice;
use crate::steering::{OperationSteering, Steering};
use crate::words::words;

/// Smallest number of tags whose common first words are left out.
const SEVERAL: usize = 3;

/// An operation that is to be generated.
pub(crate) struct Selected<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) group: String,
    pub(crate) steering: OperationSteering,
}

/// Returns the selected operations in the order of the description. An error names a selection that
/// selects nothing.
pub(crate) fn select<'a>(
    document: &'a Document,
    steering: &Steering,
) -> Result<Vec<Selected<'a>>, Notice> {
    let selections = steering.only.iter().chain(&steering.skip).chain(steering.operations.keys());
    for selection in selections {
        let group = |operation| group(document, operation, steering);
        let found = document
            .operations
            .iter()
            .any(|operation| matches(selection, operation, &group(operation)));
        if !found {
            return Err(unknown(document, steering, selection));
        }
    }
    Ok(chosen(document, steering, &steering.only))
}

/// Returns all operations that can be selected, so that a selection changes no name.
pub(crate) fn all<'a>(document: &'a Document, steering: &Steering) -> Vec<Selected<'a>> {
    chosen(document, steering, &[])
}

fn chosen<'a>(document: &'a Document, steering: &Steering, only: &[String]) -> Vec<Selected<'a>> {
    let mut selected = Vec::new();
    for operation in &document.operations {
        let group = group(document, operation, steering);
        let named = |list: &[String]| list.iter().any(|one| matches(one, operation, &group));
        let is_left = if only.is_empty() { is_ignored(operation) } else { !named(only) };
        if is_left || named(&steering.skip) {
            continue;
        }
        let own = of_operation(steering, operation, &group);
        selected.push(Selected {
            operation,
            group: own.group.clone().unwrap_or(group),
            steering: own,
        });
    }
    selected
}

fn of_operation(steering: &Steering, operation: &Operation, group: &str) -> OperationSteering {
    let found = steering.operations.iter().find(|(key, _)| matches(key, operation, group));
    found.map(|(_, steering)| steering.clone()).unwrap_or_default()
}

/// Returns true if an extension leaves an operation out.
fn is_ignored(operation: &Operation) -> bool {
    let keys = ["x-fern-ignore", "x-speakeasy-ignore"];
    keys.iter().any(|key| operation.extensions.get(key) == Some(&serde_json::Value::Bool(true)))
}

/// Returns true if a selection names an operation.
pub(crate) fn matches(selection: &str, operation: &Operation, group: &str) -> bool {
    if let Some(tag) = selection.strip_prefix("tag:") {
        return operation.tags.iter().any(|other| other.eq_ignore_ascii_case(tag));
    }
    if let Some(named) = selection.strip_prefix("group:") {
        return words(named) == words(group);
    }
    if let Some(pointer) =
        selection.strip_prefix('#').or(Some(selection)).filter(|at| at.starts_with("/paths/"))
    {
        return operation.at.pointer == pointer;
    }
    if let Some((method, path)) = selection.split_once(' ') {
        return operation.method.eq_ignore_ascii_case(method) && operation.path == path;
    }
    operation.id.as_deref() == Some(selection)
}

/// Returns the group of an operation: that of an extension, its first tag, or a segment of its path.
pub(crate) fn group(document: &Document, operation: &Operation, steering: &Steering) -> String {
    let named = described_group(document, operation);
    steering.groups.get(&named).cloned().unwrap_or(named)
}

/// Returns the group that the description gives an operation.
pub(crate) fn described_group(document: &Document, operation: &Operation) -> String {
    named_group(operation)
        .or_else(|| operation.tags.first().cloned())
        .unwrap_or_else(|| of_path(document, operation))
}

/// Returns the words that all tags begin with, if there are several and each has another word:
/// `Api20100401Account` and `Api20100401Call`. Groups that a person named have none.
pub(crate) fn shared_prefix(document: &Document, steering: &Steering) -> Vec<String> {
    if document.operations.iter().any(|operation| named_group(operation).is_some()) {
        return Vec::new();
    }
    let mut tags: Vec<Vec<String>> = Vec::new();
    for tag in document.operations.iter().filter_map(|operation| operation.tags.first()) {
        let tag = if steering.groups.contains_key(tag) { continue } else { words(tag) };
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let [first, rest @ ..] = tags.as_slice() else { return Vec::new() };
    let same =
        |tag: &Vec<String>| first.iter().zip(tag).take_while(|(one, two)| one == two).count();
    let shortest = tags.iter().map(Vec::len).min().unwrap_or_default();
    let shared = rest.iter().map(same).min().unwrap_or_default();
    let shared = shared.min(shortest.saturating_sub(1));
    if tags.len() < SEVERAL { Vec::new() } else { first[..shared].to_vec() }
}

/// Returns a group without the words that all tags begin with.
pub(crate) fn without_prefix(group: &str, prefix: &[String]) -> String {
    let words = words(group);
    if prefix.is_empty() || !words.starts_with(prefix) {
        return group.to_owned();
    }
    words[prefix.len()..].join(" ")
}

fn named_group(operation: &Operation) -> Option<String> {
    for name in ["x-fern-sdk-group-name", "x-speakeasy-group"] {
        match operation.extensions.get(name) {
            Some(serde_json::Value::String(group)) if !group.is_empty() => {
                return Some(group.clone());
            }
            Some(serde_json::Value::Array(parts)) if !parts.is_empty() => {
                let parts: Vec<&str> = parts.iter().filter_map(|part| part.as_str()).collect();
                return Some(parts.join(" "));
            }
            _ => {}
        }
    }
    None
}

fn of_path(document: &Document, operation: &Operation) -> String {
    let is_version = |part: &str| {
        part.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let segment = operation.path.split(['/', '?', '#']).find(|part| {
        !part.is_empty() && !part.contains('{') && !is_version(part) && *part != "api"
    });
    segment.map_or_else(|| super::api_name(&document.title), str::to_owned)
}

fn unknown(document: &Document, steering: &Steering, selection: &str) -> Notice {
    let in_text = steering.origin.as_ref().and_then(|origin| origin.place(selection));
    let at = in_text.unwrap_or_else(|| document.at());
    let near = |name: &String| words(name).iter().any(|word| words(selection).contains(word));
    let ids = document.operations.iter().filter_map(|operation| operation.id.clone());
    let tags = document.operations.iter().flat_map(|one| &one.tags).map(|tag| format!("tag:{tag}"));
    let mut similar: Vec<String> = tags.chain(ids).filter(near).collect();
    similar.dedup();
    similar.truncate(4);
    let hint = if similar.is_empty() {
        "`list` prints all operations".to_owned()
    } else {
        format!(
            "similar are {}",
            similar.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ")
        )
    };
    Notice::new(at, format!("`{selection}` selects no operation; {hint}"))
}
