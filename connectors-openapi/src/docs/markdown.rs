//! Text that rustdoc and clippy read as text.

/// Writes text so that rustdoc and clippy read it as text: code in backticks, URLs as links, and no
/// links to items.
pub(crate) fn clean(text: &str) -> String {
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
    let core = core.strip_suffix("'s").unwrap_or(core);
    let begin = word.find(core).unwrap_or(0);
    let (before, after) = (&word[..begin], &word[begin + core.len()..]);
    let before = before.trim_end_matches('\\');
    let is_path = core.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':'));
    if let Some(after) = after.strip_prefix("()").filter(|_| is_path && !core.is_empty()) {
        return format!("{}`{core}()`{}", escaped(before), escaped(after));
    }
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
    for (at, c) in text.char_indices() {
        let is_quoted = text[at..].starts_with("[\"");
        let special = matches!(c, '<' | '>') || is_quoted || (link && matches!(c, '[' | ']'));
        if special && last != '\\' {
            out.push('\\');
        }
        out.push(c);
        last = c;
    }
    out
}
