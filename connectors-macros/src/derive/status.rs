//! `#[status(..)]` on the variants of an enum, for the derives that select a variant by status.

use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitInt, Token, Variant};

use crate::errors::Errors;

/// The statuses that a variant can have.
pub(crate) struct StatusRange {
    pub(crate) holds: fn(u16) -> bool,
    /// Rest of the error about any other number, after the number.
    pub(crate) otherwise: &'static str,
    /// Status for an error that shows how to write one.
    pub(crate) example: &'static str,
}

/// The arms of the generated match, in order.
#[derive(Default)]
pub(crate) struct StatusArms {
    pub(crate) codes: Vec<(u16, Ident)>,
    pub(crate) other: Option<Ident>,
}

/// One entry of `#[status(..)]`.
enum Status {
    Code(LitInt),
    Other(Ident),
}

impl Parse for Status {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(LitInt) {
            return input.parse().map(Self::Code);
        }
        match input.parse::<Ident>() {
            Ok(other) if other == "other" => Ok(Self::Other(other)),
            Ok(ident) => Err(syn::Error::new(
                ident.span(),
                "a status is a number, or `other` for every other status",
            )),
            Err(error) => Err(syn::Error::new(
                error.span(),
                "a status is a number, or `other` for every other status",
            )),
        }
    }
}

impl StatusArms {
    /// Reads the statuses of a variant, and reports a variant without one.
    pub(crate) fn read(&mut self, variant: &Variant, range: &StatusRange, errors: &mut Errors) {
        let StatusRange { example, .. } = range;
        let mut named = false;
        for attribute in
            variant.attrs.iter().filter(|attribute| attribute.path().is_ident("status"))
        {
            named = true;
            let missing = format!(
                "the statuses are missing, or not in parentheses: write `#[status({example})]`"
            );
            match attribute.parse_args_with(Punctuated::<Status, Token![,]>::parse_terminated) {
                Ok(statuses) if statuses.is_empty() => errors.at(attribute, missing),
                Ok(statuses) => {
                    statuses.iter().for_each(|status| self.add(status, variant, range, errors));
                }
                Err(_) if attribute.meta.require_list().is_err() => errors.at(attribute, missing),
                Err(error) => errors.push(error),
            }
        }
        if !named {
            errors.at(
                &variant.ident,
                format!(
                    "`{}` has no status: add `#[status({example})]`, or `#[status(other)]` for every other status",
                    variant.ident
                ),
            );
        }
    }

    fn add(
        &mut self,
        status: &Status,
        variant: &Variant,
        range: &StatusRange,
        errors: &mut Errors,
    ) {
        match status {
            Status::Other(other) => match self.other {
                Some(_) => errors.at(other, "duplicate `other`: remove one"),
                None => self.other = Some(variant.ident.clone()),
            },
            Status::Code(literal) => match literal.base10_parse::<u16>() {
                Ok(code) if (range.holds)(code) => {
                    match self.codes.iter().find(|(earlier, _)| *earlier == code) {
                        Some((_, earlier)) => {
                            errors.at(
                                literal,
                                format!(
                                    "duplicate status {code}, which selects `{earlier}`: remove one"
                                ),
                            );
                        }
                        None => self.codes.push((code, variant.ident.clone())),
                    }
                }
                _ => errors
                    .at(literal, format!("`{}` {}", literal.to_token_stream(), range.otherwise)),
            },
        }
    }
}
