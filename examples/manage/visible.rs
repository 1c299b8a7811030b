//! Makes text from other sources safe for a terminal.

/// Escapes control characters, which could break a line or rewrite one already shown.
pub(crate) fn visible(text: &str) -> String {
    escaped(text, char::is_control)
}

/// Escapes control characters except line ends.
pub(crate) fn visible_lines(text: &str) -> String {
    escaped(text, |c| c.is_control() && !matches!(c, '\n' | '\t'))
}

fn escaped(text: &str, is_unfit: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unfit(c) { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    escaped
}
