//! Missing variants and options.

use std::fmt::Display;

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
//~ The enum has no variants.
pub enum Empty {}

#[derive(OpenEnum)]
//~ No variant takes unknown values.
pub enum NoUnknown {
    Open,
    Closed,
}

#[derive(OpenEnum)]
//~ The attribute has no options.
#[open_enum]
pub enum Bare {
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum BareOnAVariant {
    //~ The attribute of a variant is a value.
    #[open_enum = "open"]
    Open,
    Unknown(String),
}

#[derive(OpenEnum)]
pub enum RenameBare {
    //~ `rename` has no value.
    #[open_enum(rename)]
    Open,
    Unknown(String),
}

fn is_text<T: Display + From<String> + serde::Serialize>(as_str: fn(&T) -> &str) {
    let state = T::from("open".to_owned());
    format!("{} {state} {:?}", as_str(&state), serde_json::to_string(&state));
}

fn uses() {
    is_text(NoUnknown::as_str);
    is_text(Bare::as_str);
    is_text(BareOnAVariant::as_str);
    is_text(RenameBare::as_str);
}

fn main() {}
