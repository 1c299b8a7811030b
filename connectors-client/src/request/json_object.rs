//! Builds JSON objects from members that are already JSON text.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::encode::json_string;

/// Appends a member to an unfinished object.
pub(crate) fn push(object: &mut Vec<u8>, name: &str, json: &[u8]) {
    if object.last() != Some(&b'{') {
        object.push(b',');
    }
    json_string(name, object);
    object.push(b':');
    object.extend_from_slice(json);
}

/// Returns the members of an object in order. A text that is not an object has none.
pub(crate) fn members(object: &[u8]) -> Vec<(String, Vec<u8>)> {
    let members = serde_json::Deserializer::from_slice(object).deserialize_map(Members);
    let owned = |(name, value): (String, &RawValue)| (name, value.get().as_bytes().to_vec());
    members.unwrap_or_default().into_iter().map(owned).collect()
}

/// Sets members of an object, keeping the position of existing ones. Returns `None` if the text is
/// not an object.
pub(crate) fn merge(object: &[u8], members: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    let mut deserializer = serde_json::Deserializer::from_slice(object);
    let mut merged: Vec<(String, &[u8])> = deserializer
        .deserialize_map(Members)
        .ok()?
        .into_iter()
        .map(|(name, value)| (name, value.get().as_bytes()))
        .collect();
    for &(name, json) in members {
        let mut earlier = false;
        merged.retain(|(other, _)| other != name || !std::mem::replace(&mut earlier, true));
        match merged.iter_mut().find(|(other, _)| other == name) {
            Some(member) => member.1 = json,
            None => merged.push((name.to_owned(), json)),
        }
    }
    let mut text = vec![b'{'];
    for (name, json) in merged {
        push(&mut text, &name, json);
    }
    text.push(b'}');
    Some(text)
}

/// Reads the members of an object in order, with their values as written.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::merge;

    fn merged(object: &str, members: &[(&str, &str)]) -> Option<String> {
        let members: Vec<_> = members.iter().map(|(k, v)| (*k, v.as_bytes())).collect();
        merge(object.as_bytes(), &members).map(|text| String::from_utf8(text).unwrap())
    }

    #[test]
    fn members_are_replaced_in_place_or_appended() {
        let text = merged(r#"{"b": 1.50, "a":{"x" :1}}"#, &[("b", "2"), ("c", "null")]);
        assert_eq!(text.as_deref(), Some(r#"{"b":2,"a":{"x" :1},"c":null}"#));
    }

    #[test]
    fn only_an_object_can_be_merged_into() {
        assert_eq!(merged("[1]", &[("a", "1")]), None);
        assert_eq!(merged("\"{}\"", &[("a", "1")]), None);
    }
}
