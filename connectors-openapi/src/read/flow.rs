//! JSON within YAML that is indented too little.

/// Indents each line of JSON more than the key that it belongs to.
pub(super) fn indented(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut flow = Flow::default();
    // The indentation of a key whose value is a text of several lines.
    let mut literal = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let indentation = line.len() - content.len();
        if content.trim().is_empty() || literal.is_some_and(|key| indentation > key) {
            mended.push_str(line);
            continue;
        }
        literal = None;
        if content.starts_with('#') {
            mended.push_str(line);
        } else if flow.is_open() {
            let missing = (flow.indentation + 1).saturating_sub(indentation);
            mended.extend(std::iter::repeat_n(' ', missing));
            flow.take(content);
            mended.push_str(line);
        } else {
            let (key, value) = key_and_value(content);
            if value.starts_with(['{', '[']) {
                flow = Flow { indentation: indentation + key, ..Flow::default() };
                flow.take(value);
            } else if value.starts_with(['|', '>']) {
                // The text of an item stands below the item, and that of a key below the key.
                let is_item = content[key..].starts_with(value);
                literal = Some(if is_item {
                    indentation + key.saturating_sub(2)
                } else {
                    indentation + key
                });
            }
            mended.push_str(line);
        }
    }
    // JSON that never ends was none.
    if flow.is_open() { text.to_owned() } else { mended }
}

/// Returns the place of the key in a line, after the dashes of lists, and the value.
fn key_and_value(content: &str) -> (usize, &str) {
    let mut rest = content;
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    let value = match rest.split_once(": ") {
        Some((_, value)) if !rest.starts_with(['{', '[']) => value.trim_start(),
        _ => rest,
    };
    (content.len() - rest.len(), value)
}

/// How far JSON has been read.
#[derive(Default)]
struct Flow {
    indentation: usize,
    depth: usize,
    /// The quote of a text that goes on.
    quote: Option<char>,
}

impl Flow {
    fn is_open(&self) -> bool {
        self.depth > 0
    }

    fn take(&mut self, content: &str) {
        // The last character, and the last one that is no space.
        let (mut last, mut before) = (' ', ',');
        let mut characters = content.chars();
        while let Some(character) = characters.next() {
            if let Some(quote) = self.quote {
                match character {
                    '\\' if quote == '"' => drop(characters.next()),
                    _ if character == quote => self.quote = None,
                    _ => {}
                }
            } else {
                match character {
                    // An apostrophe within a word opens no text.
                    '"' | '\'' if matches!(before, '{' | '[' | ',' | ':' | '\'') => {
                        self.quote = Some(character);
                    }
                    '{' | '[' => self.depth += 1,
                    '}' | ']' => self.depth = self.depth.saturating_sub(1),
                    '#' if last == ' ' => return,
                    _ => {}
                }
            }
            last = character;
            if character != ' ' {
                before = character;
            }
        }
    }
}
