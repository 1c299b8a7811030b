//! The `Link` header (RFC 8288), as far as it says where the next page is.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::LINK;

use crate::client::base_url::header_text;

/// The target of the first link with this relation, as it is written; relative ones are relative to the request's URL.
pub(crate) fn target(headers: &HeaderMap, relation: &str) -> Option<String> {
    headers.get_all(LINK).iter().find_map(|value| target_in(&header_text(value), relation))
}

/// The same of one header's text. What follows a link that cannot be read is not looked at (RFC 8288 appendix B.2).
pub(crate) fn target_in(text: &str, relation: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (target, parameters) = rest.strip_prefix('<')?.split_once('>')?;
        let (link, behind) = Link::read(parameters);
        if link.has(relation) {
            return Some(target.trim().to_owned());
        }
        rest = behind;
    }
}

/// What the parameters of a link say.
#[derive(Default)]
struct Link<'a> {
    /// Its relations, with spaces between them. Only the first `rel` counts (section 3.3).
    relations: Option<Cow<'a, str>>,
    /// Whether it is a link from elsewhere (section 3.2), and so none of this reply.
    is_anchored: bool,
}

impl<'a> Link<'a> {
    /// Reads the parameters behind a target, and gives what follows them.
    fn read(mut rest: &'a str) -> (Self, &'a str) {
        let mut link = Self::default();
        loop {
            rest = rest.trim_start_matches([' ', '\t']);
            let Some(parameter) = rest.strip_prefix(';') else { return (link, rest) };
            let parameter = parameter.trim_start_matches([' ', '\t']);
            let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
            let (name, behind) = parameter.split_at(end);
            let (value, behind) = match behind.strip_prefix('=') {
                Some(behind) => value(behind.trim_start_matches([' ', '\t'])),
                None => (Cow::Borrowed(""), behind),
            };
            match name.trim_end() {
                name if name.eq_ignore_ascii_case("rel") => drop(link.relations.get_or_insert(value)),
                name if name.eq_ignore_ascii_case("anchor") => link.is_anchored = true,
                _ => {}
            }
            rest = behind;
        }
    }

    fn has(&self, relation: &str) -> bool {
        let relations = self.relations.as_deref().unwrap_or_default();
        !self.is_anchored && relations.split_ascii_whitespace().any(|own| own.eq_ignore_ascii_case(relation))
    }
}

/// A value in quotes or not, and what follows it.
fn value(text: &str) -> (Cow<'_, str>, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (Cow::Borrowed(value.trim_end()), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (Cow::Owned(value), &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (Cow::Owned(value), "")
}

#[cfg(test)]
mod tests {
    use super::target_in;

    fn next(text: &str) -> Option<String> {
        target_in(text, "next")
    }

    #[test]
    fn the_target_of_the_relation_is_found_among_others() {
        let found = Some("https://a.example/?page=2".to_owned());
        for text in [
            r#"<https://a.example/?page=2>; rel="next""#,
            r"<https://a.example/?page=2>; rel=next",
            r#"<https://a.example/?page=2>;rel="prefetch NEXT";title="b""#,
            r#"<https://a.example/?page=9>; rel="last", <https://a.example/?page=2>; rel="next""#,
            r#"</x>; title="a, b; rel=\"next\""; rel="prev" , , < https://a.example/?page=2 > ; REL = "next""#,
            r#"<https://a.example/?page=2>; crossorigin; rel="next""#,
            r#"</other>; rel="next"; anchor="/elsewhere", <https://a.example/?page=2>; rel="next""#,
        ] {
            assert_eq!(next(text), found, "{text}");
        }
    }

    #[test]
    fn what_is_no_such_link_is_none() {
        for text in [
            "",
            ",",
            "<",
            "<>",
            r#"<a>; rel="prev"; rel="next""#,
            r#"<a>; relation="next""#,
            r#"<a>; rel="nextpage""#,
            r#"<a>; title="rel=next"#,
            r#"a; rel="next""#,
            r#"<a> rel="next""#,
            r#"<a; rel="next""#,
        ] {
            assert_eq!(next(text), None, "{text}");
        }
        assert_eq!(next(r#"<>; rel="next""#).as_deref(), Some(""));
    }
}
