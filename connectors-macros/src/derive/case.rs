//! `rename` and `rename_all`: the texts of the variants of an enum.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{LitStr, Variant};

use crate::errors::Errors;
use crate::syntax::options::Options;

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
}

/// The texts of variants. Each variant has its own.
#[derive(Default)]
pub(crate) struct Texts(Vec<(Ident, String)>);

impl Texts {
    /// Returns the text of a variant: its `rename`, or its name in the case of `rename_all`.
    /// `text_use` describes the text in the error about a duplicate.
    pub(crate) fn read(
        &mut self,
        variant: &Variant,
        rename: Option<&LitStr>,
        case: Option<&Case>,
        text_use: TextUse,
        errors: &mut Errors,
    ) -> String {
        let name = variant.ident.unraw().to_string();
        let text = match (rename, case) {
            (Some(rename), _) => rename.value(),
            (None, Some(case)) => (case.text)(&name),
            (None, None) => name.clone(),
        };
        if let Some((other, _)) = self.0.iter().find(|(_, other)| *other == text) {
            let mistake = format!(
                "`{}` and `{name}` are both {} `{}`: rename one by `#[{}(rename = \"…\")]`",
                other.unraw(),
                text_use.phrase,
                text.escape_debug(),
                text_use.attribute
            );
            match rename {
                Some(rename) => errors.at(rename, mistake),
                None => errors.at(&variant.ident, mistake),
            }
        }
        self.0.push((variant.ident.clone(), text.clone()));
        text
    }
}

/// The words of a derive for its texts.
#[derive(Clone, Copy)]
pub(crate) struct TextUse {
    /// `sent as`
    pub(crate) phrase: &'static str,
    /// `open_enum`
    pub(crate) attribute: &'static str,
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
