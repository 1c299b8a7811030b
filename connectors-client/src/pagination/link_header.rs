//! The `Link` header (RFC 8288), as far as it is needed to find the next page.

use std::borrow::Cow;

/// Returns the target of the first link with this relation, unchanged, in the texts of the headers.
/// A relative target is relative to the request's URL.
pub(crate) fn target<'a>(
    mut headers: impl Iterator<Item = Cow<'a, str>>,
    relation: &str,
) -> Option<String> {
    headers.find_map(|text| target_in(&text, relation))
}

/// Returns the target in one header value. An invalid link ends the search (RFC 8288 appendix B.2).
pub(crate) fn target_in(text: &str, relation: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (target, parameters) = rest.strip_prefix('<')?.split_once('>')?;
        let (link, after) = Link::read(parameters);
        if link.has(relation) {
            return Some(target.trim().to_owned());
        }
        rest = after;
    }
}

/// The parameters of a link.
#[derive(Default)]
struct Link<'a> {
    /// The relations, separated by spaces. Only the first `rel` counts (section 3.3).
    relations: Option<Cow<'a, str>>,
    /// True if the link starts at another resource (section 3.2), so that it is not about this
    /// response.
    is_anchored: bool,
}

impl<'a> Link<'a> {
    /// Reads the parameters after a target. Returns them and the text that follows.
    fn read(mut rest: &'a str) -> (Self, &'a str) {
        let mut link = Self::default();
        loop {
            rest = rest.trim_start_matches([' ', '\t']);
            let Some(parameter) = rest.strip_prefix(';') else { return (link, rest) };
            let parameter = parameter.trim_start_matches([' ', '\t']);
            let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
            let (name, after) = parameter.split_at(end);
            let (value, after) = match after.strip_prefix('=') {
                Some(after) => value(after.trim_start_matches([' ', '\t'])),
                None => (Cow::Borrowed(""), after),
            };
            match name.trim_end() {
                name if name.eq_ignore_ascii_case("rel") => {
                    link.relations.get_or_insert(value);
                }
                name if name.eq_ignore_ascii_case("anchor") => link.is_anchored = true,
                _ => {}
            }
            rest = after;
        }
    }

    fn has(&self, relation: &str) -> bool {
        let relations = self.relations.as_deref().unwrap_or_default();
        !self.is_anchored
            && relations.split_ascii_whitespace().any(|own| own.eq_ignore_ascii_case(relation))
    }
}

/// Reads a quoted or unquoted value. Returns it and the text that follows.
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
    fn the_target_of_the_relation_is_found() {
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
    fn other_links_are_ignored() {
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
