//! The derive and its attributes in a wrong place, and unknown options.

use std::fmt::Display;

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
//~ `OpenEnum` is derived for a struct.
pub struct OnStruct {
    pub text: String,
}

#[derive(OpenEnum)]
//~ `OpenEnum` is derived for a union.
pub union OnUnion {
    pub number: u8,
}

#[derive(OpenEnum)]
pub enum OnAField {
    Open,
    //~ The attribute is on a field.
    Unknown(#[open_enum(rename = "other")] String),
}

#[derive(OpenEnum)]
pub enum RenameAllOnAVariant {
    //~ `rename_all` is on a variant.
    #[open_enum(rename_all = "snake_case")]
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
//~ `rename` is on the enum.
#[open_enum(rename = "snake_case")]
pub enum RenameOnTheEnum {
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum RenameOnUnknown {
    Open,
    //~ The variant for unknown values is renamed.
    #[open_enum(rename = "other")]
    Unknown(String),
}

#[derive(OpenEnum)]
//~ An option of the enum is unknown.
#[open_enum(rename_every = "snake_case")]
pub enum UnknownOption {
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum UnknownOptionOfVariant {
    //~ An option of a variant is unknown.
    #[open_enum(name = "open")]
    Open,
    Unknown(String),
}

fn is_text<T: Display + From<String> + serde::Serialize>(as_str: fn(&T) -> &str) {
    let state = T::from("open".to_owned());
    format!("{} {state} {:?}", as_str(&state), serde_json::to_string(&state));
}

fn uses() {
    is_text(OnStruct::as_str);
    is_text(OnUnion::as_str);
    is_text(OnAField::as_str);
    is_text(RenameAllOnAVariant::as_str);
    is_text(RenameOnTheEnum::as_str);
    is_text(RenameOnUnknown::as_str);
    is_text(UnknownOption::as_str);
    is_text(UnknownOptionOfVariant::as_str);
}

fn main() {}
