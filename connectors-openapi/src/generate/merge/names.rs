//! Names of types that stand for several.

use std::collections::HashSet;

use crate::words::{type_name, words};

/// Words that alone say too little for the name of a type.
const VAGUE: [&str; 24] = [
    "body", "config", "content", "data", "detail", "details", "entry", "field", "info", "item",
    "kind", "list", "name", "object", "option", "options", "params", "response", "result", "state",
    "status", "type", "value", "values",
];

/// Names of items that generated source imports.
const IMPORTED: [&str; 14] = [
    "Body",
    "Bytes",
    "Client",
    "Date",
    "Error",
    "Map",
    "Nullable",
    "Page",
    "Part",
    "Parts",
    "Secret",
    "Text",
    "Timestamp",
    "Value",
];

/// Returns the words that all names end with.
pub(super) fn shared_end(names: &[&str]) -> Vec<String> {
    // A number at the end only keeps a name apart from others.
    let mut all =
        names.iter().map(|name| words(name.trim_end_matches(|c: char| c.is_ascii_digit())));
    let mut shared = all.next().unwrap_or_default();
    for other in all {
        let same =
            shared.iter().rev().zip(other.iter().rev()).take_while(|(one, two)| one == two).count();
        shared.drain(..shared.len() - same);
    }
    shared
}

/// Returns the last word of a name.
pub(super) fn last_word(name: &str) -> Option<String> {
    shared_end(&[name]).pop()
}

/// Returns true if these words say what a type is.
pub(super) fn says_enough(words: &[String]) -> bool {
    match words {
        [] => false,
        [one] => !VAGUE.contains(&one.as_str()),
        _ => true,
    }
}

/// Returns the name of these words, and reserves it, if no other type has it.
pub(super) fn reserved(words: &[String], names: &mut HashSet<String>) -> Option<String> {
    let name = type_name(&words.join("_"));
    let is_free = !IMPORTED.contains(&name.as_str()) && !names.contains(&name);
    is_free.then(|| {
        names.insert(name.clone());
        name
    })
}
