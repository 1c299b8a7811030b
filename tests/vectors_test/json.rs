//! JSON as written in the vectors: objects keep their order, and markers stand for values that JSON
//! cannot represent.

use std::fmt;

use connectors_client::Nullable;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// A value of a vector. Entries keep their order, which is the order on the wire.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// The reason why the types of the library cannot express a Python call.
#[derive(Debug)]
pub(crate) struct Inexpressible(pub(crate) String);

pub(crate) fn inexpressible<T>(reason: impl Into<String>) -> Result<T, Inexpressible> {
    Err(Inexpressible(reason.into()))
}

impl Json {
    /// Returns the value of a key if this is an object that has the key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Returns the entries of an object, or none for any other value.
    pub(crate) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }

    /// Sorts the entries of all objects by name.
    pub(crate) fn sorted(self) -> Self {
        match self {
            Self::List(items) => Self::List(items.into_iter().map(Self::sorted).collect()),
            Self::Object(entries) => {
                let sorted = entries.into_iter().map(|(name, value)| (name, value.sorted()));
                let mut entries: Vec<_> = sorted.collect();
                entries.sort_by(|(a, _), (b, _)| a.cmp(b));
                Self::Object(entries)
            }
            other => other,
        }
    }

    /// Replaces the markers by the values they stand for.
    pub(crate) fn unmarked(&self) -> Result<Self, Inexpressible> {
        match self {
            Self::List(items) => {
                items.iter().map(Self::unmarked).collect::<Result<_, _>>().map(Self::List)
            }
            Self::Object(entries) => match (entries.as_slice(), self.get("fields")) {
                ([(marker, Self::Text(text))], None) if marker.starts_with('$') => {
                    marked(marker, text)
                }
                ([(marker, _), _], Some(fields)) if marker == "$model" => fields.unmarked(),
                _ => unmarked_entries(entries),
            },
            _ => Ok(self.clone()),
        }
    }
}

fn unmarked_entries(entries: &[(String, Json)]) -> Result<Json, Inexpressible> {
    let entries = entries.iter().map(|(name, value)| Ok((name.clone(), value.unmarked()?)));
    entries.collect::<Result<_, _>>().map(Json::Object)
}

fn marked(marker: &str, text: &str) -> Result<Json, Inexpressible> {
    match marker {
        "$float" => {
            text.parse().map(Json::Float).or_else(|_| inexpressible(format!("the float {text}")))
        }
        "$int" => text
            .parse()
            .map(Json::Integer)
            .or_else(|_| inexpressible(format!("the integer {text}"))),
        "$datetime" => date_time(text),
        _ => inexpressible(format!("{marker} {text}")),
    }
}

/// Returns a date, or a date-time in RFC 3339 format. A date-time without an offset is not an
/// instant.
fn date_time(text: &str) -> Result<Json, Inexpressible> {
    let is_date = text.parse::<jiff::civil::Date>().is_ok() && !text.contains('T');
    if !is_date && text.parse::<jiff::Timestamp>().is_err() {
        return inexpressible(format!("the date-time {text}, which is not an instant"));
    }
    let utc = text.strip_suffix("+00:00").map(|text| format!("{text}Z"));
    Ok(Json::Text(utc.unwrap_or_else(|| text.to_owned())))
}

/// Typed access to the arguments of a call or the settings of a client.
impl Json {
    pub(crate) fn required<T: Argument>(&self, key: &str) -> Result<T, Inexpressible> {
        match self.get(key) {
            Some(value) => T::read(value),
            None => inexpressible(format!("`{key}` is missing")),
        }
    }

    /// Returns `None` for a missing key and for null.
    pub(crate) fn optional<T: Argument>(&self, key: &str) -> Result<Option<T>, Inexpressible> {
        self.get(key).filter(|value| **value != Self::Null).map(T::read).transpose()
    }

    pub(crate) fn nullable<T: Argument>(&self, key: &str) -> Result<Nullable<T>, Inexpressible> {
        match self.get(key) {
            None => Ok(Nullable::Unset),
            Some(Self::Null) => Ok(Nullable::Null),
            Some(value) => T::read(value).map(Nullable::Value),
        }
    }

    /// Returns an error for an unknown key. No part of a vector may be ignored.
    pub(crate) fn check_keys(&self, known: &[&str]) -> Result<(), Inexpressible> {
        match self.entries().iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => inexpressible(format!("`{name}`")),
            None => Ok(()),
        }
    }
}

/// A type of an argument in the library.
pub(crate) trait Argument: Sized {
    fn read(json: &Json) -> Result<Self, Inexpressible>;
}

impl Argument for String {
    fn read(json: &Json) -> Result<Self, Inexpressible> {
        match json {
            Json::Text(text) => Ok(text.clone()),
            other => inexpressible(format!("{other:?} instead of text")),
        }
    }
}

impl Argument for bool {
    fn read(json: &Json) -> Result<Self, Inexpressible> {
        match json {
            Json::Bool(value) => Ok(*value),
            other => inexpressible(format!("{other:?} instead of a boolean")),
        }
    }
}

impl Argument for u64 {
    fn read(json: &Json) -> Result<Self, Inexpressible> {
        let text = match json {
            Json::Integer(number) => number.to_string(),
            // A float with an integral value prints like an integer.
            Json::Float(number) => number.to_string(),
            other => format!("{other:?}"),
        };
        text.parse().or_else(|_| inexpressible(format!("{text} instead of an unsigned integer")))
    }
}

impl Argument for u32 {
    fn read(json: &Json) -> Result<Self, Inexpressible> {
        let number = u64::read(json)?;
        Self::try_from(number)
            .or_else(|_| inexpressible(format!("{number} instead of a 32-bit integer")))
    }
}

impl<T: Argument> Argument for Vec<T> {
    fn read(json: &Json) -> Result<Self, Inexpressible> {
        match json {
            Json::List(items) => items.iter().map(T::read).collect(),
            other => inexpressible(format!("{other:?} instead of a list")),
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(number) => serializer.serialize_i128(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Values)
    }
}

struct Values;

impl<'de> Visitor<'de> for Values {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Integer(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Integer(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Json::Object(entries))
    }
}
