//! Options and variants in a wrong form.

use std::fmt::Display;

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
//~ The case of `rename_all` has no quotes.
#[open_enum(rename_all = snake_case)]
pub enum CaseWithoutQuotes {
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
//~ The case of `rename_all` is unknown.
#[open_enum(rename_all = "Snake_Case")]
pub enum UnknownCase {
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
//~ The path of the crate is a text.
#[open_enum(crate = "connectors_client")]
pub enum CrateIsText {
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum RenameIsNumber {
    //~ `rename` is a number.
    #[open_enum(rename = 1)]
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum TextAlone {
    //~ The attribute holds a text alone.
    #[open_enum("open")]
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum NamedField {
    Open,
    //~ The variant for unknown values has a named field.
    Unknown { text: String },
}

#[derive(OpenEnum)]
pub enum NamedFieldBesideUnknown {
    //~ A known value has a named field.
    Open { since: u64 },
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum NoFieldsInBrackets {
    //~ A variant has brackets and no fields.
    Open(),
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum SeveralFields {
    Open,
    //~ A variant has several fields.
    Unknown(String, u8),
}

#[derive(OpenEnum)]
//~ The enum has a lifetime.
pub enum Lifetime<'a> {
    Open,
    Unknown(std::borrow::Cow<'a, str>),
}

#[derive(OpenEnum)]
//~ The enum has a type parameter.
pub enum TypeParameter<T> {
    Open,
    Unknown(T),
}

fn is_text<T: Display + From<String> + serde::Serialize>(as_str: fn(&T) -> &str) {
    let state = T::from("open".to_owned());
    format!("{} {state} {:?}", as_str(&state), serde_json::to_string(&state));
}

fn uses() {
    is_text(CaseWithoutQuotes::as_str);
    is_text(UnknownCase::as_str);
    is_text(CrateIsText::as_str);
    is_text(RenameIsNumber::as_str);
    is_text(TextAlone::as_str);
    is_text(NamedField::as_str);
    is_text(NamedFieldBesideUnknown::as_str);
    is_text(NoFieldsInBrackets::as_str);
    is_text(SeveralFields::as_str);
}

fn main() {}
