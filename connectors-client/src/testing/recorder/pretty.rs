//! Writes JSON so that people read it and versions differ in few lines: what is small stands on one
//! line.

use serde_json::Value;

/// Longest line of an object or array.
const WIDTH: usize = 80;

pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    push(&mut text, value, 0);
    text.push('\n');
    text
}

fn push(text: &mut String, value: &Value, depth: usize) {
    let is_empty = match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => true,
    };
    if is_empty {
        return text.push_str(&value.to_string());
    }
    if let Some(line) = line(value) {
        return text.push_str(&line);
    }
    match value {
        Value::Array(items) => {
            let items = items.iter().map(|item| (String::new(), item));
            push_lines(text, ['[', ']'], items, depth);
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (named(name), value));
            push_lines(text, ['{', '}'], fields, depth);
        }
        _ => {}
    }
}

fn named(name: &str) -> String {
    format!("{}: ", Value::from(name))
}

fn push_lines<'a>(
    text: &mut String,
    [open, close]: [char; 2],
    items: impl Iterator<Item = (String, &'a Value)>,
    depth: usize,
) {
    text.push(open);
    for (index, (name, value)) in items.enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&"  ".repeat(depth + 1));
        text.push_str(&name);
        push(text, value, depth + 1);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push(close);
}

/// Returns a value as one line, if its members are scalars and it is short.
fn line(value: &Value) -> Option<String> {
    let is_scalar = |value: &Value| match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => true,
    };
    let line = match value {
        Value::Array(items) if items.iter().all(is_scalar) => {
            let items: Vec<_> = items.iter().map(Value::to_string).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) if fields.values().all(is_scalar) => {
            let fields = fields.iter().map(|(name, value)| format!("{}{value}", named(name)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        _ => return None,
    };
    (line.len() <= WIDTH).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_values_stand_on_one_line_and_all_are_read_back() {
        let long = "x".repeat(90);
        let value = serde_json::json!({
            "a": [], "b": {}, "c": {"d": 1, "e": "\n"}, "f": [[1]], "g": [long], "h": null,
        });
        let text = write(&value);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines[..5],
            [
                "{",
                "  \"a\": [],",
                "  \"b\": {},",
                "  \"c\": {\"d\": 1, \"e\": \"\\n\"},",
                "  \"f\": [",
            ]
        );
        assert_eq!(lines[5..8], ["    [1]", "  ],", "  \"g\": ["]);
    }
}
