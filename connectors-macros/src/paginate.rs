//! `paginate(..)`: how a list says where its next page is.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Expr, ExprLit, Lit, LitStr, Path};

use crate::arg::{Arg, ArgKind};
use crate::errors::Errors;
use crate::options::Options;
use crate::value;

const KINDS: &str =
    "a list goes on by `offset`, `page`, `cursor`, `link` or `url`: write `paginate(offset)`, for example";

/// `paginate(..)`, read.
pub(crate) struct Paginate {
    pub(crate) kind: Kind,
    /// The argument that takes the place of a page, by its name.
    argument: String,
    /// Where that is written.
    argument_span: Span,
}

/// How a list goes on.
pub(crate) enum Kind {
    Offset,
    Page { first: u64 },
    Cursor { header: Option<String> },
    Link,
    Url,
}

impl Kind {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "offset" => Self::Offset,
            "page" => Self::Page { first: 1 },
            "cursor" => Self::Cursor { header: None },
            "link" => Self::Link,
            "url" => Self::Url,
            _ => return None,
        })
    }

    /// Whether an argument takes the place of a page.
    fn has_argument(&self) -> bool {
        !matches!(self, Self::Link | Self::Url)
    }
}

/// Reads it. What is wrong is reported; there is one all the same, so that calls keep their `pages`.
pub(crate) fn read(options: &Options, errors: &mut Errors) -> Option<Paginate> {
    let option = options.name("paginate")?;
    let mut paginate = Paginate { kind: Kind::Link, argument: String::new(), argument_span: option.span() };
    if let Some((_, words)) = options.lists("paginate").next() {
        paginate.read_words(option, words, errors);
    }
    let mut pairs = options.pairs("paginate");
    if let Some((name, value)) = pairs.next() {
        paginate.read_kind(name, value, errors);
        pairs.for_each(|(name, value)| paginate.read_more(name, value, errors));
    }
    Some(paginate)
}

impl Paginate {
    /// `paginate(offset)`
    fn read_words(&mut self, option: &Ident, words: &[Ident], errors: &mut Errors) {
        let [word] = words else {
            match words.get(1) {
                Some(second) => errors.at(second, format!("one is enough: {KINDS}")),
                None => errors.at(option, KINDS),
            }
            return;
        };
        let name = word.unraw().to_string();
        match Kind::of(&name) {
            Some(kind) => (self.kind, self.argument, self.argument_span) = (kind, name, word.span()),
            None => errors.at(word, KINDS),
        }
    }

    /// `paginate(offset = skip, ..)`
    fn read_kind(&mut self, name: &LitStr, value: &Expr, errors: &mut Errors) {
        let Some(kind) = Kind::of(&name.value()).filter(Kind::has_argument) else {
            let word = name.value();
            if Kind::of(&word).is_some() {
                errors.at(value, format!("`{word}` takes no argument: write `paginate({word})`"));
            } else {
                errors.at(name, KINDS);
            }
            return;
        };
        match value {
            Expr::Path(path) if path.path.get_ident().is_some() => {
                let argument = path.path.require_ident().map(|ident| ident.unraw().to_string());
                (self.kind, self.argument, self.argument_span) =
                    (kind, argument.unwrap_or_default(), value::span(value));
            }
            other => {
                errors.at(other, format!("this is an argument of the endpoint: `{} = name`", name.value()));
            }
        }
    }

    /// What follows the kind.
    fn read_more(&mut self, name: &LitStr, value: &Expr, errors: &mut Errors) {
        match (name.value().as_str(), &mut self.kind) {
            ("first", Kind::Page { first }) => match number(value) {
                Some(number) => *first = number,
                None => errors.at(value, "the first page has a number: `first = 0`, or 1, which is the default"),
            },
            ("header", Kind::Cursor { header }) => match value {
                Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => *header = value::header_name(name, errors),
                other => errors.at(other, "a header's name is in quotes: `header = \"X-Next-Cursor\"`"),
            },
            (other, _) => errors.at(
                name,
                format!(
                    "unknown here: `{}`; a `page` has `first = 0`, and a `cursor` has `header = \"X-Next-Cursor\"`",
                    other.escape_debug()
                ),
            ),
        }
    }

    /// Reports an argument that is not there, or cannot say which page is meant.
    pub(crate) fn check(&self, args: &[Arg], verb: &str, errors: &mut Errors) {
        if !self.kind.has_argument() {
            if !self.argument.is_empty() && !matches!(verb, "GET" | "HEAD") {
                let mistake = format!("a link is followed by GET, and this is a {verb}: use a `cursor`");
                errors.at_span(self.argument_span, mistake);
            }
            return;
        }
        let name = &self.argument;
        let Some(arg) = args.iter().find(|arg| arg.own_name() == *name) else {
            errors.at_span(
                self.argument_span,
                format!(
                    "there is no argument `{name}` that says which page is meant: add one, or name it, `paginate({} = my_argument)`",
                    self.kind.word()
                ),
            );
            return;
        };
        let is_place = matches!(
            arg.kind,
            ArgKind::Query | ArgKind::Field | ArgKind::FormField | ArgKind::Header | ArgKind::Path
        );
        if !is_place {
            let mistake = format!(
                "`{name}` cannot say which page is meant: that is one value of the query, a field or a header"
            );
            errors.at_span(self.argument_span, mistake);
        }
    }

    /// How the constant description says it.
    pub(crate) fn description(&self, root: &Path, args: &[Arg]) -> TokenStream {
        // A sound endpoint has the argument.
        let slot = args.iter().position(|arg| arg.own_name() == self.argument).unwrap_or_default();
        let rule = match &self.kind {
            Kind::Offset => quote!(Offset(#slot)),
            Kind::Page { first } => quote!(Page { slot: #slot, first: #first }),
            Kind::Cursor { header: None } => {
                quote!(Cursor { slot: #slot, header: ::core::option::Option::None })
            }
            Kind::Cursor { header: Some(header) } => {
                quote!(Cursor { slot: #slot, header: ::core::option::Option::Some(#header) })
            }
            Kind::Link => quote!(Link),
            Kind::Url => quote!(Url),
        };
        quote!(.paginate(#root::__private::Pagination::#rule))
    }
}

impl Kind {
    fn word(&self) -> &'static str {
        match self {
            Self::Offset => "offset",
            Self::Page { .. } => "page",
            Self::Cursor { .. } => "cursor",
            Self::Link => "link",
            Self::Url => "url",
        }
    }
}

fn number(value: &Expr) -> Option<u64> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

/// The path with all of it at one place.
fn respanned(path: &Path, span: Span) -> TokenStream {
    let at = |mut token: proc_macro2::TokenTree| {
        token.set_span(token.span().located_at(span));
        token
    };
    path.to_token_stream().into_iter().map(at).collect()
}

/// What a call of it has more.
pub(crate) fn methods(root: &Path, vis: &syn::Visibility, output: &crate::signature::Output) -> TokenStream {
    let (ty, span) = (&output.ty, output.span);
    // A type that is no page is reported where it is written.
    let root = respanned(root, span);
    let pages = quote_spanned!(span=> #root::Pages<#ty>);
    let items = quote_spanned!(span=> #root::Items<#ty>);
    let give = quote_spanned!(span=> .items());
    quote! {
        /// Gives all pages of the list, from this one on: each is fetched when it is asked for.
        #vis fn pages(self) -> #pages {
            self.0.pages()
        }

        /// Gives the items of all pages of the list, from this one on.
        #vis fn items(self) -> #items {
            self.0 #give
        }
    }
}
