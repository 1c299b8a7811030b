//! Texts, variants and options that are given twice.

use std::fmt::Display;

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
#[open_enum(rename_all = "lowercase")]
pub enum SameText {
    NoScheme,
    //~ Two variants have one text by the case.
    Noscheme,
    Unknown(String),
}

#[derive(OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum SameTextByRename {
    Closed,
    //~ Two variants have one text by a rename.
    #[open_enum(rename = "closed")]
    Done,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum TwoUnknown {
    Open,
    Unknown(String),
    //~ Two variants take unknown values.
    Other(String),
}

#[derive(OpenEnum)]
pub enum RenameTwice {
    //~ `rename` is given twice.
    #[open_enum(rename = "open", rename = "opened")]
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum RenameInTwoAttributes {
    #[open_enum(rename = "open")]
    //~ There are two attributes on a variant.
    #[open_enum(rename = "opened")]
    Open,
    Unknown(String),
}

fn is_text<T: Display + From<String> + serde::Serialize>(as_str: fn(&T) -> &str) {
    let state = T::from("open".to_owned());
    format!("{} {state} {:?}", as_str(&state), serde_json::to_string(&state));
}

fn uses() {
    is_text(SameText::as_str);
    is_text(SameTextByRename::as_str);
    is_text(TwoUnknown::as_str);
    is_text(RenameTwice::as_str);
    is_text(RenameInTwoAttributes::as_str);
}

fn main() {}
