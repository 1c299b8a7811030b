//! Reads `paginate(..)`, which tells how to find the next page of a list.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Expr, ExprLit, Lit, LitStr};

use crate::errors::Errors;
use crate::model::arg::{Arg, ArgKind};
use crate::model::settings::{PageRule, Paginate};
use crate::syntax::options::Options;
use crate::syntax::value;

const KINDS: &str = "`paginate` takes `offset`, `page`, `cursor`, `link` or `url`: write for example `paginate(offset)`";

impl PageRule {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "offset" => Self::Offset,
            "page" => Self::Page { first: 1 },
            "cursor" => Self::Cursor { header: None },
            "link" => Self::Link,
            "url" => Self::Url,
            _ => return None,
        })
    }

    /// Returns true if an argument selects the page.
    fn has_argument(&self) -> bool {
        !matches!(self, Self::Link | Self::Url)
    }
}

/// Reads the option and reports mistakes. It returns a value all the same, so that calls keep their
/// `pages`.
pub(super) fn read(options: &Options, errors: &mut Errors) -> Option<Paginate> {
    let option = options.name("paginate")?;
    let mut paginate =
        Paginate { rule: PageRule::Link, argument: String::new(), argument_span: option.span() };
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
                Some(second) => errors.at(second, "a list continues in one way: remove this"),
                None => errors.at(option, KINDS),
            }
            return;
        };
        let name = word.unraw().to_string();
        match PageRule::from_word(&name) {
            Some(kind) => {
                (self.rule, self.argument, self.argument_span) = (kind, name, word.span());
            }
            None => errors.at(word, KINDS),
        }
    }

    /// `paginate(offset = skip, ..)`
    fn read_kind(&mut self, name: &LitStr, value: &Expr, errors: &mut Errors) {
        let Some(kind) = PageRule::from_word(&name.value()).filter(PageRule::has_argument) else {
            let word = name.value();
            if PageRule::from_word(&word).is_some() {
                errors.at(value, format!("`{word}` takes no argument: write `paginate({word})`"));
            } else {
                errors.at(name, KINDS);
            }
            return;
        };
        match value {
            Expr::Path(path) if path.path.get_ident().is_some() => {
                let argument = path.path.require_ident().map(|ident| ident.unraw().to_string());
                (self.rule, self.argument, self.argument_span) =
                    (kind, argument.unwrap_or_default(), value.span());
            }
            other => {
                errors.at(
                    other,
                    format!(
                        "the value is an argument of the endpoint: write `{} = name`",
                        name.value()
                    ),
                );
            }
        }
    }

    /// Reads an option after the rule.
    fn read_more(&mut self, name: &LitStr, value: &Expr, errors: &mut Errors) {
        match (name.value().as_str(), &mut self.rule) {
            ("first", PageRule::Page { first }) => match number(value) {
                Some(number) => *first = number,
                None => errors.at(value, "the first page is a number: write `first = 0`, or leave it out for 1"),
            },
            ("header", PageRule::Cursor { header }) => match value {
                Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => *header = value::header_name(name, errors),
                other => errors.at(other, "a header name is a string: write `header = \"X-Next-Cursor\"`"),
            },
            (other, _) => errors.at(
                name,
                format!(
                    "unknown option `{}`: a `page` has `first = 0`, and a `cursor` has `header = \"X-Next-Cursor\"`",
                    other.escape_debug()
                ),
            ),
        }
    }

    /// Reports an argument that does not exist or cannot select a page.
    pub(super) fn check(&self, args: &[Arg], method: &str, errors: &mut Errors) {
        if !self.rule.has_argument() {
            let is_followed = matches!(method, "GET" | "HEAD" | "POST" | "QUERY");
            if !self.argument.is_empty() && !is_followed {
                let mistake = format!(
                    "a link is followed by GET, which is no part of a list by {method}: use a `cursor`"
                );
                errors.at_span(self.argument_span, mistake);
            }
            return;
        }
        let name = &self.argument;
        let Some(arg) = args.iter().find(|arg| arg.own_name == *name) else {
            errors.at_span(
                self.argument_span,
                format!(
                    "no argument `{name}` selects the page: add it, or name another by `paginate({} = my_argument)`",
                    self.rule.word()
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
                "`{name}` cannot select the page: use a value of the query, a field or a header"
            );
            errors.at_span(self.argument_span, mistake);
        }
    }
}

impl PageRule {
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
