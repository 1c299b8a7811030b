//! Parses the template of an endpoint: `v1/connectors/<id>?<limit>&page=<page>`.

use std::fmt::Write as _;

use crate::model::template::{PathPiece, QueryPiece, Template};
use crate::syntax::case::Case;

impl Template {
    /// Parses a template. The error is one sentence about the template.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Self::read(text).map_err(|mistake| without_controls(&mistake))
    }

    fn read(text: &str) -> Result<Self, String> {
        check_whole(text)?;
        let (path, query) = split_query(text)?;
        let template =
            Self { path: parse_path(path)?, query: query.map_or(Ok(Vec::new()), parse_query)? };
        template.check_names()?;
        Ok(template)
    }

    fn check_names(&self) -> Result<(), String> {
        let names: Vec<_> = self.names().collect();
        match names.iter().enumerate().find(|(i, name)| names[..*i].contains(name)) {
            Some((_, name)) => {
                Err(format!("duplicate placeholder `<{name}>`: an argument has one place"))
            }
            None => Ok(()),
        }
    }
}

impl Template {
    /// Names the query pairs that are written `<name>` in this case, such as `camelCase`.
    pub(super) fn rename_pairs(&mut self, case: &Case) {
        for piece in &mut self.query {
            if let QueryPiece::Argument { key: key @ None, name } = piece {
                *key = Some(case.of_field(name));
            }
        }
    }
}

/// Escapes control characters, since an error quotes the template on a terminal.
fn without_controls(mistake: &str) -> String {
    let mut shown = String::with_capacity(mistake.len());
    for character in mistake.chars() {
        if character.is_control() {
            shown.extend(character.escape_debug());
        } else {
            shown.push(character);
        }
    }
    shown
}

fn check_whole(text: &str) -> Result<(), String> {
    let path = text.split('?').next().unwrap_or_default();
    if path.contains("://") {
        return Err(
            "a template is a path: the scheme and host are the client's base URL".to_owned()
        );
    }
    if let Some((inside, _)) = path.split_once('{').and_then(|(_, after)| after.split_once('}')) {
        let name = leading_name(inside.trim_start_matches('*'));
        return Err(format!("a placeholder is written `<{}>`, not `{{{inside}}}`", or_id(name)));
    }
    if let Some((_, after)) = text.split_once("<r#") {
        let name = leading_name(after);
        return Err(format!("a placeholder names the argument without `r#`: write `<{name}>`"));
    }
    if text.contains('#') {
        return Err("a template has no fragment: remove `#…`, which is never sent".to_owned());
    }
    Ok(())
}

fn split_query(text: &str) -> Result<(&str, Option<&str>), String> {
    match text.split_once('?') {
        None => Ok((text, None)),
        Some((_, query)) if query.contains('?') => {
            Err("the template has two `?`: separate the pairs of the query by `&`".to_owned())
        }
        Some((_, "")) => Err("nothing follows the `?`: remove it".to_owned()),
        Some((path, query)) => Ok((path, Some(query))),
    }
}

/// Parses a path. The client joins it to the path of the base URL, so a leading slash means
/// nothing.
fn parse_path(path: &str) -> Result<Vec<PathPiece>, String> {
    let mut pieces = Vec::new();
    // The slash alone is sent, unlike the one before a path.
    if path == "/" {
        push_text(&mut pieces, path);
        return Ok(pieces);
    }
    let path = path.strip_prefix('/').unwrap_or(path);
    let segments: Vec<_> = path.split('/').collect();
    for (i, segment) in segments.iter().enumerate() {
        if i > 0 {
            push_text(&mut pieces, "/");
        }
        let is_last = i + 1 == segments.len();
        if segment.is_empty() && !is_last {
            return Err("the path has an empty segment, `//`: remove a slash".to_owned());
        }
        parse_segment(segment, is_last, &mut pieces)?;
    }
    Ok(pieces)
}

fn parse_segment(segment: &str, is_last: bool, pieces: &mut Vec<PathPiece>) -> Result<(), String> {
    // URL parsers read an encoded dot as a dot here (WHATWG URL, "double-dot URL path segment").
    if matches!(segment.to_lowercase().replace("%2e", ".").as_str(), "." | "..") {
        return Err(format!("`{segment}` leads out of the path: write the path itself"));
    }
    let mut rest = segment;
    let mut after_argument = false;
    while !rest.is_empty() {
        let Some(inner) = rest.strip_prefix('<') else {
            // The index is on the boundary of a character, or at the end.
            let end = rest.find('<').unwrap_or(rest.len());
            check_path_text(&rest[..end])?;
            push_text(pieces, &rest[..end]);
            rest = &rest[end..];
            after_argument = false;
            continue;
        };
        let (name, after) = placeholder(inner)?;
        if after_argument {
            return Err(format!("`<{name}>` follows another placeholder: put text between them"));
        }
        match name.strip_suffix("..") {
            Some("") => {
                return Err("`<..>` belongs in the query: name the argument, `<path..>`".to_owned());
            }
            Some(_) if !is_last || rest != segment || !after.is_empty() => {
                return Err(format!(
                    "`<{name}>` spans several segments: it must be all that follows the last `/`"
                ));
            }
            Some(name) => pieces.push(PathPiece::Rest(checked(name)?)),
            None => pieces.push(PathPiece::Argument(checked(name)?)),
        }
        rest = after;
        after_argument = true;
    }
    Ok(())
}

/// Returns the inside of a placeholder, and the text after it.
fn placeholder(inner: &str) -> Result<(&str, &str), String> {
    match inner.split_once('>') {
        Some((name, after)) if !name.contains('<') => Ok((name, after)),
        _ => Err(format!("a `<` is not closed: write `<{}>`", or_id(leading_name(inner)))),
    }
}

fn checked(name: &str) -> Result<String, String> {
    if is_name(name) {
        Ok(name.to_owned())
    } else {
        Err(format!("`<{name}>` does not name an argument"))
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(is_name_character)
}

/// Returns the name at the beginning of a text, which may be empty.
fn leading_name(text: &str) -> &str {
    let end = text.find(|c| !is_name_character(c)).unwrap_or(text.len());
    &text[..end]
}

/// Returns a name to show in an error if the text has none.
fn or_id(name: &str) -> &str {
    if name.is_empty() { "id" } else { name }
}

/// Returns the placeholder of an argument as other frameworks write it, if the template has one:
/// `:name`, `{name}`, `$name` or `*name`. It would be sent as text.
///
/// Only the caller knows the arguments: text in one of these forms is a placeholder if an argument
/// has its name, and otherwise it is meant, as in `jobs/:create`.
pub(super) fn foreign_placeholder(template: &str, name: &str) -> Option<String> {
    let braces = format!("{{{name}}}");
    if template.contains(&braces) {
        return Some(braces);
    }
    let words =
        template.split(['/', '?', '&', '=']).filter(|word| word.starts_with([':', '$', '*']));
    // The first character is one of these three, which are ASCII.
    words
        .filter(|word| leading_name(&word[1..]) == name)
        .map(|word| word[..=name.len()].to_owned())
        .next()
}

fn is_name_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn push_text(pieces: &mut Vec<PathPiece>, text: &str) {
    match pieces.last_mut() {
        Some(PathPiece::Text(before)) => before.push_str(text),
        _ => pieces.push(PathPiece::Text(text.to_owned())),
    }
}

/// Reports text that is illegal in a path (`pchar` of RFC 3986 section 3.3), since it is sent
/// unchanged.
fn check_path_text(text: &str) -> Result<(), String> {
    let mut characters = text.char_indices();
    while let Some((i, character)) = characters.next() {
        let legal = match character {
            '>' => return Err("a `>` has no `<` before it".to_owned()),
            '%' => {
                let digits = text
                    .get(i + 1..i + 3)
                    .is_some_and(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
                characters.next();
                characters.next();
                digits
            }
            _ => character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(character),
        };
        if !legal {
            let encoded = percent_encoded(&character.to_string(), |_| false);
            return Err(format!(
                "`{}` is not legal in a path: write `{encoded}`",
                character.escape_debug()
            ));
        }
    }
    Ok(())
}

fn parse_query(query: &str) -> Result<Vec<QueryPiece>, String> {
    let pieces: Vec<_> = query.split('&').map(parse_pair).collect::<Result<_, _>>()?;
    if pieces.iter().filter(|piece| **piece == QueryPiece::Everything).count() > 1 {
        return Err("duplicate `<..>`: it stands for all other arguments".to_owned());
    }
    Ok(pieces)
}

fn parse_pair(pair: &str) -> Result<QueryPiece, String> {
    if pair.is_empty() {
        return Err("the query has an empty pair: remove the `&`".to_owned());
    }
    if let Some(inner) = pair.strip_prefix('<') {
        let (name, after) = placeholder(inner)?;
        if !after.is_empty() {
            return Err(format!(
                "`{}` follows `<{name}>`: separate the pairs of the query by `&`",
                after.escape_debug()
            ));
        }
        return match name.strip_suffix("..") {
            Some("") => Ok(QueryPiece::Everything),
            Some(name) => Ok(QueryPiece::Rest(checked(name)?)),
            None => Ok(QueryPiece::Argument { key: None, name: checked(name)? }),
        };
    }
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let Some(inner) = value.strip_prefix('<') else {
        return Ok(QueryPiece::Text(fixed(pair, key, value)?));
    };
    let (name, after) = placeholder(inner)?;
    if key.is_empty() {
        return Err(format!(
            "a pair has no name before the `=`: write `name=<{name}>` or `<{name}>`"
        ));
    }
    if !after.is_empty() || name.ends_with("..") {
        return Err(format!("invalid pair `{pair}`: write `{key}=<name>`"));
    }
    check_plain(key)?;
    Ok(QueryPiece::Argument { key: Some(key.to_owned()), name: checked(name)? })
}

/// Returns a fixed pair, encoded as in a form.
fn fixed(pair: &str, key: &str, value: &str) -> Result<String, String> {
    if pair.contains(['<', '>']) {
        return Err(format!(
            "invalid pair `{pair}`: write `{}=<name>`",
            key.trim_matches(['<', '>'])
        ));
    }
    check_plain(pair)?;
    let encoded = form_encoded(key);
    Ok(if pair.contains('=') { format!("{encoded}={}", form_encoded(value)) } else { encoded })
}

fn check_plain(text: &str) -> Result<(), String> {
    let is_escape =
        |after: &str| after.get(..2).is_some_and(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
    if text.split('%').skip(1).any(is_escape) {
        return Err(format!(
            "`{text}` looks encoded: write the query plain, since the client encodes it"
        ));
    }
    Ok(())
}

/// Encodes text of a query as in a form.
pub(super) fn form_encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~ ".contains(&byte);
    percent_encoded(text, is_plain).replace(' ', "+")
}

fn percent_encoded(text: &str, is_plain: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if is_plain(byte) {
            encoded.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> PathPiece {
        PathPiece::Text(text.to_owned())
    }

    fn argument(name: &str) -> PathPiece {
        PathPiece::Argument(name.to_owned())
    }

    fn pair(key: Option<&str>, name: &str) -> QueryPiece {
        QueryPiece::Argument { key: key.map(str::to_owned), name: name.to_owned() }
    }

    #[test]
    fn a_placeholder_can_share_a_segment_with_text() {
        let path = |template| Template::parse(template).unwrap().path;
        assert_eq!(path("v1/connectors"), [text("v1/connectors")]);
        assert_eq!(path("/a/<b>/c"), [text("a/"), argument("b"), text("/c")]);
        assert_eq!(path("v2/<id>:cancel"), [text("v2/"), argument("id"), text(":cancel")]);
        assert_eq!(path("<name>.<ext>"), [argument("name"), text("."), argument("ext")]);
        assert_eq!(path("f/<path..>"), [text("f/"), PathPiece::Rest("path".to_owned())]);
        assert_eq!(path(""), []);
        assert_eq!(path("/"), [text("/")]);
        assert_eq!(path("a/"), [text("a/")]);
    }

    #[test]
    fn a_query_has_named_renamed_fixed_and_other_pairs() {
        let query = |template| Template::parse(template).unwrap().query;
        assert_eq!(query("a?<limit>&<offset>"), [pair(None, "limit"), pair(None, "offset")]);
        assert_eq!(
            query("a?page_size=<limit>&b[]=<b>"),
            [pair(Some("page_size"), "limit"), pair(Some("b[]"), "b")]
        );
        assert_eq!(
            query("a?beta=true&q=a b"),
            [QueryPiece::Text("beta=true".to_owned()), QueryPiece::Text("q=a+b".to_owned())]
        );
        assert_eq!(query("a?flag"), [QueryPiece::Text("flag".to_owned())]);
        assert_eq!(
            query("a?<s..>&<..>"),
            [QueryPiece::Rest("s".to_owned()), QueryPiece::Everything]
        );
    }

    #[test]
    fn text_like_a_placeholder_is_text() {
        let path = |template| Template::parse(template).unwrap().path;
        assert_eq!(path("jobs/:create"), [text("jobs/:create")]);
        assert_eq!(path("$batch/*"), [text("$batch/*")]);
        let query = |template| Template::parse(template).unwrap().query;
        assert_eq!(query("a?q={b}"), [QueryPiece::Text("q=%7Bb%7D".to_owned())]);
        assert_eq!(query("a?to=x://y"), [QueryPiece::Text("to=x%3A%2F%2Fy".to_owned())]);
        assert_eq!(query("a?f=%Y 9%"), [QueryPiece::Text("f=%25Y+9%25".to_owned())]);
    }

    #[test]
    fn a_foreign_placeholder_names_an_argument() {
        for (template, expected) in [
            ("a/:id", ":id"),
            ("a/:id/b", ":id"),
            ("a/:id.json", ":id"),
            ("a/{id}:b", "{id}"),
            ("a?b={id}", "{id}"),
            ("a?b=:id&c", ":id"),
            ("$id", "$id"),
            ("a/*id", "*id"),
        ] {
            assert_eq!(
                foreign_placeholder(template, "id").as_deref(),
                Some(expected),
                "{template}"
            );
        }
        for template in ["a/id", "a/:idle", "a:id", "a/:ID", "a?id", "a/::id", ""] {
            assert_eq!(foreign_placeholder(template, "id"), None, "{template}");
        }
    }

    #[test]
    fn a_mistake_shows_control_characters_escaped() {
        for text in ["a/<b\u{1}>", "a/.\0/\u{7}<x><y>", "a?<b>\n=c", "a?\u{1b}[31m%20"] {
            let mistake = Template::parse(text).unwrap_err();
            assert!(!mistake.chars().any(char::is_control), "{mistake:?}");
        }
        assert_eq!(
            Template::parse("<a\u{1b}>").unwrap_err(),
            "`<a\\u{1b}>` does not name an argument"
        );
    }

    #[test]
    fn no_text_makes_the_parser_panic() {
        let characters = ['<', '>', '.', '/', '?', '&', '=', '%', 'a', '1', 'ü', '{', ':', ' '];
        let mut seed = 1u64;
        for _ in 0..20_000 {
            let text: String = (0..8)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    characters[(seed >> 33) as usize % characters.len()]
                })
                .collect();
            let _ = Template::parse(&text);
        }
    }
}
