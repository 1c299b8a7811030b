//! Finds the values of a JSON text without changing its form. It also reads text that is cut off or
//! has JSON within it, such as lines and events.

use std::ops::Range;

/// A value that is neither an object nor an array, and its place.
pub(super) struct Leaf {
    /// Names of fields and indices of items, from the outside.
    path: Vec<Step>,
    /// The bytes of the value, with the quotes of a string.
    pub(super) span: Range<usize>,
    pub(super) is_string: bool,
}

#[derive(Clone)]
enum Step {
    Field(String),
    Item(usize),
}

impl Leaf {
    /// Returns the name of the innermost field around the value.
    pub(super) fn field(&self) -> Option<&str> {
        self.path.iter().rev().find_map(|step| match step {
            Step::Field(name) => Some(name.as_str()),
            Step::Item(_) => None,
        })
    }

    /// Returns the place as a pointer in which each index is `*`.
    pub(super) fn pattern(&self) -> Pattern {
        let steps = self.path.iter().map(|step| match step {
            Step::Field(name) => name.clone(),
            Step::Item(_) => ANY.to_owned(),
        });
        Pattern(steps.collect())
    }

    /// Returns the decoded string, or `None` for any other value.
    pub(super) fn string(&self, text: &str) -> Option<String> {
        let token = self.is_string.then(|| text.get(self.span.clone()))??;
        serde_json::from_str(token).ok()
    }
}

const ANY: &str = "*";

/// A JSON pointer (RFC 6901) in which a `*` stands for any name or index.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern(Vec<String>);

impl Pattern {
    pub(super) fn parse(pointer: &str) -> Self {
        let steps = pointer.split('/').skip(1);
        Self(steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect())
    }

    /// Returns the name of the innermost field.
    pub(super) fn field(&self) -> Option<&str> {
        self.0.iter().rev().find(|step| *step != ANY).map(String::as_str)
    }

    /// Returns true if the pointer leads to the value or to something around it.
    pub(super) fn holds(&self, leaf: &Leaf) -> bool {
        self.0.len() <= leaf.path.len()
            && self.0.iter().zip(&leaf.path).all(|(own, step)| match step {
                Step::Field(name) => own == ANY || own == name,
                Step::Item(index) => own == ANY || *own == index.to_string(),
            })
    }

    /// Returns true if the pointer leads to this pointer or to something around it.
    pub(super) fn holds_pointer(&self, pointer: &str) -> bool {
        let other = Self::parse(pointer).0;
        self.0.len() <= other.len()
            && self.0.iter().zip(&other).all(|(own, step)| own == ANY || own == step)
    }
}

/// Returns the values of a text in their order.
pub(super) fn leaves(text: &str) -> Vec<Leaf> {
    let mut scan = Scan { text: text.as_bytes(), path: Vec::new(), found: Vec::new() };
    let mut at = 0;
    while at < text.len() {
        at = scan.step(at);
    }
    scan.found
}

struct Scan<'a> {
    text: &'a [u8],
    path: Vec<Step>,
    found: Vec<Leaf>,
}

impl Scan<'_> {
    /// Reads the token at this position and returns the position after it.
    fn step(&mut self, at: usize) -> usize {
        match self.text[at] {
            b'{' => self.path.push(Step::Field(String::new())),
            b'[' => self.path.push(Step::Item(0)),
            b'}' | b']' => drop(self.path.pop()),
            b',' => {
                if let Some(Step::Item(index)) = self.path.last_mut() {
                    *index += 1;
                }
            }
            b'"' => return self.string(at),
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' if !self.path.is_empty() => {
                return self.scalar(at);
            }
            _ => {}
        }
        at + 1
    }

    fn string(&mut self, start: usize) -> usize {
        let mut end = start + 1;
        while end < self.text.len() && self.text[end] != b'"' {
            end += if self.text[end] == b'\\' { 2 } else { 1 };
        }
        let end = (end + 1).min(self.text.len());
        let colon = self.text[end..].iter().position(|byte| !byte.is_ascii_whitespace());
        let is_name = colon.is_some_and(|colon| self.text[end + colon] == b':');
        match (self.path.last_mut(), is_name) {
            (Some(Step::Field(name)), true) => {
                *name = serde_json::from_slice(&self.text[start..end]).unwrap_or_default();
            }
            _ => self.push(start..end, true),
        }
        end
    }

    fn scalar(&mut self, start: usize) -> usize {
        let is_part =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = self.text[start..].iter().take_while(|byte| is_part(byte)).count();
        self.push(start..start + length, false);
        start + length
    }

    fn push(&mut self, span: Range<usize>, is_string: bool) {
        self.found.push(Leaf { path: self.path.clone(), span, is_string });
    }
}

/// Returns the text with some of its values replaced. The marks are positions in the text and move
/// with it.
pub(super) fn replaced(
    text: &str,
    marks: &mut [usize],
    mut replace: impl FnMut(&Leaf) -> Option<String>,
) -> String {
    let (mut result, mut kept, mut shift) = (String::new(), 0, 0_isize);
    let before = marks.to_vec();
    for leaf in leaves(text) {
        let Some(value) = replace(&leaf) else { continue };
        result.push_str(&text[kept..leaf.span.start]);
        result.push_str(&value);
        kept = leaf.span.end;
        shift += value.len().cast_signed() - leaf.span.len().cast_signed();
        for (mark, old) in marks.iter_mut().zip(&before) {
            if *old > leaf.span.start {
                *mark = old.max(&leaf.span.end).saturating_add_signed(shift);
            }
        }
    }
    result.push_str(&text[kept..]);
    result
}

/// Writes a string as JSON.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let place = |leaf: &Leaf| leaf.pattern().0.join("/");
        leaves(text).iter().map(|leaf| (place(leaf), text[leaf.span.clone()].to_owned())).collect()
    }

    #[test]
    fn values_have_their_places() {
        let text = r#"{"a": "x\"y", "b": [1, {"c": null}, "z"], "d": {"e": true}, "f": ""}"#;
        let expected = [
            ("a", r#""x\"y""#),
            ("b/*", "1"),
            ("b/*/c", "null"),
            ("b/*", r#""z""#),
            ("d/e", "true"),
            ("f", r#""""#),
        ];
        assert_eq!(found(text), expected.map(|(place, value)| (place.into(), value.into())));
    }

    #[test]
    fn lines_and_cut_text_are_read() {
        assert_eq!(found("data: {\"a\":1}\n\ndata: {\"a\":\"b\n").len(), 2);
        assert_eq!(found("\"\\").len(), 1);
        assert_eq!(found("}]{\"a\":\"b"), [("a".into(), "\"b".into())]);
    }

    #[test]
    fn values_are_replaced_and_marks_move() {
        let text = r#"{"a":"b","c":"d"}"#;
        let mut marks = [6, 9, text.len()];
        let result = replaced(text, &mut marks, |leaf| {
            (leaf.field() == Some("a")).then(|| "\"longer\"".to_owned())
        });
        assert_eq!(result, r#"{"a":"longer","c":"d"}"#);
        assert_eq!(marks, [13, 14, result.len()]);
    }

    #[test]
    fn a_pointer_holds_what_is_below_it() {
        let text = r#"{"a":[{"b":1},{"b":2}],"c~/d":3}"#;
        let count = |pointer: &str| {
            let pattern = Pattern::parse(pointer);
            leaves(text).iter().filter(|leaf| pattern.holds(leaf)).count()
        };
        assert_eq!((count("/a/*/b"), count("/a/1/b"), count("/a"), count("")), (2, 1, 2, 3));
        assert_eq!((count("/c~0~1d"), count("/b"), count("/a/0/b/x")), (1, 0, 0));
    }
}
