//! A JSON or YAML value with lines. Members keep their order.

use std::sync::Arc;

use serde_json::{Map, Number};

/// Maximum depth of a value.
pub(crate) const MAX_DEPTH: usize = 200;
/// Maximum number of values in a file, with each alias counted in full.
pub(crate) const MAX_NODES: usize = 4_000_000;

/// A value. A clone is cheap and shares the content.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) line: u32,
    pub(crate) value: Arc<Value>,
    /// Number of values in this one, this one included.
    pub(crate) size: usize,
    pub(crate) depth: usize,
}

#[derive(Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    pub(crate) fn new(line: u32, value: Value) -> Self {
        let (mut size, mut depth) = (1_usize, 1);
        let mut count = |node: &Self| {
            size = size.saturating_add(node.size);
            depth = depth.max(node.depth + 1);
        };
        match &value {
            Value::List(items) => items.iter().for_each(&mut count),
            Value::Object(members) => members.iter().for_each(|(_, node)| count(node)),
            _ => {}
        }
        Self { line, value: Arc::new(value), size, depth }
    }

    /// Returns true if the value is small enough to be walked.
    pub(crate) fn is_bounded(&self) -> bool {
        self.size <= MAX_NODES && self.depth <= MAX_DEPTH
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// Returns the members of an object, and nothing of another value.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        match &*self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// Returns the items of a list, and nothing of another value.
    pub(crate) fn items(&self) -> &[Self] {
        match &*self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(&*self.value, Value::Object(_))
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &*self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match &*self.value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn as_f64(&self) -> Option<f64> {
        match &*self.value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// Returns a text, or the text of a number or boolean: YAML reads `1.0` and `yes` as such.
    pub(crate) fn scalar_text(&self) -> Option<String> {
        match &*self.value {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// Returns a member or an item.
    pub(crate) fn child(&self, key: &str) -> Option<&Self> {
        match &*self.value {
            Value::Object(_) => self.get(key),
            Value::List(items) => items.get(key.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// Returns the value as JSON.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &*self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => serde_json::Value::Number(number.clone()),
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Object(members) => {
                let json = |(name, node): &(String, Self)| (name.clone(), node.to_json());
                serde_json::Value::Object(members.iter().map(json).collect::<Map<_, _>>())
            }
        }
    }

    /// Names the kind of value, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &*self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}
