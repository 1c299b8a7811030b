//! The template parser.

use percent_encoding::percent_decode_str;

use crate::model::template::{PathPiece, QueryPiece, Template};

/// Reads a template.
///
/// An invalid template has a one-sentence error. A valid one stays the same when it is written and
/// read again, its names are identifiers that occur once, and its text contains only characters
/// allowed in a path.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn template_parser(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let template = match Template::parse(&text) {
        Ok(template) => template,
        Err(mistake) => {
            assert!(!mistake.is_empty() && !mistake.chars().any(char::is_control), "{mistake:?}");
            return;
        }
    };
    // An empty path and a slash are different: only the slash is added to the base URL.
    let is_empty = template.path.is_empty();
    let written = written(&template);
    let written = if is_empty { written.trim_start_matches('/').to_owned() } else { written };
    assert_eq!(Template::parse(&written).as_ref(), Ok(&template), "{text:?} is {written:?}");
    let path = text.split('?').next().unwrap();
    assert_eq!(template.shown_path(), path.strip_prefix('/').unwrap_or(path));

    let names: Vec<_> = template.names().collect();
    for (i, name) in names.iter().enumerate() {
        assert!(!names[..i].contains(name), "{name} twice in {text:?}");
        let is_of_name = |character: char| character.is_alphanumeric() || character == '_';
        assert!(!name.is_empty() && name.chars().all(is_of_name), "{name:?}");
        assert!(!name.starts_with(|first: char| first.is_ascii_digit()), "{name:?}");
    }
    check_path(&template.path);
    check_query(&template.query);
}

fn check_path(path: &[PathPiece]) {
    let mut shown = String::new();
    for (i, piece) in path.iter().enumerate() {
        match piece {
            PathPiece::Text(text) => {
                let is_legal = |byte: u8| {
                    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte)
                };
                assert!(!text.is_empty() && text.bytes().all(is_legal), "{text:?}");
                assert!(
                    i == 0 || !matches!(path[i - 1], PathPiece::Text(_)),
                    "two adjacent texts: {path:?}"
                );
                shown.push_str(text);
            }
            PathPiece::Argument(_) => {
                assert!(
                    i == 0 || matches!(path[i - 1], PathPiece::Text(_)),
                    "two adjacent placeholders: {path:?}"
                );
                shown.push('x');
            }
            PathPiece::Rest(_) => {
                assert_eq!(i + 1, path.len(), "not last: {path:?}");
                assert!(shown.is_empty() || shown.ends_with('/'), "shares its segment: {path:?}");
                shown.push('x');
            }
        }
    }
    // The URL has this path and no other, whatever the values are.
    let url = url::Url::parse(&format!("http://h/{shown}")).unwrap();
    assert_eq!(url.path(), format!("/{shown}"), "a URL parser changes {path:?}");
}

fn check_query(query: &[QueryPiece]) {
    for piece in query {
        match piece {
            QueryPiece::Text(text) => {
                let is_legal =
                    |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+=%".contains(&byte);
                assert!(!text.is_empty() && text.bytes().all(is_legal), "{text:?}");
                assert_eq!(url::form_urlencoded::parse(text.as_bytes()).count(), 1, "{text:?}");
            }
            QueryPiece::Argument { key: Some(key), .. } => {
                assert!(!key.is_empty() && !key.contains('&'), "{key:?}");
            }
            QueryPiece::Argument { key: None, .. }
            | QueryPiece::Rest(_)
            | QueryPiece::Everything => {}
        }
    }
}

/// Writes a template as a developer would.
fn written(template: &Template) -> String {
    let query: Vec<_> = template.query.iter().map(written_pair).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("/{}{query}", template.shown_path())
}

fn written_pair(piece: &QueryPiece) -> String {
    match piece {
        QueryPiece::Text(text) => {
            percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned()
        }
        QueryPiece::Argument { key: Some(key), name } => format!("{key}=<{name}>"),
        QueryPiece::Argument { key: None, name } => format!("<{name}>"),
        QueryPiece::Rest(name) => format!("<{name}..>"),
        QueryPiece::Everything => "<..>".to_owned(),
    }
}
