//! Collects the mistakes of a trait, so that one compilation shows all of them.

use proc_macro2::{Span, TokenStream};
use syn::Error;
use syn::spanned::Spanned;

#[derive(Default)]
pub(crate) struct Errors(Vec<Error>);

impl Errors {
    /// Reports a mistake on the tokens to change.
    pub(crate) fn at(&mut self, tokens: &impl Spanned, message: impl std::fmt::Display) {
        self.at_span(tokens.span(), message);
    }

    pub(crate) fn at_span(&mut self, span: Span, message: impl std::fmt::Display) {
        self.0.push(Error::new(span, message));
    }

    pub(crate) fn push(&mut self, error: Error) {
        self.0.push(error);
    }

    /// How many there are: a reader compares before and after to see whether what it read is sound.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0.iter().map(Error::to_compile_error).collect()
    }
}
