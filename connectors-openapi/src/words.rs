//! Names: words of a description as identifiers of Rust.

/// Splits a name into lowercase words: `HTTPServer-v2` into `http`, `server` and `v2`. An apostrophe
/// ends no word.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut chars: Vec<char> = signs(name).chars().collect();
    chars.retain(|c| !matches!(c, '\'' | '’'));
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            words.extend(take(&mut word));
            continue;
        }
        if index > 0 && begins_word(&chars, index) {
            words.extend(take(&mut word));
        }
        word.push(c.to_ascii_lowercase());
    }
    words.extend(take(&mut word));
    words
}

fn take(word: &mut String) -> Option<String> {
    Some(std::mem::take(word)).filter(|word| !word.is_empty())
}

/// Writes a sign that stands before a number or alone as a word, and one after a name: `EndTime<`.
fn signs(name: &str) -> String {
    let is_named = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_named {
        for (sign, word) in [("<=", "until"), (">=", "since"), ("<", "before"), (">", "after")] {
            // A bracket that closes, as in `array<string>`, is no sign.
            if let Some(name) = name.strip_suffix(sign).filter(|name| !name.contains('<')) {
                return format!("{name} {word}");
            }
        }
    }
    match name.as_bytes() {
        [b'+', b'0'..=b'9', ..] => format!("plus {}", &name[1..]),
        [b'-', b'0'..=b'9', ..] => format!("minus {}", &name[1..]),
        [b'>', b'=', ..] => format!("at least {}", &name[2..]),
        [b'<', b'=', ..] => format!("at most {}", &name[2..]),
        [b'>', ..] => format!("greater {}", &name[1..]),
        [b'<', ..] => format!("less {}", &name[1..]),
        [b'!', b'=', ..] => format!("not {}", &name[2..]),
        [b'=', ..] => format!("equal {}", &name[1..]),
        _ => name.to_owned(),
    }
}

fn begins_word(chars: &[char], index: usize) -> bool {
    let (last, c, next) = (chars[index - 1], chars[index], chars.get(index + 1));
    if !c.is_ascii_uppercase() {
        return false;
    }
    // The end of an acronym: the `S` of `HTTPServer`, but not the `s` of `IDs`.
    let ends_acronym = last.is_ascii_uppercase()
        && next.is_some_and(char::is_ascii_lowercase)
        && !(next == Some(&'s') && chars.get(index + 2).is_none_or(|c| !c.is_ascii_lowercase()));
    last.is_ascii_lowercase() || last.is_ascii_digit() || ends_acronym
}

/// Words that begin with a single letter, each with this letter and the rest.
const JOINED: [(&str, &str); 10] = [
    ("i", "ds"),
    ("i", "os"),
    ("i", "ps"),
    ("i", "psec"),
    ("i", "pv4"),
    ("i", "pv6"),
    ("m", "tls"),
    ("o", "auth"),
    ("o", "auth2"),
    ("o", "embed"),
];

/// Returns `snake_case`: `oauth_url` for `OAuthUrl`. A name that is snake case already stays.
pub(crate) fn snake(name: &str) -> String {
    let is_lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if name.split('_').all(|part| !part.is_empty() && part.chars().all(is_lower)) {
        return name.to_owned();
    }
    let mut joined: Vec<String> = Vec::new();
    for word in words(name) {
        match joined.last_mut() {
            Some(last) if JOINED.contains(&(last.as_str(), word.as_str())) => last.push_str(&word),
            _ => joined.push(word),
        }
    }
    joined.join("_")
}

/// Returns `PascalCase`.
pub(crate) fn pascal(name: &str) -> String {
    words(name).iter().map(|word| capitalized(word)).collect()
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield", "union", "auto", "raw",
];

/// Words that are keywords only in some places, and so need no `r#`.
const WEAK: [&str; 3] = ["union", "auto", "raw"];

/// Returns an identifier of a field, an argument or a method.
pub(crate) fn field_name(name: &str) -> String {
    let name = snake(name);
    match name.as_str() {
        "" => "value".to_owned(),
        "self" | "super" | "crate" => name + "_",
        _ if KEYWORDS.contains(&name.as_str()) && !WEAK.contains(&name.as_str()) => {
            format!("r#{name}")
        }
        _ if name.starts_with(|c: char| c.is_ascii_digit()) => format!("n{name}"),
        _ => name,
    }
}

/// Returns an identifier of a type or a variant.
pub(crate) fn type_name(name: &str) -> String {
    let name = pascal(name);
    match name.as_str() {
        "" => "Value".to_owned(),
        "Self" => "This".to_owned(),
        _ if name.starts_with(|c: char| c.is_ascii_digit()) => format!("N{name}"),
        _ => name,
    }
}

/// Returns an identifier without `r#`.
pub(crate) fn plain(identifier: &str) -> &str {
    identifier.strip_prefix("r#").unwrap_or(identifier)
}

/// The cases of serde, except for `lowercase` of fields, which leaves them as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    pub(crate) const FIELDS: [Self; 6] = [
        Self::Camel,
        Self::Pascal,
        Self::Kebab,
        Self::Upper,
        Self::ScreamingSnake,
        Self::ScreamingKebab,
    ];
    pub(crate) const VARIANTS: [Self; 7] = [
        Self::Snake,
        Self::Lower,
        Self::Upper,
        Self::Camel,
        Self::ScreamingSnake,
        Self::Kebab,
        Self::ScreamingKebab,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Lower => "lowercase",
            Self::Upper => "UPPERCASE",
            Self::Pascal => "PascalCase",
            Self::Camel => "camelCase",
            Self::Snake => "snake_case",
            Self::ScreamingSnake => "SCREAMING_SNAKE_CASE",
            Self::Kebab => "kebab-case",
            Self::ScreamingKebab => "SCREAMING-KEBAB-CASE",
        }
    }

    /// Returns the name that serde writes for a field.
    pub(crate) fn of_field(self, field: &str) -> String {
        let field = plain(field);
        let pascal = || field.split('_').map(capitalized).collect::<String>();
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal(),
            Self::Camel => {
                let pascal = pascal();
                let first = pascal.chars().next().map(|c| c.to_ascii_lowercase());
                first.into_iter().chain(pascal.chars().skip(1)).collect()
            }
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// Returns the name that serde writes for a variant.
    pub(crate) fn of_variant(self, variant: &str) -> String {
        let mut snake = String::new();
        for (index, c) in variant.char_indices() {
            if index > 0 && c.is_uppercase() {
                snake.push('_');
            }
            snake.push(c.to_ascii_lowercase());
        }
        match self {
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Pascal => variant.to_owned(),
            Self::Camel => variant[..1].to_ascii_lowercase() + &variant[1..],
            Self::Snake => snake,
            Self::ScreamingSnake => snake.to_ascii_uppercase(),
            Self::Kebab => snake.replace('_', "-"),
            Self::ScreamingKebab => snake.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

/// Returns the case that leaves the fewest names to be given one by one. None is needed if the
/// names are as they are.
pub(crate) fn best_case(
    names: &[(&str, &str)],
    cases: &[Case],
    write: impl Fn(Case, &str) -> String,
    as_written: impl Fn(&str) -> String,
) -> Option<Case> {
    let misses = |write: &dyn Fn(&str) -> String| {
        names.iter().filter(|(identifier, name)| write(identifier) != *name).count()
    };
    let plain = misses(&as_written);
    // `self_` is `self` in camel case by chance.
    let is_keyword =
        |identifier: &str, name: &str| identifier.strip_suffix('_').is_some_and(|one| one == name);
    if names.iter().filter(|(one, name)| is_keyword(one, name)).count() == plain {
        return None;
    }
    let counted = cases.iter().map(|case| (misses(&|name| write(*case, name)), *case));
    let (fewest, case) = counted.min_by_key(|(misses, _)| *misses)?;
    (fewest + 1 < plain || (fewest == 0 && plain > 0)).then_some(case)
}

/// Returns the plural of a word.
pub(crate) fn plural(word: &str) -> String {
    if singular(word) != word {
        return word.to_owned();
    }
    let consonant_y = word.ends_with('y')
        && !word.ends_with("ay")
        && !word.ends_with("ey")
        && !word.ends_with("oy");
    if consonant_y {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    let hisses = ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end));
    format!("{word}{}", if hisses { "es" } else { "s" })
}

/// Returns the singular of a word, as far as its ending tells.
pub(crate) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for end in ["sses", "xes", "ches", "shes"] {
        if word.ends_with(end) {
            return word[..word.len() - 2].to_owned();
        }
    }
    let keeps = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(stem) if !keeps && stem.len() > 1 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        for (name, snake_case, pascal_case) in [
            ("HTTPServer-v2", "http_server_v2", "HttpServerV2"),
            ("listIDs", "list_ids", "ListIds"),
            ("repos/list-for-org", "repos_list_for_org", "ReposListForOrg"),
            ("CreateConnectorOAuth", "create_connector_oauth", "CreateConnectorOAuth"),
            ("o_auth_authorize", "o_auth_authorize", "OAuthAuthorize"),
            ("enableIPv6", "enable_ipv6", "EnableIPv6"),
            ("+1", "plus_1", "Plus1"),
            ("EndTime<", "end_time_before", "EndTimeBefore"),
            ("EndTime>=", "end_time_since", "EndTimeSince"),
            ("2FA", "n2_fa", "N2Fa"),
            ("type", "r#type", "Type"),
            ("ü", "value", "Value"),
        ] {
            assert_eq!(
                (field_name(name), type_name(name)),
                (snake_case.into(), pascal_case.into())
            );
        }
    }

    #[test]
    fn the_best_case_is_that_of_most_names() {
        let best = |names: &[(&str, &str)]| {
            best_case(names, &Case::FIELDS, Case::of_field, |name| plain(name).to_owned())
        };
        assert_eq!(best(&[("page_size", "pageSize"), ("r#type", "type")]), Some(Case::Camel));
        assert_eq!(best(&[("page_size", "page_size"), ("x", "$x")]), None);
    }

    #[test]
    fn plurals_and_singulars() {
        for (one, many) in [("pet", "pets"), ("category", "categories"), ("box", "boxes")] {
            assert_eq!((plural(one), singular(many)), (many.to_owned(), one.to_owned()));
        }
        assert_eq!(singular("status"), "status");
    }
}
