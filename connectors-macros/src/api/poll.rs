//! Reads `poll(..)`, which tells how a long-running operation is polled.

use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, LitStr, Token, parenthesized};

use super::timeouts::timeout;
use crate::errors::Errors;
use crate::model::settings::{LinkPlace, Poll};
use crate::syntax::options::{self, Options};
use crate::syntax::value;

pub(super) fn poll(options: &Options, errors: &mut Errors) -> Option<Poll> {
    let option = options.name("poll")?.clone();
    let mut poll = Poll { option, every: None, timeout: None, link: None, result: None };
    for (name, value) in options.pairs("poll") {
        match name.value().as_str() {
            "every" => poll.every = timeout(value, errors),
            "timeout" => poll.timeout = timeout(value, errors),
            "link" => poll.link = Some(link_place(value, errors)),
            "result" => poll.result = Some(link_place(value, errors)),
            _ => errors.at(
                name,
                "unknown option of `poll`: write `every = \"2s\"`, `timeout = \"10m\"`, `link = header(\"Location\")` or `result = field(url)`",
            ),
        }
    }
    if let (None, Some(_)) = (&poll.link, &poll.result) {
        let mistake =
            "a `result` is where the polled link leads to: add `link = header(\"Location\")`";
        errors.at(&poll.option, mistake);
    }
    Some(poll)
}

/// Reads `header("Location")` or `field(status.url)`. With a mistake it returns a place all the
/// same, so that the option counts as given.
fn link_place(value: &Expr, errors: &mut Errors) -> LinkPlace {
    match syn::parse2(value.to_token_stream()) {
        Ok(Written::Header(name)) => {
            LinkPlace::Header(value::header_name(&name, errors).unwrap_or_default())
        }
        Ok(Written::Field(path)) if path.iter().all(|name| !name.is_empty()) => {
            LinkPlace::Field(path)
        }
        _ => {
            errors.at(
                value,
                "a URL is in a header or a field: write `header(\"Location\")` or `field(url)`",
            );
            LinkPlace::Field(Vec::new())
        }
    }
}

/// The place of a URL, as it is written.
enum Written {
    Header(LitStr),
    /// `url`, `links.self`, or a name in quotes.
    Field(Vec<String>),
}

impl Parse for Written {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let word: Ident = input.parse()?;
        let place;
        parenthesized!(place in input);
        let written = match word.to_string().as_str() {
            "header" => Self::Header(place.parse()?),
            "field" => Self::Field(options::pair_name(&place)?.1),
            _ => return Err(place.error("unknown place")),
        };
        place.parse::<Option<Token![,]>>()?;
        if place.is_empty() { Ok(written) } else { Err(place.error("one place")) }
    }
}
