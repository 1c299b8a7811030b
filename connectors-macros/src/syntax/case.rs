//! `rename_all`: the case of names.

use super::options::Options;
use crate::errors::Errors;

/// A case of `rename_all`, with the name that serde gives it. Variants are named in `PascalCase`.
pub(crate) struct Case {
    name: &'static str,
    text: fn(&str) -> String,
}

const CASES: [Case; 8] = [
    Case { name: "lowercase", text: str::to_ascii_lowercase },
    Case { name: "UPPERCASE", text: str::to_ascii_uppercase },
    Case { name: "PascalCase", text: str::to_owned },
    Case { name: "camelCase", text: camel },
    Case { name: "snake_case", text: |name| words(name, '_') },
    Case { name: "SCREAMING_SNAKE_CASE", text: |name| words(name, '_').to_ascii_uppercase() },
    Case { name: "kebab-case", text: |name| words(name, '-') },
    Case { name: "SCREAMING-KEBAB-CASE", text: |name| words(name, '-').to_ascii_uppercase() },
];

impl Case {
    /// Reads the case of `rename_all`, if it is given.
    pub(crate) fn from_options(options: &Options, errors: &mut Errors) -> Option<&'static Self> {
        let name = options.text("rename_all", errors)?;
        let case = CASES.iter().find(|case| case.name == name.value());
        if case.is_none() {
            let names: Vec<_> = CASES.iter().map(|case| format!("`{}`", case.name)).collect();
            let (text, names) = (name.value(), names.join(", "));
            errors
                .at(&name, format!("unknown case `{}`: write one of {names}", text.escape_debug()));
        }
        case
    }

    /// Returns the name of a variant in this case.
    pub(crate) fn of_variant(&self, name: &str) -> String {
        (self.text)(name)
    }

    /// Returns the name of an argument in this case, as serde does for a field.
    pub(crate) fn of_field(&self, name: &str) -> String {
        match self.name {
            "lowercase" | "snake_case" => name.to_owned(),
            "UPPERCASE" | "SCREAMING_SNAKE_CASE" => name.to_ascii_uppercase(),
            "kebab-case" => name.replace('_', "-"),
            "SCREAMING-KEBAB-CASE" => name.to_ascii_uppercase().replace('_', "-"),
            _ => (self.text)(&pascal(name)),
        }
    }
}

fn pascal(name: &str) -> String {
    let mut capital = true;
    let mut pascal = String::new();
    for character in name.chars() {
        match character {
            '_' => capital = true,
            other if std::mem::take(&mut capital) => pascal.push(other.to_ascii_uppercase()),
            other => pascal.push(other),
        }
    }
    pascal
}

fn camel(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}

/// Returns the words of a name in lowercase. Each capital begins a word.
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
