//! `#[status(..)]` on the variants of an enum, for the derives that select a variant by status.

use std::fmt;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitInt, Token, Variant};

use crate::errors::Errors;

/// The statuses that a variant can have.
pub(crate) struct StatusRange {
    pub(crate) holds: fn(u16) -> bool,
    /// Statuses that a range leaves out.
    pub(crate) left_out: &'static [u16],
    /// Rest of the error about any other number, after the number.
    pub(crate) otherwise: &'static str,
    /// Status for an error that shows how to write one.
    pub(crate) example: &'static str,
}

/// The arms of the generated match.
#[derive(Default)]
pub(crate) struct StatusArms {
    /// The narrowest first.
    pub(crate) statuses: Vec<(Statuses, Ident)>,
    pub(crate) other: Option<Ident>,
}

/// One status, or a range of them. It prints as a pattern.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Statuses {
    pub(crate) first: u16,
    last: u16,
}

impl Statuses {
    /// Number of statuses after the first.
    pub(crate) fn width(self) -> u16 {
        self.last - self.first
    }

    /// Returns true if it is true for each status.
    pub(crate) fn all(self, is: impl FnMut(u16) -> bool) -> bool {
        (self.first..=self.last).all(is)
    }

    fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl ToTokens for Statuses {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.first.to_tokens(tokens);
        if self.width() > 0 {
            <Token![..=]>::default().to_tokens(tokens);
            self.last.to_tokens(tokens);
        }
    }
}

impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.width() == 0 {
            self.first.fmt(f)
        } else {
            write!(f, "{}..={}", self.first, self.last)
        }
    }
}

/// One entry of `#[status(..)]`.
enum Status {
    Code(LitInt),
    Range(LitInt, Token![..=], LitInt),
    Other(Ident),
}

const FORMS: &str =
    "a status is a number, a range such as `400..=499`, or `other` for every other status";

impl Parse for Status {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(LitInt) {
            return Self::parse_number(input);
        }
        match input.parse::<Ident>() {
            Ok(other) if other == "other" => Ok(Self::Other(other)),
            Ok(ident) => Err(syn::Error::new(ident.span(), FORMS)),
            Err(error) => Err(syn::Error::new(error.span(), FORMS)),
        }
    }
}

impl Status {
    fn parse_number(input: ParseStream) -> syn::Result<Self> {
        let first: LitInt = input.parse()?;
        if input.peek(Token![..=]) {
            return Ok(Self::Range(first, input.parse()?, input.parse()?));
        }
        if input.peek(Token![..]) {
            return Err(input.error("a range of statuses includes its end: write `400..=499`"));
        }
        Ok(Self::Code(first))
    }

    /// Returns the statuses, and the tokens of the user; `None` for a number that is no status.
    fn numbers(&self) -> (Option<Statuses>, TokenStream) {
        let number = |literal: &LitInt| literal.base10_parse::<u16>().ok();
        let mut written = TokenStream::new();
        let (first, last) = match self {
            Self::Code(code) => {
                code.to_tokens(&mut written);
                (number(code), number(code))
            }
            Self::Range(first, to, last) => {
                first.to_tokens(&mut written);
                to.to_tokens(&mut written);
                last.to_tokens(&mut written);
                (number(first), number(last))
            }
            Self::Other(_) => (None, None),
        };
        let statuses = first.zip(last).map(|(first, last)| Statuses { first, last });
        (statuses.filter(|statuses| statuses.first <= statuses.last), written)
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
        if let Status::Other(other) = status {
            match self.other {
                Some(_) => errors.at(other, "duplicate `other`: remove one"),
                None => self.other = Some(variant.ident.clone()),
            }
            return;
        }
        let (statuses, written) = status.numbers();
        let Some(statuses) = statuses.filter(|statuses| range.holds_all(*statuses)) else {
            let shown = written.to_string().replace(' ', "");
            errors.at(&written, format!("`{shown}` {}", range.otherwise));
            return;
        };
        if let Some(mistake) = self.clash(statuses) {
            errors.at(&written, mistake);
        } else {
            self.statuses.push((statuses, variant.ident.clone()));
            self.statuses.sort_by_key(|(statuses, _)| statuses.width());
        }
    }

    /// Returns the mistake, if earlier statuses make it unclear which variant is selected.
    fn clash(&self, statuses: Statuses) -> Option<String> {
        let is_as_wide = |earlier: Statuses| earlier.width() == statuses.width();
        let (earlier, variant) = self
            .statuses
            .iter()
            .find(|(earlier, _)| is_as_wide(*earlier) && earlier.overlaps(statuses))?;
        Some(if *earlier == statuses {
            format!("duplicate status {statuses}, which selects `{variant}`: remove one")
        } else {
            format!(
                "{statuses} overlaps {earlier} of `{variant}`: make one narrower, which then wins"
            )
        })
    }
}

impl StatusRange {
    fn holds_all(&self, statuses: Statuses) -> bool {
        let is_range = statuses.width() > 0;
        let is_held = |code| (self.holds)(code) || (is_range && self.left_out.contains(&code));
        statuses.all(is_held)
    }
}
