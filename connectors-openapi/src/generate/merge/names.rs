//! Names of types that stand for several.

use std::collections::HashSet;

use crate::words::{type_name, words};

/// Words that alone say too little for the name of a type.
const VAGUE: [&str; 40] = [
    "accepted", "body", "by", "config", "content", "create", "created", "data", "delete", "detail",
    "details", "entry", "field", "for", "from", "get", "info", "io", "item", "kind", "list",
    "name", "object", "of", "option", "options", "params", "reply", "request", "response",
    "result", "returned", "set", "state", "status", "this", "to", "type", "value", "values",
];

/// Names of items that generated source imports, and of types that the drift check knows by their
/// names.
const KNOWN: [&str; 53] = [
    "Arc",
    "BTreeMap",
    "BTreeSet",
    "Body",
    "Box",
    "Bracketed",
    "ByteStream",
    "Bytes",
    "Client",
    "CommaSeparated",
    "Cow",
    "Date",
    "DateTime",
    "Error",
    "Event",
    "EventStream",
    "HashMap",
    "HashSet",
    "HttpResponse",
    "IndexMap",
    "IndexSet",
    "IpAddr",
    "Ipv4Addr",
    "Ipv6Addr",
    "JsonArray",
    "JsonLines",
    "Map",
    "NaiveDate",
    "NonZeroU16",
    "NonZeroU32",
    "NonZeroU64",
    "NonZeroU8",
    "Nullable",
    "Number",
    "OffsetDateTime",
    "Option",
    "Page",
    "Part",
    "Parts",
    "PipeSeparated",
    "RawValue",
    "Rc",
    "Secret",
    "SpaceSeparated",
    "String",
    "Text",
    "Timestamp",
    "Uri",
    "Url",
    "Uuid",
    "Value",
    "Vec",
    "VecDeque",
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
    // The end of a place such as `files_id_parent`.
    while shared.len() > 1 && ["id", "by", "for", "in", "of"].contains(&shared[0].as_str()) {
        shared.remove(0);
    }
    shared
}

/// Returns the last word of a name.
pub(super) fn last_word(name: &str) -> Option<String> {
    shared_end(&[name]).pop()
}

/// Returns true if these words say what a type is.
pub(in crate::generate) fn says_enough(words: &[String]) -> bool {
    match words {
        [] => false,
        [one] => one.len() > 1 && !VAGUE.contains(&one.as_str()),
        _ => true,
    }
}

/// Returns a name for a type whose last two words are the same one, as that of the field `output`
/// in `ToolOutput` is: `ToolOutputValue`.
pub(super) fn undoubled(name: &str, names: &mut HashSet<String>) -> Option<String> {
    let mut words = words(name);
    let last = words.pop()?;
    (words.last() == Some(&last)).then_some(())?;
    words.push("value".to_owned());
    reserved(&words, names)
}

/// Returns the name of these words, and reserves it, if no other type has it.
pub(in crate::generate) fn reserved(
    words: &[String],
    names: &mut HashSet<String>,
) -> Option<String> {
    let name = type_name(&words.join("_"));
    let is_free = !KNOWN.contains(&name.as_str()) && !names.contains(&name);
    is_free.then(|| {
        names.insert(name.clone());
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the names of types that the drift check knows, as its source lists them.
    fn known_to_drift() -> Vec<&'static str> {
        let source = include_str!("../../drift/source/rust_type.rs");
        let (_, rest) = source.split_once("fn named(").unwrap();
        let (body, _) = rest.split_once("\n}\n").unwrap();
        let literals = body.split('"').skip(1).step_by(2);
        literals.filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase())).collect()
    }

    #[test]
    fn no_merged_type_has_a_name_that_the_drift_check_knows() {
        let known = known_to_drift();
        assert!(known.contains(&"Url") && known.contains(&"JsonLines"), "{known:?}");
        for name in known {
            assert_eq!(reserved(&words(name), &mut HashSet::new()), None, "{name}");
        }
        let mut names = HashSet::new();
        assert_eq!(reserved(&words("Address"), &mut names).as_deref(), Some("Address"));
        assert_eq!(reserved(&words("Address"), &mut names), None);
    }
}
