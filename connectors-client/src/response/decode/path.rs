//! The JSON path of a position in a text, for error messages: `connectors[3].created_at`.
//!
//! `serde_json` reports a line and a column. Walking the text to that place again costs a failed
//! call a few microseconds. Tracking the path while decoding would compile the decoding of each
//! type twice.

use std::fmt::Write as _;

use crate::error::excerpt;

/// Returns the path of the value that ends at or contains the position; `the top` for the whole
/// text.
///
/// `within` is the path of the text itself, if it is a part of another one.
pub(super) fn at(within: Option<&str>, json: &[u8], line: usize, column: usize) -> String {
    let end = offset(json, line, column).min(json.len());
    let mut walk = Walk { json, position: 0, end, frames: Vec::new(), deeper: 0 };
    walk.run();
    let path = render(within, &walk.frames);
    let path = if walk.deeper > 0 { format!("{path}…") } else { path };
    if path == TOP { path } else { format!("`{}`", excerpt(&path, MAX_PATH)) }
}

/// Returns the number of bytes before the position. Lines count from 1, columns are the bytes read
/// of the line.
///
/// It may lie after the end of the text: `serde_json` takes a position from the end of a type's own
/// message, which may quote the server.
pub(super) fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let lines = json.split_inclusive(|byte| *byte == b'\n');
    lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum::<usize>().saturating_add(column)
}

/// Maximum depth of a path, and maximum number of characters shown of it: a server chooses both.
const MAX_DEPTH: usize = 32;
const MAX_PATH: usize = 256;

/// The path of the whole text.
const TOP: &str = "the top";

struct Walk<'a> {
    json: &'a [u8],
    position: usize,
    end: usize,
    frames: Vec<Frame<'a>>,
    /// Number of open containers below the maximum depth.
    deeper: usize,
}

enum Frame<'a> {
    Object { key: Option<&'a [u8]>, expects_key: bool },
    Array { index: usize },
}

impl<'a> Walk<'a> {
    /// Walks to the end. The frames are then those around the value there.
    fn run(&mut self) {
        while self.position < self.end {
            let token = self.position;
            // The end is within the text.
            match self.json[token] {
                b'{' => self.open(Frame::Object { key: None, expects_key: true }),
                b'[' => self.open(Frame::Array { index: 0 }),
                b'}' | b']' => self.close(),
                b',' => self.next(),
                b'"' => self.string(token),
                _ => self.position += 1,
            }
        }
    }

    /// Opens a container, unless it begins right at the end and is itself the value.
    fn open(&mut self, frame: Frame<'a>) {
        self.position += 1;
        if self.position < self.end {
            if self.frames.len() < MAX_DEPTH {
                self.frames.push(frame);
            } else {
                self.deeper += 1;
            }
        }
    }

    fn close(&mut self) {
        self.position += 1;
        match self.deeper.checked_sub(1) {
            Some(deeper) => self.deeper = deeper,
            None => drop(self.frames.pop()),
        }
    }

    /// The innermost container, unless it is too deep.
    fn innermost(&mut self) -> Option<&mut Frame<'a>> {
        if self.deeper > 0 { None } else { self.frames.last_mut() }
    }

    fn next(&mut self) {
        self.position += 1;
        match self.innermost() {
            Some(Frame::Object { key, expects_key }) => (*key, *expects_key) = (None, true),
            Some(Frame::Array { index }) => *index += 1,
            None => {}
        }
    }

    fn string(&mut self, start: usize) {
        self.position += 1;
        while self.position < self.json.len() && self.json[self.position] != b'"' {
            self.position += if self.json[self.position] == b'\\' { 2 } else { 1 };
        }
        self.position += 1;
        // A string without an end, or with a backslash there, has no text.
        let text = self.json.get(start + 1..self.position - 1);
        if let Some(Frame::Object { key, expects_key: expects_key @ true }) = self.innermost() {
            *expects_key = false;
            *key = text;
        }
    }
}

fn render(within: Option<&str>, frames: &[Frame<'_>]) -> String {
    let mut path = within.unwrap_or_default().to_owned();
    for frame in frames {
        match frame {
            Frame::Object { key: Some(key), .. } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&excerpt(&String::from_utf8_lossy(key), 64));
            }
            Frame::Object { key: None, .. } => {}
            Frame::Array { index } => {
                // Writing to a string does not fail.
                let _ = write!(path, "[{index}]");
            }
        }
    }
    if path.is_empty() { TOP.to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::at;

    #[derive(Debug, Deserialize)]
    struct Page {
        #[expect(dead_code)]
        items: Vec<Item>,
    }

    #[derive(Debug, Deserialize)]
    struct Item {
        #[expect(dead_code)]
        name: String,
        #[serde(default)]
        #[expect(dead_code)]
        tags: Vec<Option<u8>>,
    }

    fn path(json: &str) -> String {
        let error = serde_json::from_str::<Page>(json).unwrap_err();
        at(None, json.as_bytes(), error.line(), error.column()).replace('`', "")
    }

    #[test]
    fn the_path_names_the_value_that_does_not_fit() {
        for (json, expected) in [
            (r#"{"items":[{"name":"a"},{"name":5}]}"#, "items[1].name"),
            (r#"{"items":[{"name":"a","tags":[1,"x"]}]}"#, "items[0].tags[1]"),
            (r#"{"items":[{"name":"a","tags":[1,{"x":1}]}]}"#, "items[0].tags[1]"),
            (r#"{"items":{}}"#, "items"),
            (r#"{"items":"x"}"#, "items"),
            (r#"{"items":null, "b":1}"#, "items"),
            (r#"{"items":[{"tags":[]}]}"#, "items[0]"),
            (
                "{\n  \"items\": [\n    {\"name\": \"\\\"}\"},\n    {\"name\": true}\n  ]\n}",
                "items[1].name",
            ),
            (r#"{"other":[1,2]}"#, "the top"),
            ("5", "the top"),
            (r#"{"items":[{"name":"a"}"#, "items[0]"),
        ] {
            assert_eq!(path(json), expected, "{json}");
        }
    }

    #[test]
    fn a_text_that_is_deep_or_has_long_keys_makes_a_short_path() {
        let deep = format!("{{\"items\":{}", "[".repeat(1_000_000));
        assert!(at(None, deep.as_bytes(), 1, deep.len()).len() < 300);
        let wide = format!("{}5", format!("{{\"{}\":", "k".repeat(60)).repeat(1000));
        assert!(at(None, wide.as_bytes(), 1, wide.len()).chars().count() <= 259);
    }
}
