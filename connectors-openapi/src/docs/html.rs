//! HTML in descriptions.

/// Turns the tags of HTML that descriptions use into Markdown, and removes others.
pub(super) fn html(text: &str) -> String {
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
    let entities = [
        ("&nbsp;", " "),
        ("&mdash;", "\u{2014}"),
        ("&ndash;", "\u{2013}"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
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
    // Elements of one's own have a dash.
    let is_custom = name.contains('-')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && (inner.starts_with('/') || inner.contains('=') || inner.starts_with("x-"));
    if !TAGS.contains(&name.as_str())
        && !["th", "thead", "u", "ul", "video"].contains(&name.as_str())
        && !is_custom
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
