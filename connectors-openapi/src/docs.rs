//! Descriptions in `CommonMark` and HTML as doc comments.

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

/// Returns the first paragraph of a description, as one sentence or more.
pub(crate) fn first_paragraph(text: &str) -> String {
    let blocks = blocks(text);
    let text = blocks.into_iter().find_map(|block| match block {
        Block::Text { text, first, .. } if first.is_empty() => Some(text),
        _ => None,
    });
    sentence(text.unwrap_or_default().trim())
}

/// Returns the first sentence of a text that is longer than `limit`, and all of a shorter one.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    let mut end = 0;
    for (index, _) in text.match_indices(". ") {
        if index > limit && end > 0 {
            break;
        }
        let abbreviation =
            ["e.g", "i.e", "etc", "vs"].iter().any(|end| text[..index].ends_with(end));
        let next_is_upper = text[index + 2..].starts_with(|c: char| !c.is_ascii_lowercase());
        if !abbreviation && next_is_upper {
            end = index + 1;
        }
    }
    if end == 0 { text.to_owned() } else { text[..end].to_owned() }
}

/// Returns a text with a capital first letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim().trim_start_matches('#').trim();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let first_word = text.split_whitespace().next().unwrap_or_default();
    let is_word = first_word.chars().all(|c| c.is_ascii_lowercase() || matches!(c, ',' | '.'));
    let mut sentence =
        if is_word { first.to_uppercase().to_string() + chars.as_str() } else { text.to_owned() };
    if sentence
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '`' | ')' | '"' | '>' | ']' | '*'))
    {
        sentence.push('.');
    }
    sentence
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
        let fence = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence));
        if let Some(fence) = fence.filter(|_| !trimmed[3..].contains('`')) {
            let mut code = Vec::new();
            for line in lines.by_ref() {
                if line.trim().starts_with(fence) {
                    break;
                }
                code.push(line.to_owned());
            }
            blocks.push(Block::Code(code));
            blocks.push(Block::Blank);
        } else if trimmed.is_empty() {
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

/// Adds a line to the paragraph or item before it, or begins another one.
fn text_block(line: &str, blocks: &mut Vec<Block>) {
    let (marker, text) = list_marker(line);
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

/// Writes text so that rustdoc and clippy read it as text: code in backticks, URLs as links, and no
/// links to items.
fn clean(text: &str) -> String {
    let mut out = String::new();
    // An odd backtick would open code that never ends.
    let balanced = text.matches('`').count().is_multiple_of(2);
    let text = if balanced { text.to_owned() } else { text.replace('`', "'") };
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            out.push('`');
            out.push_str(part.trim());
            out.push('`');
        } else {
            out.push_str(&prose(part));
        }
    }
    out.replace("``", "")
}

fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let blank = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        out.push_str(&rest[..blank]);
        rest = &rest[blank..];
        if let Some((link, after)) = link(rest) {
            out.push_str(&link);
            rest = after;
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        // A link can begin within a word: `(see[1](..))`.
        let end = rest[..end].find('[').filter(|at| *at > 0).unwrap_or(end);
        out.push_str(&word(&rest[..end]));
        rest = &rest[end..];
    }
    out
}

/// Reads `[text](https://..)`. A link to a place in other documents becomes its text.
fn link(text: &str) -> Option<(String, &str)> {
    let image = text.strip_prefix('!').unwrap_or(text);
    let inner = image.strip_prefix('[')?;
    let close = inner.find("](")?;
    let label = &inner[..close];
    let target = &inner[close + 2..];
    let end = target.find(')')?;
    if label.contains('[') || target[..end].contains('\n') {
        return None;
    }
    let url = target[..end].split_whitespace().next().unwrap_or_default();
    let label_text: Vec<String> = label.split_whitespace().map(word).collect();
    let label_text = label_text.join(" ");
    let is_absolute = url.starts_with("https://") || url.starts_with("http://");
    let written = if is_absolute && !url.contains(['<', '>']) {
        format!("[{}]({url})", label_text.replace(['<', '>'], ""))
    } else {
        label_text
    };
    Some((written, &target[end + 1..]))
}

fn word(word: &str) -> String {
    if let Some(at) = word.find("https://").or_else(|| word.find("http://")) {
        return url(word, at);
    }
    let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let core = word.trim_matches(is_end);
    let begin = word.find(core).unwrap_or(0);
    let (before, after) = (&word[..begin], &word[begin + core.len()..]);
    let before = before.trim_end_matches('\\');
    if is_code(core) && !core.contains(['[', ']', '<', '>', '*', '(', ')', '"']) {
        return format!("{}`{core}`{}", escaped(before), escaped(after));
    }
    escaped(word)
}

fn url(word: &str, at: usize) -> String {
    let stops = |c: char| matches!(c, '<' | '>' | '"' | '\'' | '*' | ')' | ']' | '(' | '[' | '\\');
    let url = &word[at..];
    let url = &url[..url.find(stops).unwrap_or(url.len())];
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let after = &word[at + url.len()..];
    if url.len() < 10 {
        return escaped(word);
    }
    format!(
        "{}<{url}>{}",
        escaped(word[..at].trim_end_matches('<')),
        escaped(after.trim_start_matches('>'))
    )
}

/// Names that clippy knows (`doc-valid-idents`).
const KNOWN: [&str; 21] = [
    "GitHub",
    "GitLab",
    "OAuth",
    "GraphQL",
    "JavaScript",
    "TypeScript",
    "WebAssembly",
    "CoffeeScript",
    "ClojureScript",
    "PureScript",
    "OpenSSL",
    "OpenSSH",
    "OpenTelemetry",
    "OpenGL",
    "OpenMP",
    "PostScript",
    "TensorFlow",
    "FreeBSD",
    "NetBSD",
    "OpenBSD",
    "DevOps",
];

/// Returns true for words that clippy takes for code: with underscores, `::` or inner capitals.
fn is_code(word: &str) -> bool {
    if word.len() < 3 || word.starts_with("http") || KNOWN.contains(&word) {
        return false;
    }
    let underscore =
        word.trim_matches('_').contains('_') || word.contains("::") || word.contains("()");
    let has_lower = word.contains(|c: char| c.is_ascii_lowercase());
    let only_letters = word.chars().all(|c| c.is_ascii_alphanumeric());
    let humps = word.chars().skip(1).filter(char::is_ascii_uppercase).count();
    let stem = word.strip_suffix('s').unwrap_or(word);
    let is_acronym = stem.chars().all(|c| !c.is_ascii_lowercase());
    underscore || (has_lower && only_letters && humps > 0 && !is_acronym)
}

/// Escapes what Markdown would read as a link, an HTML tag or emphasis across words.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    // Brackets around one word would be a link to an item.
    let link = text.find('[').is_some_and(|at| text[at..].contains(']'));
    for c in text.chars() {
        let special = matches!(c, '<' | '>') || (link && matches!(c, '[' | ']'));
        if special && last != '\\' {
            out.push('\\');
        }
        out.push(c);
        last = c;
    }
    out
}

/// Turns the tags of HTML that descriptions use into Markdown, and removes others.
fn html(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    if !text.contains('<') {
        return text.replace("&nbsp;", " ");
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut in_code = false;
    while let Some(at) = rest.find(['<', '`']) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = tail.strip_prefix('`') {
            in_code = !in_code;
            out.push('`');
            rest = after;
        } else if let Some((markdown, len)) = tag(tail).filter(|_| !in_code) {
            out.push_str(&markdown);
            rest = &tail[len..];
        } else {
            out.push('<');
            rest = &tail[1..];
        }
    }
    out.push_str(rest);
    let entities =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    entities.iter().fold(out, |text, (from, to)| text.replace(from, to))
}

const TAGS: [&str; 37] = [
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
];

/// Returns the Markdown of a tag of HTML, and the length of the tag.
fn tag(text: &str) -> Option<(String, usize)> {
    if text.starts_with("<!--") {
        return Some((String::new(), text.find("-->")? + 3));
    }
    let end = text.find('>')?;
    let inner = text[1..end].trim_end_matches('/').trim();
    let name = inner.trim_start_matches('/').split_whitespace().next()?.to_ascii_lowercase();
    if !TAGS.contains(&name.as_str())
        && !["th", "thead", "u", "ul", "video"].contains(&name.as_str())
    {
        return None;
    }
    let closes = inner.starts_with('/');
    let markdown = match name.as_str() {
        "br" | "hr" | "tr" => "\n",
        "p" | "div" | "ul" | "ol" | "table" | "pre" | "h1" | "h2" | "h3" | "h4" => "\n\n",
        "li" if !closes => "\n- ",
        "code" => "`",
        "b" | "strong" => "**",
        "td" | "th" => " ",
        _ => "",
    };
    Some((markdown.to_owned(), end + 1))
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
        assert_eq!(shown("A:\n\n    let x = 1;"), "A:\n\nlet x = 1;");
    }

    #[test]
    fn words_of_code_get_backticks() {
        assert_eq!(
            shown("The page_size of FooBar, API keys"),
            "The `page_size` of `FooBar`, API keys"
        );
        assert_eq!(shown("an `open one"), "an 'open one");
    }

    #[test]
    fn links_and_tags_are_safe() {
        assert_eq!(shown("See https://example.com/a."), "See <https://example.com/a>.");
        assert_eq!(shown("[docs](/docs/x) [a](https://b.c)"), "docs [a](https://b.c)");
        assert_eq!(shown("a [1] <id> b<br>c"), "a \\[1\\] \\<id\\> b c");
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
    }
}
