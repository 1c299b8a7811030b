//! YAML 1.2 with lines. An alias shares the value of its anchor.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::Number;

use super::flow;
use super::json::{Mistake, Read, last_of_each};
use super::node::{MAX_DEPTH, MAX_NODES, Node, Value};

/// Reads the first document of a text. JSON in it may go on at the indentation of its key, as some
/// descriptions have it. YAML asks for more (1.2.2, section 7.4), and most parsers do not.
pub(crate) fn read(text: &str) -> Result<Read, Mistake> {
    read_exactly(text).or_else(|mistake| read_exactly(&flow::indented(text)).map_err(|_| mistake))
}

fn read_exactly(text: &str) -> Result<Read, Mistake> {
    let mut reader =
        Reader { open: Vec::new(), anchors: HashMap::new(), size: 0, warnings: Vec::new() };
    let mut last = 1;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            (line_of(error.marker().line()), format!("the YAML is not valid: {}", error.info()))
        })?;
        last = line_of(span.start.line());
        if let Some(node) = reader.take(event, last)? {
            return Ok(Read { node, warnings: reader.warnings });
        }
    }
    Err((last, "the file is empty".to_owned()))
}

fn line_of(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// A list or an object that has not ended.
struct Open {
    line: u32,
    anchor: usize,
    is_object: bool,
    key: Option<String>,
    members: Vec<(String, Node)>,
}

struct Reader {
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    size: usize,
    warnings: Vec<Mistake>,
}

impl Reader {
    /// Takes an event. Returns the value that it completes, if that is the whole document.
    fn take(&mut self, event: Event<'_>, line: u32) -> Result<Option<Node>, Mistake> {
        match event {
            Event::SequenceStart(anchor, _) => self.start(line, anchor, false),
            Event::MappingStart(anchor, _) => self.start(line, anchor, true),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Scalar(text, style, anchor, tag) => {
                let node = Node::new(line, scalar(&text, style, tag));
                self.complete(node, anchor)
            }
            Event::Alias(id) => {
                if let Some(node) = self.anchors.get(&id) {
                    let node = Node { line, ..node.clone() };
                    return self.complete(node, 0);
                }
                let message = "an alias is within its own anchor, so it is ignored";
                self.warnings.push((line, message.to_owned()));
                self.complete(Node::new(line, Value::Null), 0)
            }
            _ => Ok(None),
        }
    }

    fn start(
        &mut self,
        line: u32,
        anchor: usize,
        is_object: bool,
    ) -> Result<Option<Node>, Mistake> {
        if self.open.len() >= MAX_DEPTH {
            return Err((line, "the YAML is nested too deeply".to_owned()));
        }
        self.open.push(Open { line, anchor, is_object, key: None, members: Vec::new() });
        Ok(None)
    }

    fn end(&mut self) -> Result<Option<Node>, Mistake> {
        let Some(open) = self.open.pop() else { return Ok(None) };
        let value = if open.is_object {
            Value::Object(merged(last_of_each(open.members, &mut self.warnings)))
        } else {
            Value::List(open.members.into_iter().map(|(_, node)| node).collect())
        };
        self.complete(Node::new(open.line, value), open.anchor)
    }

    fn complete(&mut self, node: Node, anchor: usize) -> Result<Option<Node>, Mistake> {
        self.size += 1;
        if self.size > MAX_NODES || !node.is_bounded() {
            return Err((node.line, "the YAML is too large, or its aliases are".to_owned()));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else { return Ok(Some(node)) };
        match open.key.take() {
            Some(key) => open.members.push((key, node)),
            None if open.is_object => {
                let Some(key) = key_of(&node) else {
                    return Err((node.line, "a name is neither a text nor a number".to_owned()));
                };
                open.key = Some(key);
            }
            None => open.members.push((String::new(), node)),
        }
        Ok(None)
    }
}

fn key_of(node: &Node) -> Option<String> {
    match &*node.value {
        Value::Null => Some("null".to_owned()),
        _ => node.scalar_text(),
    }
}

/// Adds the members of `<<` to an object that does not have them.
fn merged(members: Vec<(String, Node)>) -> Vec<(String, Node)> {
    let Some(at) = members.iter().position(|(name, _)| name == "<<") else { return members };
    let mut own = members;
    let (_, base) = own.remove(at);
    let bases = if base.is_object() { vec![base] } else { base.items().to_vec() };
    let mut names: HashSet<String> = own.iter().map(|(name, _)| name.clone()).collect();
    for (name, node) in bases.iter().flat_map(Node::members) {
        if names.insert(name.clone()) {
            own.push((name.clone(), node.clone()));
        }
    }
    own
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<Cow<'_, Tag>>) -> Value {
    let is_text = tag.is_some_and(|tag| tag.suffix == "str");
    if style != ScalarStyle::Plain || is_text {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::Text(text.to_owned()), Value::Number),
    }
}

/// Reads a number of YAML's core schema. Infinities stay texts, since JSON has none.
fn number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let Some(hex) = text.strip_prefix("0x") {
        return u64::from_str_radix(hex, 16).ok().map(Number::from);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return u64::from_str_radix(octal, 8).ok().map(Number::from);
    }
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let plain = text.strip_prefix('+').unwrap_or(text);
    if let Ok(number) = plain.parse::<u64>() {
        return Some(number.into());
    }
    if let Ok(number) = plain.parse::<i64>() {
        return Some(number.into());
    }
    Number::from_f64(plain.parse().ok()?)
}
