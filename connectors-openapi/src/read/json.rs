//! JSON with lines.

use super::node::{MAX_DEPTH, Node, Value};

/// A mistake with its line.
pub(crate) type Mistake = (u32, String);

/// A file that has been read.
pub(crate) struct Read {
    pub(crate) node: Node,
    /// Mistakes that a part was read in spite of.
    pub(crate) warnings: Vec<Mistake>,
}

/// Reads a text as one JSON value (RFC 8259).
pub(crate) fn read(text: &str) -> Result<Read, Mistake> {
    let mut reader = Reader { text, at: 0, line: 1, warnings: Vec::new() };
    let node = reader.value(0)?;
    reader.blank();
    if reader.at < text.len() {
        Err(reader.mistake("text after the end of the JSON value"))
    } else {
        Ok(Read { node, warnings: reader.warnings })
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    warnings: Vec<Mistake>,
}

impl<'a> Reader<'a> {
    fn mistake(&self, message: &str) -> Mistake {
        (self.line, message.to_owned())
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\r' | b'\n')) = self.peek() {
            self.line += u32::from(byte == b'\n');
            self.at += 1;
        }
    }

    fn accept(&mut self, byte: u8) -> bool {
        self.blank();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Node, Mistake> {
        if depth > MAX_DEPTH {
            return Err(self.mistake("the JSON is nested too deeply"));
        }
        self.blank();
        let line = self.line;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(_) => self.word()?,
            None => return Err(self.mistake("the JSON ends too early")),
        };
        Ok(Node::new(line, value))
    }

    fn object(&mut self, depth: usize) -> Result<Value, Mistake> {
        self.at += 1;
        let mut members: Vec<(String, Node)> = Vec::new();
        if self.accept(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return Err(self.mistake("expected a name in quotes"));
            }
            let name = self.string()?;
            if !self.accept(b':') {
                return Err(self.mistake("expected `:` after a name"));
            }
            let value = self.value(depth + 1)?;
            members.push((name, value));
            if self.accept(b'}') {
                return Ok(Value::Object(last_of_each(members, &mut self.warnings)));
            }
            if !self.accept(b',') {
                return Err(self.mistake("expected `,` or `}`"));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Mistake> {
        self.at += 1;
        let mut items = Vec::new();
        if self.accept(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.accept(b']') {
                return Ok(Value::List(items));
            }
            if !self.accept(b',') {
                return Err(self.mistake("expected `,` or `]`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Mistake> {
        let rest = self.rest();
        let mut escaped = false;
        for (index, byte) in rest.bytes().enumerate().skip(1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    self.at += index + 1;
                    let text = serde_json::from_str(&rest[..=index]);
                    return text.map_err(|_| self.mistake("a string is not valid JSON"));
                }
                b'\n' => break,
                _ => {}
            }
        }
        Err(self.mistake("a string has no end"))
    }

    /// Reads a number, `true`, `false` or `null`.
    fn word(&mut self) -> Result<Value, Mistake> {
        let end = |c: char| c.is_ascii_whitespace() || matches!(c, ',' | ']' | '}' | ':');
        let rest = self.rest();
        let word = &rest[..rest.find(end).unwrap_or(rest.len())];
        self.at += word.len();
        match serde_json::from_str(word) {
            Ok(serde_json::Value::Null) => Ok(Value::Null),
            Ok(serde_json::Value::Bool(value)) => Ok(Value::Bool(value)),
            Ok(serde_json::Value::Number(number)) => Ok(Value::Number(number)),
            _ => Err(self.mistake("expected a JSON value")),
        }
    }
}

/// Keeps the last of several members with one name, as `serde_json` does, where the first is.
pub(crate) fn last_of_each(
    members: Vec<(String, Node)>,
    warnings: &mut Vec<Mistake>,
) -> Vec<(String, Node)> {
    let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let mut kept: Vec<(String, Node)> = Vec::with_capacity(members.len());
    for (name, node) in members {
        if let Some(&place) = places.get(&name) {
            let first = kept[place].1.line;
            let message = format!(
                "`{name}` is also in line {first}, which is ignored: an object has it once"
            );
            warnings.push((node.line, message));
            kept[place] = (name, node);
        } else {
            places.insert(name.clone(), kept.len());
            kept.push((name, node));
        }
    }
    kept
}
