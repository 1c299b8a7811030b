//! The case of names, as serde and `rename_all` change it.

/// Returns the name of a field in a case.
pub(super) fn of_field(case: &str, name: &str) -> String {
    match case {
        "UPPERCASE" | "SCREAMING_SNAKE_CASE" => name.to_ascii_uppercase(),
        "kebab-case" => name.replace('_', "-"),
        "SCREAMING-KEBAB-CASE" => name.to_ascii_uppercase().replace('_', "-"),
        "PascalCase" => pascal(name),
        "camelCase" => camel(&pascal(name)),
        _ => name.to_owned(),
    }
}

/// Returns the name of a variant in a case.
pub(super) fn of_variant(case: &str, name: &str) -> String {
    match case {
        "lowercase" => name.to_ascii_lowercase(),
        "UPPERCASE" => name.to_ascii_uppercase(),
        "camelCase" => camel(name),
        "snake_case" => words(name, '_'),
        "SCREAMING_SNAKE_CASE" => words(name, '_').to_ascii_uppercase(),
        "kebab-case" => words(name, '-'),
        "SCREAMING-KEBAB-CASE" => words(name, '-').to_ascii_uppercase(),
        _ => name.to_owned(),
    }
}

fn pascal(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut characters = word.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(characters).collect::<String>()
    });
    words.collect()
}

fn camel(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}

fn words(name: &str, separator: char) -> String {
    let mut words = String::new();
    for (i, character) in name.chars().enumerate() {
        if i > 0 && character.is_uppercase() {
            words.push(separator);
        }
        words.push(character.to_ascii_lowercase());
    }
    words
}
