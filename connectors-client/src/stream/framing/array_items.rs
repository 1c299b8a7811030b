//! The items of a JSON array: the response itself, or a field of it.
//!
//! ```text
//! [ 1, {"a": [2]} ]                   items `1` and `{"a": [2]}`
//! {"time": 1, "data": [3], "n": 1}    item `3`, if the envelope is `data`
//! ```
//!
//! Items are found by their brackets and quotes. If one is not valid JSON, decoding it says so. The
//! text around them is kept up to the limit of an item, since it may say why there is no array.

use std::mem;

use bytes::Bytes;

use super::TooLarge;

/// An item, or the place where the response is not such an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ArrayItem {
    /// Number of the item, from 1.
    pub(crate) number: u64,
    pub(crate) text: Bytes,
    /// The reason why this is not an item. Nothing follows it.
    pub(crate) problem: Option<Problem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    NotAnArray,
    NoField,
    NotJson,
    /// None: the text is that around the array.
    Around,
}

/// Finds the items of an array. It holds one chunk, one unfinished item and the text around them.
pub(crate) struct ArrayItems {
    /// Field of the object that is the array.
    envelope: Option<&'static str>,
    limit: usize,
    chunk: Bytes,
    /// Number of bytes of the chunk that have been read.
    read: usize,
    /// Position in the chunk of the text that is being read.
    text: usize,
    /// Beginning of that text in earlier chunks.
    begun: Vec<u8>,
    /// The beginning of the text around the items.
    around: Vec<u8>,
    /// Position in the chunk of the text that is around the items and not yet kept.
    around_from: usize,
    /// The problem of a field that is not an array. The object is read to its end.
    problem: Option<Problem>,
    state: State,
    value: Value,
    count: u64,
    is_too_large: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Before the first bracket.
    Start,
    /// Between two members of the object around the array.
    Members,
    /// In the name of a member.
    Name,
    /// Before the value of a member.
    Colon {
        is_array: bool,
    },
    /// In the value of another member.
    Other,
    /// In an object that is not around an array.
    Object,
    /// Between two items.
    Gap {
        after_item: bool,
    },
    Item,
    /// In the object, after the array.
    Rest,
    /// After everything.
    Closed,
    Failed,
}

/// The position within a value.
#[derive(Default)]
struct Value {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    /// True for a number, `true`, `false` or `null`, which end before the next byte.
    is_word: bool,
}

/// The effect of a byte on a value.
enum Step {
    Within,
    /// The byte is the last one of the value.
    Last,
    /// The value ended before the byte.
    After,
}

impl Value {
    fn step(&mut self, byte: u8) -> Step {
        if self.in_string {
            let is_end = byte == b'"' && !self.is_escaped;
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            self.in_string = !is_end;
            return if is_end && self.depth == 0 { Step::Last } else { Step::Within };
        }
        if self.is_word {
            let is_end = is_blank(byte) || matches!(byte, b',' | b']' | b'}');
            return if is_end { Step::After } else { Step::Within };
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return Step::Last;
                }
            }
            _ => self.is_word = self.depth == 0,
        }
        Step::Within
    }
}

impl ArrayItems {
    /// Limits an item, and the name of a member, to `limit` bytes.
    pub(crate) fn new(limit: usize, envelope: Option<&'static str>) -> Self {
        Self {
            envelope,
            limit,
            chunk: Bytes::new(),
            read: 0,
            text: 0,
            begun: Vec::new(),
            around: Vec::new(),
            around_from: 0,
            problem: None,
            state: State::Start,
            value: Value::default(),
            count: 0,
            is_too_large: false,
        }
    }

    /// Adds a chunk, after [`next`](Self::next) has returned `None`.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        (self.chunk, self.read, self.text, self.around_from) = (chunk, 0, 0, 0);
    }

    /// Returns the next item; `None` if its end has not arrived.
    pub(crate) fn next(&mut self) -> Result<Option<ArrayItem>, TooLarge> {
        while !self.is_too_large && self.read < self.chunk.len() {
            // The position is within the chunk.
            if let Some(item) = self.step(self.chunk[self.read])? {
                return Ok(Some(item));
            }
        }
        if self.is_too_large {
            return Err(TooLarge { limit: self.limit });
        }
        if matches!(self.state, State::Name | State::Item) {
            self.begun.extend_from_slice(&self.chunk[self.text..]);
        }
        let has_begun = !matches!(self.state, State::Start);
        if has_begun && !matches!(self.state, State::Gap { .. } | State::Item | State::Failed) {
            self.keep_around();
        }
        self.push(Bytes::new());
        Ok(None)
    }

    /// Returns the text around the array after the last chunk, or the problem in place of it.
    pub(crate) fn last(&mut self) -> Option<ArrayItem> {
        match (self.state, self.problem) {
            (State::Closed, _) if self.envelope.is_some() && !self.around.is_empty() => {
                let (number, text) = (self.count + 1, mem::take(&mut self.around).into());
                Some(ArrayItem { number, text, problem: Some(Problem::Around) })
            }
            (State::Object, _) => Some(self.fail(Problem::NotAnArray)),
            (State::Members | State::Name | State::Colon { .. } | State::Other, Some(problem)) => {
                Some(self.fail(problem))
            }
            _ => None,
        }
    }

    /// Returns true if the array, and the object around it, have ended.
    pub(crate) fn is_complete(&self) -> bool {
        matches!(self.state, State::Closed | State::Failed)
    }

    /// Returns the number of bytes held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        self.begun.len() + self.chunk.len() + self.around.len()
    }

    /// Reads a byte, or changes the state before it.
    fn step(&mut self, byte: u8) -> Result<Option<ArrayItem>, TooLarge> {
        if is_blank(byte)
            && !matches!(
                self.state,
                State::Name | State::Other | State::Object | State::Item | State::Rest
            )
        {
            self.read += 1;
            return Ok(None);
        }
        match self.state {
            State::Start => return Ok(self.start(byte)),
            State::Members => return Ok(self.member(byte)),
            State::Colon { is_array } => return Ok(self.colon(byte, is_array)),
            State::Gap { after_item } => return Ok(self.gap(byte, after_item)),
            State::Name => {
                if let Some(name) = self.text_step(byte)? {
                    let name: Option<String> = serde_json::from_slice(&name).ok();
                    let is_envelope = name.is_some() && name.as_deref() == self.envelope;
                    let is_array = is_envelope && self.problem.is_none();
                    self.state = State::Colon { is_array };
                }
            }
            State::Item => {
                if let Some(text) = self.text_step(byte)? {
                    self.count += 1;
                    self.state = State::Gap { after_item: true };
                    return Ok(Some(ArrayItem { number: self.count, text, problem: None }));
                }
            }
            State::Other | State::Object | State::Rest => return Ok(self.skip_step(byte)),
            State::Closed => return Ok(Some(self.fail(Problem::NotJson))),
            State::Failed => self.read = self.chunk.len(),
        }
        Ok(None)
    }

    fn start(&mut self, byte: u8) -> Option<ArrayItem> {
        // Blanks and the byte order mark before it are no part of the text around the array.
        self.around_from = self.read;
        match (self.envelope, byte) {
            // A byte order mark.
            (_, 0xef | 0xbb | 0xbf) => {}
            (None, b'[') => self.state = State::Gap { after_item: false },
            (Some(_), b'{') => self.state = State::Members,
            (None, b'{') => {
                self.begin(State::Object);
                return None;
            }
            _ => return Some(self.fail(Problem::NotAnArray)),
        }
        self.read += 1;
        None
    }

    fn member(&mut self, byte: u8) -> Option<ArrayItem> {
        match byte {
            b',' => self.read += 1,
            b'"' => self.begin(State::Name),
            b'}' => {
                self.read += 1;
                return Some(self.fail(self.problem.unwrap_or(Problem::NoField)));
            }
            _ => return Some(self.fail(Problem::NotJson)),
        }
        None
    }

    fn colon(&mut self, byte: u8, is_array: bool) -> Option<ArrayItem> {
        match byte {
            b':' => self.read += 1,
            b'[' if is_array => {
                self.read += 1;
                self.keep_around();
                self.state = State::Gap { after_item: false };
            }
            b',' | b'}' | b']' => return Some(self.fail(Problem::NotJson)),
            _ => {
                self.problem = self.problem.or(is_array.then_some(Problem::NotAnArray));
                self.begin(State::Other);
            }
        }
        None
    }

    fn gap(&mut self, byte: u8, after_item: bool) -> Option<ArrayItem> {
        match byte {
            b']' if after_item || self.count == 0 => {
                self.around_from = self.read;
                self.read += 1;
                self.state = if self.envelope.is_some() { State::Rest } else { State::Closed };
                self.value = Value { depth: 1, ..Value::default() };
            }
            b',' if after_item => {
                self.read += 1;
                self.state = State::Gap { after_item: false };
            }
            b',' | b':' | b']' | b'}' => return Some(self.fail(Problem::NotJson)),
            _ if after_item => return Some(self.fail(Problem::NotJson)),
            _ => self.begin(State::Item),
        }
        None
    }

    /// Begins a value at the next byte.
    fn begin(&mut self, state: State) {
        self.state = state;
        self.value = Value::default();
        self.text = self.read;
    }

    /// Reads a byte of a text that is kept. Returns the text at its end.
    fn text_step(&mut self, byte: u8) -> Result<Option<Bytes>, TooLarge> {
        let step = self.value.step(byte);
        if !matches!(step, Step::After) {
            self.read += 1;
        }
        if self.begun.len() + (self.read - self.text) > self.limit {
            (self.begun, self.is_too_large) = (Vec::new(), true);
            return Err(TooLarge { limit: self.limit });
        }
        if matches!(step, Step::Within) {
            return Ok(None);
        }
        // The text began in this chunk at `text`, which is not after the byte just read.
        let end = self.chunk.slice(self.text..self.read);
        if self.begun.is_empty() {
            return Ok(Some(end));
        }
        self.begun.extend_from_slice(&end);
        Ok(Some(mem::take(&mut self.begun).into()))
    }

    /// Reads a byte of a value that is no item.
    fn skip_step(&mut self, byte: u8) -> Option<ArrayItem> {
        let step = self.value.step(byte);
        if !matches!(step, Step::After) {
            self.read += 1;
        }
        if matches!(step, Step::Within) {
            return None;
        }
        match self.state {
            State::Object => return Some(self.fail(Problem::NotAnArray)),
            State::Rest => self.state = State::Closed,
            _ => self.state = State::Members,
        }
        None
    }

    /// Keeps the text around the items, up to the byte that is next, within the limit of an item.
    fn keep_around(&mut self) {
        let text = &self.chunk[self.around_from..self.read];
        let room = self.limit.saturating_sub(self.around.len());
        self.around.extend_from_slice(&text[..text.len().min(room)]);
        self.around_from = self.read;
    }

    /// Ends the stream at a byte that no such array has here. The text is that around the array, or
    /// else what follows.
    fn fail(&mut self, problem: Problem) -> ArrayItem {
        self.state = State::Failed;
        if problem != Problem::NotJson {
            self.keep_around();
        }
        let text = if problem == Problem::NotJson || self.around.is_empty() {
            let end = self.chunk.len().min(self.read.saturating_add(self.limit));
            self.chunk.slice(self.read..end)
        } else {
            mem::take(&mut self.around).into()
        };
        ArrayItem { number: self.count + 1, text, problem: Some(problem) }
    }
}

/// White space of JSON (RFC 8259 section 2).
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = (Vec<String>, Option<Problem>, bool);

    fn read(envelope: Option<&'static str>, chunks: &[&[u8]]) -> Result<Read, TooLarge> {
        let mut framing = ArrayItems::new(64, envelope);
        let (mut items, mut problem) = (Vec::new(), None);
        for chunk in chunks {
            framing.push(Bytes::copy_from_slice(chunk));
            while let Some(item) = framing.next()? {
                match item.problem {
                    None => items.push(String::from_utf8_lossy(&item.text).into_owned()),
                    other => problem = other,
                }
            }
        }
        let last = framing.last().and_then(|item| item.problem);
        problem = problem.or(last.filter(|last| *last != Problem::Around));
        Ok((items, problem, framing.is_complete()))
    }

    /// Reads a text in every way to cut it in two, and byte by byte.
    fn read_cut(envelope: Option<&'static str>, text: &str) -> Result<Read, TooLarge> {
        let whole = read(envelope, &[text.as_bytes()]);
        for i in 0..text.len() {
            let (one, two) = text.as_bytes().split_at(i);
            assert_eq!(read(envelope, &[one, two]), whole, "{text} at {i}");
        }
        let bytes: Vec<_> = text.as_bytes().chunks(1).collect();
        assert_eq!(read(envelope, &bytes), whole, "{text}");
        whole
    }

    fn items(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn cuts_between_chunks_never_change_the_items() {
        for (text, expected) in [
            ("[]", &[][..]),
            (" [ ] \n", &[]),
            ("\u{feff}[1]", &["1"]),
            ("[1, -2.5e3 ,true,null]", &["1", "-2.5e3", "true", "null"]),
            (r#"["a,]", "b\"]", "\\", ""]"#, &[r#""a,]""#, r#""b\"]""#, r#""\\""#, r#""""#]),
            (r#"[{"a": [1, {"b": "}"}]}, [[]], {}]"#, &[r#"{"a": [1, {"b": "}"}]}"#, "[[]]", "{}"]),
        ] {
            assert_eq!(read_cut(None, text).unwrap(), (items(expected), None, true), "{text}");
            let enveloped = format!(
                r#"{{"x": {{"data": [9]}}, "y": 1, "data": {}, "z": [7]}} "#,
                text.trim_start_matches('\u{feff}')
            );
            assert_eq!(
                read_cut(Some("data"), &enveloped).unwrap(),
                (items(expected), None, true),
                "{enveloped}"
            );
        }
        assert_eq!(read_cut(Some("data"), r#"{"\u0064ata":[1]}"#).unwrap().0, ["1"]);
    }

    #[test]
    fn any_other_text_is_a_problem_and_not_an_item() {
        for (envelope, text, expected, problem) in [
            (None, r#"{"a": 1}"#, &[][..], Problem::NotAnArray),
            (None, "null", &[], Problem::NotAnArray),
            (None, "[1 2]", &["1"], Problem::NotJson),
            (None, "[1,]", &["1"], Problem::NotJson),
            (None, "[,1]", &[], Problem::NotJson),
            (None, "[1}", &["1"], Problem::NotJson),
            (None, "[1] 2", &["1"], Problem::NotJson),
            (Some("data"), "[1]", &[], Problem::NotAnArray),
            (Some("data"), r#"{"a": [1]}"#, &[], Problem::NoField),
            (Some("data"), r#"{"data": null}"#, &[], Problem::NotAnArray),
            (Some("data"), r#"{"data": {"data": [1]}}"#, &[], Problem::NotAnArray),
            (Some("data"), "{1}", &[], Problem::NotJson),
            (Some("data"), r#"{"a": , "data": [1]}"#, &[], Problem::NotJson),
        ] {
            let (found, why, is_complete) = read_cut(envelope, text).unwrap();
            assert_eq!((found, why, is_complete), (items(expected), Some(problem), true), "{text}");
        }
    }

    #[test]
    fn an_array_without_its_end_is_not_complete() {
        for text in ["", " ", "[", "[1", "[1,", "[\"a]", "[{\"a\": 1}"] {
            assert!(!read_cut(None, text).unwrap().2, "{text}");
        }
        for text in ["{", r#"{"a": 1"#, r#"{"data": [1]"#, r#"{"data": [1], "b": {}"#] {
            assert!(!read_cut(Some("data"), text).unwrap().2, "{text}");
        }
    }

    #[test]
    fn an_item_over_the_limit_ends_reading_and_what_is_skipped_has_none() {
        let long = "x".repeat(100);
        assert_eq!(read_cut(None, &format!("[1, \"{long}\"]")), Err(TooLarge { limit: 64 }));
        let skipped = format!(r#"{{"a": "{long}", "data": [1], "b": ["{long}"]}}"#);
        assert_eq!(read_cut(Some("data"), &skipped).unwrap(), (items(&["1"]), None, true));
        let name = format!(r#"{{"{long}": 1}}"#);
        assert_eq!(read_cut(Some("data"), &name), Err(TooLarge { limit: 64 }));
    }

    #[test]
    fn the_text_around_the_array_is_found_at_any_cut() {
        let around = |envelope, text: &str, size| {
            let mut framing = ArrayItems::new(64, envelope);
            let mut found = None;
            for chunk in text.as_bytes().chunks(size) {
                framing.push(Bytes::copy_from_slice(chunk));
                while let Some(item) = framing.next().unwrap() {
                    found = found.or(item.problem.map(|_| item.text));
                }
            }
            let last = found.or_else(|| framing.last().map(|item| item.text));
            last.map(|text| String::from_utf8_lossy(&text).into_owned())
        };
        for (envelope, text, expected) in [
            (
                Some("data"),
                r#"{"a": 1, "data": [{"b": 2}, 3] , "c": []} "#,
                r#"{"a": 1, "data": [] , "c": []} "#,
            ),
            (Some("data"), r#"{"ok": false, "e": "x"}"#, r#"{"ok": false, "e": "x"}"#),
            (Some("data"), r#"{"data": {"a": [1]}, "e": 1}"#, r#"{"data": {"a": [1]}, "e": 1}"#),
            (None, r#"{"ok": {"a": "}"}}"#, r#"{"ok": {"a": "}"}}"#),
            (None, r#"{"ok": 1"#, r#"{"ok": 1"#),
            (None, "\u{feff} \n{\"ok\": 1}", r#"{"ok": 1}"#),
        ] {
            for size in 1..=text.len() {
                assert_eq!(
                    around(envelope, text, size).as_deref(),
                    Some(expected),
                    "{text} {size}"
                );
            }
        }
        assert_eq!(around(None, "[1, 2]", 2), None);
        assert_eq!(around(None, "\n <html>", 10).unwrap(), "<html>");
        let long = format!("{{\"a\": \"{}\"}}", "x".repeat(100));
        assert_eq!(around(Some("data"), &long, 7).unwrap(), long[..64]);
    }

    #[test]
    fn memory_is_bounded_by_a_chunk_and_an_item() {
        let mut framing = ArrayItems::new(64, Some("data"));
        let mut count = 0;
        let mut push = |framing: &mut ArrayItems, chunk: &'static [u8]| {
            framing.push(Bytes::from_static(chunk));
            while let Some(item) = framing.next().unwrap() {
                assert_eq!(item.problem, None);
                count += 1;
            }
            // An item, and the text around the items.
            assert!(framing.buffered() <= 2 * 64);
        };
        push(&mut framing, b"{\"skipped\": \"");
        (0..10_000).for_each(|_| push(&mut framing, b"a long text that nobody reads"));
        push(&mut framing, b"\", \"data\": [0");
        (0..10_000).for_each(|_| push(&mut framing, b", {\"id\": \"a1\"}, [2]"));
        assert_eq!(count, 20_001);
    }
}
