//! Members of a description whose value is of a wrong kind, so that they cannot be read.

use super::Reader;
use super::files::Placed;
use super::node::Value;
use crate::notice::Notice;

/// Members with the kinds of their values.
type Forms = [(&'static str, &'static [&'static str])];

const OBJECT: &[&str] = &["an object"];
const LIST: &[&str] = &["a list"];
const SCHEMA: &[&str] = &["an object", "a boolean"];

pub(super) const OF_ROOT: &Forms = &[
    ("paths", OBJECT),
    ("components", OBJECT),
    ("servers", LIST),
    ("security", LIST),
    ("tags", LIST),
];

pub(super) const OF_COMPONENTS: &Forms = &[("schemas", OBJECT), ("securitySchemes", OBJECT)];

pub(super) const OF_OPERATION: &Forms =
    &[("responses", OBJECT), ("security", LIST), ("servers", LIST), ("tags", LIST)];

pub(super) const OF_PATH: &Forms = &[("servers", LIST)];

/// Without these a request would not be the one that is described.
pub(super) const OF_REQUEST: &Forms = &[("parameters", LIST), ("requestBody", OBJECT)];

pub(super) const OF_CONTENT: &Forms = &[("content", OBJECT), ("headers", OBJECT)];

pub(super) const OF_SCHEMA: &Forms = &[
    ("type", &["a text", "a list"]),
    ("enum", LIST),
    ("properties", OBJECT),
    ("patternProperties", OBJECT),
    ("additionalProperties", SCHEMA),
    ("items", SCHEMA),
    ("allOf", LIST),
    ("oneOf", LIST),
    ("anyOf", LIST),
    ("discriminator", &["an object", "a text"]),
];

/// Lists that say nothing if they are empty.
const NEEDED: [&str; 4] = ["enum", "allOf", "oneOf", "anyOf"];

impl Reader {
    /// Warns of members that cannot be read.
    pub(super) fn check_forms(&mut self, placed: &Placed, forms: &Forms) {
        for notice in wrong(placed, forms) {
            self.warn(notice);
        }
    }
}

/// Returns the members that cannot be read.
pub(super) fn wrong(placed: &Placed, forms: &Forms) -> Vec<Notice> {
    let of_one = |(key, kinds): &(&str, &[&str])| {
        let member = placed.child(key)?;
        let kind = member.node.kind();
        let message = if !kinds.contains(&kind) && !matches!(*member.node.value, Value::Null) {
            format!("`{key}` is {kind}, not {}, so it is not read", kinds.join(" or "))
        } else if NEEDED.contains(key) && kind == "a list" && member.node.items().is_empty() {
            format!("`{key}` is empty, so it says nothing")
        } else {
            return None;
        };
        Some(member.notice(message))
    };
    forms.iter().filter_map(of_one).collect()
}
