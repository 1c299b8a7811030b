//! Spans of generated code.

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned as _;

/// Returns the place of the user's tokens for messages, with the names of generated code. A span of
/// tokens that come from a macro of the user would not see `self`, nor a variable of ours.
pub(crate) fn at(tokens: &impl ToTokens) -> Span {
    Span::call_site().located_at(tokens.span())
}
