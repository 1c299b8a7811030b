//! Descriptions in `CommonMark` and HTML as doc comments.

mod html;
mod markdown;
mod sentences;

use std::borrow::Cow;

use html::html;
pub(crate) use markdown::clean;
pub(crate) use sentences::{first_paragraph, one_line, repeats, sentence, shortened};

/// Returns a description as lines of at most `width` columns. Code becomes `text` fences, so that
/// nothing of it is run as a test, and words of code get backticks.
pub(crate) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for block in blocks(text) {
        match block {
            Block::Blank => out.push(String::new()),
            Block::Code(code) => {
                out.push("```text".to_owned());
                out.extend(code.into_iter().map(|line| line.trim_end().replace("```", "'''")));
                out.push("```".to_owned());
            }
            Block::Row(row) => out.push(clean(&row)),
            Block::Text { first, rest, text } => {
                out.extend(wrapped(&clean(&text), &first, &rest, width.max(40)));
            }
        }
    }
    out.dedup_by(|next, last| next.is_empty() && last.is_empty());
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    if out.first().is_some_and(String::is_empty) {
        out.remove(0);
    }
    out
}

enum Block {
    Blank,
    Code(Vec<String>),
    /// A row of a table, which is not wrapped.
    Row(String),
    /// A paragraph or an item of a list, with the beginnings of its first and other lines.
    Text {
        first: String,
        rest: String,
        text: String,
    },
}

fn blocks(text: &str) -> Vec<Block> {
    let text = html(text);
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        // A fence can stand on the line of an item, or in a quotation.
        let quoted = |line: &str| line.trim_start().starts_with('>');
        let unquoted = |line: &str| line.trim_start_matches(['>', ' ', '\t']).to_owned();
        let bare = unquoted(list_marker(trimmed).1);
        let fence = ["```", "~~~"].into_iter().find(|fence| bare.starts_with(fence));
        if let Some(fence) = fence.filter(|_| !bare[3..].contains('`')) {
            let is_quoted = quoted(trimmed);
            let mut code = Vec::new();
            for line in lines.by_ref() {
                let inner =
                    if is_quoted && quoted(line) { unquoted(line) } else { line.to_owned() };
                if inner.trim().starts_with(fence) {
                    break;
                }
                code.push(inner);
            }
            blocks.push(Block::Code(code));
            blocks.push(Block::Blank);
            continue;
        }
        let spoken = without_quote(trimmed);
        let trimmed = spoken.as_ref();
        if trimmed.is_empty() {
            blocks.push(Block::Blank);
        } else if trimmed.starts_with('|') {
            blocks.push(Block::Row(trimmed.to_owned()));
        } else if trimmed.chars().all(|c| matches!(c, '-' | '=' | '*' | '_')) && trimmed.len() > 2 {
            // The underline of a heading, or a rule.
        } else {
            text_block(trimmed, &mut blocks);
        }
    }
    blocks
}

/// Removes the marks of a quotation, also those of its lines that have been joined.
fn without_quote(line: &str) -> Cow<'_, str> {
    let text = line.trim_start_matches(['>', ' ']);
    let is_text = |c: char| c.is_alphabetic() || matches!(c, '#' | '*' | '[' | '`');
    if !line.starts_with('>') || !(text.is_empty() || text.starts_with(is_text)) {
        return line.into();
    }
    let mut kept: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        // A sign of a comparison stands within a sentence.
        let ends = kept.last().is_none_or(|last| last.ends_with(['.', '!', '?', ':', '*', '>']));
        if word != ">" || !ends {
            kept.push(word);
        }
    }
    let text = kept.join(" ");
    text.trim_end_matches(['>', ' ']).to_owned().into()
}

/// Adds a line to the paragraph or item before it, or begins another one.
fn text_block(line: &str, blocks: &mut Vec<Block>) {
    // A sum goes on in the next line more often than a list begins there.
    let is_open = matches!(blocks.last(), Some(Block::Text { first, .. }) if first.is_empty());
    let (marker, text) =
        if is_open && line.starts_with("+ ") { (String::new(), line) } else { list_marker(line) };
    let is_heading = line.starts_with('#');
    if marker.is_empty()
        && !is_heading
        && let Some(Block::Text { text: open, .. }) = blocks.last_mut()
        && !open.starts_with('#')
    {
        open.push(' ');
        open.push_str(text);
        return;
    }
    let starts_list = !marker.is_empty()
        && matches!(blocks.last(), Some(Block::Text { first, .. }) if first.is_empty());
    let after_heading =
        matches!(blocks.last(), Some(Block::Text { text, .. }) if text.starts_with('#'));
    if starts_list || after_heading || is_heading {
        blocks.push(Block::Blank);
    }
    // A paragraph after a list would be read as a part of its last item.
    blocks.push(Block::Text {
        rest: " ".repeat(marker.chars().count()),
        first: marker,
        text: text.to_owned(),
    });
}

/// Splits an item of a list into its marker and text.
fn list_marker(line: &str) -> (String, &str) {
    for marker in ["- ", "* ", "+ ", "\u{2022} "] {
        if let Some(text) = line.strip_prefix(marker) {
            return ("- ".to_owned(), text.trim_start());
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && let Some(text) = line[digits..].strip_prefix(". ")
    {
        return (format!("{}. ", &line[..digits]), text.trim_start());
    }
    (String::new(), line)
}

fn wrapped(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in pieces(text) {
        let len = line.chars().count() + word.chars().count() + usize::from(!is_empty);
        if !is_empty && len > width {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        // A line must not begin as a list, a heading or a quote does.
        let begins = line.trim().is_empty() && !lines.is_empty();
        if begins
            && (matches!(word.as_str(), "-" | "*" | "+" | ">" | "|" | "=") || word.starts_with('#'))
        {
            line.push('\\');
        }
        if begins && word.ends_with('.') && word[..word.len() - 1].parse::<u32>().is_ok() {
            line.push_str(&word[..word.len() - 1]);
            line.push_str("\\.");
        } else {
            line.push_str(&word);
        }
        is_empty = false;
    }
    if !is_empty {
        lines.push(line);
    }
    lines
}

/// Splits a text at its blanks, but not within code.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for word in text.split_whitespace() {
        match pieces.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
        open ^= word.matches('`').count() % 2 == 1;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        lines(text, 60).join("\n")
    }

    #[test]
    fn code_is_text_and_never_a_test() {
        assert_eq!(
            shown("Run\n```js\nlet a = 1;\n```\nthen"),
            "Run\n```text\nlet a = 1;\n```\n\nthen"
        );
        assert_eq!(shown("Never closed\n```\na"), "Never closed\n```text\na\n```");
        let item = "- ```python\n  import x\n  ```\n- more";
        assert_eq!(shown(item), "```text\n  import x\n```\n\n- more");
        assert_eq!(shown("> ```sh\n> ls\n> ```\nend"), "```text\nls\n```\n\nend");
        assert_eq!(shown("A:\n\n    let x = 1;"), "A:\n\nlet x = 1;");
    }

    #[test]
    fn words_of_code_get_backticks() {
        assert_eq!(
            shown("The page_size of FooBar, API keys"),
            "The `page_size` of `FooBar`, API keys"
        );
        assert_eq!(shown("a.b.length() of FooBar's"), "`a.b.length()` of `FooBar`'s");
        assert_eq!(shown("an `open one"), "an 'open one");
    }

    #[test]
    fn links_and_tags_are_safe() {
        assert_eq!(shown("See https://example.com/a."), "See <https://example.com/a>.");
        assert_eq!(shown("[docs](/docs/x) [a](https://b.c)"), "docs [a](https://b.c)");
        assert_eq!(shown("one of [\"a\", \"b\"]"), "one of \\[\"a\", \"b\"]");
        assert_eq!(shown("a [1] <id> b<br>c"), "a \\[1\\] \\<id\\> b c");
    }

    #[test]
    fn quotations_lose_their_marks() {
        assert_eq!(
            shown("> **Beta**\n> Ask us.\n>\n> ### Then\n> Go."),
            "**Beta** Ask us.\n\n### Then\n\nGo."
        );
        assert_eq!(shown("> This. > > Is a > b: > joined."), "This. Is a \\> b: joined.");
        assert_eq!(shown("> 5 items"), "\\> 5 items");
    }

    #[test]
    fn lists_keep_their_indentation() {
        assert_eq!(
            shown("Kinds:\n* one that is long enough to be wrapped at sixty columns\n* two"),
            "Kinds:\n\n- one that is long enough to be wrapped at sixty columns\n- two"
        );
    }

    #[test]
    fn sentences_end_with_a_stop() {
        assert_eq!(sentence("list all pets"), "List all pets.");
        assert_eq!(sentence("page_size or less"), "page_size or less.");
        assert_eq!(shortened("One thing. Another, e.g. this. A third one.", 12), "One thing.");
        assert_eq!(
            shortened("One thing. Another, e.g. this. A third.", 31),
            "One thing. Another, e.g. this."
        );
        assert_eq!(first_paragraph("The mode. One of:\n- a\n- b"), "The mode.");
        assert_eq!(first_paragraph("One of these:\n- a"), "One of these.");
    }

    #[test]
    fn docs_that_say_no_more_than_the_names_are_known() {
        assert!(repeats("The ID of the book.", &["id", "Book"]));
        assert!(repeats("Names of the book's authors", &["author_names", "ListBooks"]));
        assert!(!repeats("The ISBN of the book.", &["id", "Book"]));
        assert!(!repeats("Le nom \u{e9}crit.", &["nom"]));
    }
}
