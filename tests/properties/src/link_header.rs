//! The `Link` header, which names the next page.

use http::HeaderValue;

use crate::fields;

#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../../../connectors-client/src/pagination/link_header.rs"]
mod library;

/// Reads a header, and another one written from `target, relations, title, target, relations,
/// title, ..`.
///
/// A target found in any header occurs in it between `<` and `>`. In a header written by RFC 8288
/// it is the target of the first link with the relation, whatever the other links and the titles
/// contain.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn link_header(input: &[u8]) {
    if HeaderValue::from_bytes(input).is_ok() {
        let text = String::from_utf8_lossy(input);
        let found = library::target([text.clone()].into_iter(), "next");
        assert_eq!(found, library::target_in(&text, "next"));
        if let Some(found) = found {
            let between = text.split('<').filter_map(|part| part.split_once('>'));
            // A target may contain a `<`. It is then not a URL, but it is read as written.
            assert!(
                found.contains('<')
                    || between.into_iter().any(|(target, _)| target.trim() == found),
                "{found:?}"
            );
            assert!(!found.contains('>') && found.trim() == found, "{found:?}");
        }
    }

    let texts = fields::texts(input);
    let links: Vec<_> =
        texts.chunks(3).filter(|link| link.len() == 3 && !link[0].contains('>')).collect();
    let written: Vec<_> = links.iter().map(|link| written(link)).collect();
    let has_relation = |link: &&&[String]| {
        link[1].split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"))
    };
    let expected = links.iter().find(has_relation).map(|link| link[0].trim().to_owned());
    assert_eq!(library::target_in(&written.join(" , "), "next"), expected, "{written:?}");
}

fn written(link: &[String]) -> String {
    let quoted = |text: &str| text.replace('\\', r"\\").replace('"', r#"\""#);
    format!("<{}>; title=\"{}\";rel=\"{}\"", link[0], quoted(&link[2]), quoted(&link[1]))
}
