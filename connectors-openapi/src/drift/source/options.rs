//! Reads the options of our attributes: `name`, `name = value` and `name(..)`, separated by commas.
//!
//! The macro has checked them. So this reader is lenient: it skips what it does not know.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, ExprUnary, Ident, Lit, LitStr, Token, UnOp};

/// The options of an attribute.
#[derive(Default)]
pub(super) struct Options(Vec<(String, Value)>);

/// The value of an option.
enum Value {
    /// `form`
    Flag,
    /// `prefix = "v1"`
    Is(Box<Expr>),
    /// `headers("X-Name" = "value")`
    List(TokenStream),
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Vec::new();
        while !input.is_empty() {
            let name = Ident::parse_any(input)?.unraw().to_string();
            let value = if input.parse::<Option<Token![=]>>()?.is_some() {
                Value::Is(input.parse()?)
            } else if input.peek(syn::token::Paren) {
                let inside;
                syn::parenthesized!(inside in input);
                Value::List(inside.parse()?)
            } else {
                Value::Flag
            };
            options.push((name, value));
            if input.parse::<Option<Token![,]>>()?.is_none() {
                break;
            }
        }
        Ok(Self(options))
    }
}

impl Options {
    /// Returns true if an option is given in any form.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Returns the text of `name = "text"`.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        text(self.value(name)?)
    }

    /// Returns the number of `name = 404`.
    pub(super) fn number(&self, name: &str) -> Option<u16> {
        match self.value(name)? {
            Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
            _ => None,
        }
    }

    /// Returns the last word of a path, `Error` of `name = crate::Error`.
    pub(super) fn word(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Expr::Path(path) => {
                path.path.segments.last().map(|last| last.ident.unraw().to_string())
            }
            _ => None,
        }
    }

    /// Returns the pairs of `name("a" = "b", c = d)`. A value that is not a text is `None`.
    pub(super) fn pairs(&self, name: &str) -> Vec<(String, Option<String>)> {
        let lists = self.0.iter().filter(|(other, _)| other == name);
        let pairs = lists.filter_map(|(_, value)| match value {
            Value::List(tokens) => syn::parse2::<Pairs>(tokens.clone()).ok(),
            _ => None,
        });
        pairs.flat_map(|pairs| pairs.0).collect()
    }

    fn value(&self, name: &str) -> Option<&Expr> {
        match self.get(name)? {
            Value::Is(value) => Some(value),
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }
}

struct Pairs(Vec<(String, Option<String>)>);

impl Parse for Pairs {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let pairs = Punctuated::<Pair, Token![,]>::parse_terminated(input)?;
        Ok(Self(pairs.into_iter().map(|Pair(name, value)| (name, value)).collect()))
    }
}

struct Pair(String, Option<String>);

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = if input.peek(LitStr) {
            input.parse::<LitStr>()?.value()
        } else {
            Ident::parse_any(input)?.unraw().to_string()
        };
        input.parse::<Token![=]>()?;
        Ok(Self(name, text(&input.parse()?)))
    }
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Some(value.value.to_string()),
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => Some(number.base10_digits().to_owned()),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => Some(format!("-{}", text(expr)?)),
        _ => None,
    }
}
