//! Options in the parentheses of an attribute: `idempotent`, `timeout = "5s"`, `at_most_one(a, b)`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Path, PathSegment, Token, parenthesized};

use super::similar::similar;
use crate::errors::Errors;

/// An option of an attribute.
pub(crate) struct OptionSpec {
    pub(crate) name: &'static str,
    pub(crate) syntax: Syntax,
}

impl OptionSpec {
    /// Returns an option as it is written.
    pub(crate) fn example(&self) -> &'static str {
        match self.syntax {
            Syntax::Flag => self.name,
            Syntax::Value(written)
            | Syntax::FlagOrValue(written)
            | Syntax::List(written)
            | Syntax::Pairs(written)
            | Syntax::Words(written)
            | Syntax::FlagOrPairs(written)
            | Syntax::Matchers(written) => written.split('`').next().unwrap_or(self.name),
        }
    }
}

/// The syntax of an option.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Syntax {
    /// `idempotent`
    Flag,
    /// `timeout = "5s"`
    Value(&'static str),
    /// `idempotency_key`, or `idempotency_key = "X-Key"`
    FlagOrValue(&'static str),
    /// `at_most_one(a, b)`; may be repeated
    List(&'static str),
    /// `headers("X-Name" = "value")`, `fields(stream = true)`; may be repeated
    Pairs(&'static str),
    /// `paginate(offset)`, or `paginate(offset = skip)`
    Words(&'static str),
    /// `poll`, or `poll(every = "2s")`
    FlagOrPairs(&'static str),
    /// `done = "[DONE]"`, `done(type = "end")` or `failed(error)`; may be repeated
    Matchers(&'static str),
}

/// The options of one attribute.
#[derive(Default)]
pub(crate) struct Options(Vec<ParsedOption>);

struct ParsedOption {
    name: Ident,
    content: Content,
}

enum Content {
    Nothing,
    Value(Expr),
    List(Vec<Ident>),
    /// Each name also as a path: that of `status.state` has two steps, one in quotes has one.
    Pairs(Vec<(LitStr, Expr)>, Vec<Vec<String>>),
    /// `error.code, "a.b"`
    Paths(Vec<Vec<String>>),
    /// Parentheses around anything else.
    Unparsed(Span),
}

/// Parses `"X-Name" = "value", type = "end", ..`. A name is in quotes, a word or words with dots.
fn pairs(input: ParseStream) -> syn::Result<Content> {
    let mut paths = Vec::new();
    let pair = |input: ParseStream| {
        let (name, path) = pair_name(input)?;
        let missing = || {
            let shown = name.token().to_string();
            syn::Error::new(name.span(), format!("the value is missing: write `{shown} = \"…\"`"))
        };
        input.parse::<Token![=]>().map_err(|_| missing())?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(missing());
        }
        Ok(((name, pair_value(input)?), path))
    };
    let mut pairs = Vec::new();
    for (pair, path) in input.parse_terminated(pair, Token![,])? {
        pairs.push(pair);
        paths.push(path);
    }
    Ok(Content::Pairs(pairs, paths))
}

/// Parses a name, and returns it also as a path: `url`, `links.self` or `links."@odata.id"`.
pub(crate) fn pair_name(input: ParseStream) -> syn::Result<(LitStr, Vec<String>)> {
    let first = step(input)?;
    let mut path = vec![first.value()];
    while input.peek(Token![.]) {
        input.parse::<Token![.]>()?;
        path.push(step(input)?.value());
    }
    let name = match path.len() {
        1 => first,
        _ => LitStr::new(&path.join("."), first.span()),
    };
    Ok((name, path))
}

/// Parses a word, which may be a keyword, or a name in quotes.
fn step(input: ParseStream) -> syn::Result<LitStr> {
    if input.peek(Ident::peek_any) {
        let word = Ident::parse_any(input)?;
        return Ok(LitStr::new(&word.unraw().to_string(), word.span()));
    }
    input.parse().map_err(|error: syn::Error| {
        syn::Error::new(error.span(), "a name is missing here: write `\"name\" = \"value\"`")
    })
}

/// Parses the value of a pair. The path in `field(links.self)` can name a keyword, which no
/// expression can, so it stays as it is written.
fn pair_value(input: ParseStream) -> syn::Result<Expr> {
    let is_field = input.fork().parse::<Ident>().is_ok_and(|word| word == "field");
    let is_place = is_field && input.peek2(syn::token::Paren);
    if is_place && input.fork().parse::<Expr>().is_err() {
        let (word, path): (TokenTree, TokenTree) = (input.parse()?, input.parse()?);
        return Ok(Expr::Verbatim([word, path].into_iter().collect()));
    }
    input.parse()
}

/// Parses `error.code, "a.b", ..`.
fn paths(input: ParseStream) -> syn::Result<Content> {
    let paths = input.parse_terminated(pair_name, Token![,])?;
    Ok(Content::Paths(paths.into_iter().map(|(_, path)| path).collect()))
}

/// Returns true if the parentheses begin with a name and `=`.
fn has_pairs(list: ParseStream) -> bool {
    let ahead = list.fork();
    pair_name(&ahead).is_ok() && ahead.peek(Token![=])
}

impl Parse for Options {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut given = Vec::new();
        while !input.is_empty() {
            given.push(input.parse()?);
            if !input.is_empty() && input.parse::<Token![,]>().is_err() {
                return Err(input.error("a comma is missing before this"));
            }
        }
        Ok(Self(given))
    }
}

impl Parse for ParsedOption {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let Ok(name) = Ident::parse_any(input) else {
            return Err(input
                .error("an option is missing here: write `name`, `name = value` or `name(a, b)`"));
        };
        let content = if let Ok(equals) = input.parse::<Token![=]>() {
            let missing = |_| {
                syn::Error::new_spanned(
                    equals,
                    format!("the value of `{name}` is missing after this"),
                )
            };
            Content::Value(input.parse().map_err(missing)?)
        } else if input.peek(syn::token::Paren) {
            let list;
            let brackets = parenthesized!(list in input);
            if has_pairs(&list) {
                return Ok(Self { content: pairs(&list)?, name });
            }
            let words = list.fork();
            if let Ok(names) = words.parse_terminated(Ident::parse_any, Token![,]) {
                list.advance_to(&words);
                Content::List(names.into_iter().collect())
            } else if (name == "failed" || !list.peek(LitStr))
                && let Ok(content) = paths(&list.fork())
            {
                list.parse::<TokenStream>()?;
                content
            } else {
                list.parse::<TokenStream>()?;
                Content::Unparsed(brackets.span.join())
            }
        } else {
            Content::Nothing
        };
        Ok(Self { name, content })
    }
}

impl Options {
    /// Reports options that are unknown, repeated or in the wrong syntax, and keeps the rest. `of`
    /// names their owner.
    pub(crate) fn check(self, known: &[OptionSpec], of: &str, errors: &mut Errors) -> Self {
        self.check_with(known, of, |_| None, errors)
    }

    /// Does so with advice on unknown options.
    pub(crate) fn check_with(
        self,
        known: &[OptionSpec],
        of: &str,
        advice: fn(&str) -> Option<String>,
        errors: &mut Errors,
    ) -> Self {
        let mut kept: Vec<ParsedOption> = Vec::new();
        for given in self.0 {
            let Some(option) = known.iter().find(|option| given.name == option.name) else {
                let name = given.name.unraw().to_string();
                let advice = advice(&name).unwrap_or_else(|| way_out(&name, known, of));
                errors.at(&given.name, format!("unknown option `{name}`: {advice}"));
                continue;
            };
            if let (Content::Unparsed(span), Syntax::List(_)) = (&given.content, option.syntax) {
                let name = option.name;
                errors.at_span(
                    *span,
                    format!("`{name}` needs names in parentheses: write `{name}(a, b)`"),
                );
            } else if let Some(written) = given.expected_syntax(option.syntax) {
                errors.at(&given.name, format!("`{}` is written {written}", option.name));
                // The methods that the option adds to a call stay, so that their calls compile.
                if matches!(option.syntax, Syntax::Words(_) | Syntax::FlagOrPairs(_)) {
                    kept.push(ParsedOption { content: Content::Nothing, ..given });
                }
            } else if !matches!(
                option.syntax,
                Syntax::List(_) | Syntax::Pairs(_) | Syntax::Matchers(_)
            ) && kept.iter().any(|other| other.name == given.name)
            {
                errors.at(&given.name, format!("duplicate option `{}`: remove one", option.name));
            } else {
                kept.push(given);
            }
        }
        Self(kept)
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.0.iter().any(|given| given.name == name)
    }

    /// Returns the name of an option, if it is given.
    pub(crate) fn name(&self, name: &str) -> Option<&Ident> {
        self.0.iter().map(|given| &given.name).find(|given| *given == name)
    }

    pub(crate) fn value(&self, name: &str) -> Option<&Expr> {
        self.0.iter().find(|given| given.name == name).and_then(|given| match &given.content {
            Content::Value(value) => Some(value),
            _ => None,
        })
    }

    /// Returns a value that is a path to a type or module.
    pub(crate) fn path(&self, name: &str, errors: &mut Errors) -> Option<Path> {
        match self.value(name)? {
            Expr::Path(path) => Some(path.path.clone()),
            other => {
                errors.at(other, format!("`{name}` is a path, for example `{name} = my::path`"));
                None
            }
        }
    }

    /// Returns the path of the runtime crate: that of the option `crate`, or the usual name.
    pub(crate) fn root(&self, errors: &mut Errors) -> Path {
        self.path("crate", errors).unwrap_or_else(|| Path {
            leading_colon: Some(<Token![::]>::default()),
            segments: [PathSegment::from(Ident::new("connectors_client", Span::call_site()))]
                .into_iter()
                .collect(),
        })
    }

    /// Returns a value that is a string literal.
    pub(crate) fn text(&self, name: &str, errors: &mut Errors) -> Option<LitStr> {
        let value = self.value(name)?;
        let text = text(value);
        if text.is_none() {
            errors.at(value, format!("`{name}` is a string literal: write `{name} = \"…\"`"));
        }
        text
    }

    /// Returns the pairs of all options of this name.
    pub(crate) fn pairs<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a (LitStr, Expr)> {
        let pairs = self.0.iter().filter(move |given| given.name == name).map(|given| match &given
            .content
        {
            Content::Pairs(pairs, _) => pairs.as_slice(),
            _ => &[],
        });
        pairs.flatten()
    }

    /// Returns the matchers of all options of this name: a text, or a field with or without its
    /// value.
    pub(crate) fn matchers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = ParsedMatcher<'a>> {
        self.0.iter().filter(move |given| given.name == name).flat_map(ParsedOption::matchers)
    }

    /// Returns the lists of all options of this name, each with the span of the name.
    pub(crate) fn lists<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (Span, &'a [Ident])> {
        self.0.iter().filter(move |given| given.name == name).filter_map(|given| {
            match &given.content {
                Content::List(list) => Some((given.name.span(), list.as_slice())),
                _ => None,
            }
        })
    }
}

/// A matcher of stream items, as it is written. A field is a path.
pub(crate) enum ParsedMatcher<'a> {
    Text(&'a Expr),
    Field(Vec<String>),
    FieldValue(Vec<String>, &'a Expr),
}

impl ParsedOption {
    fn matchers(&self) -> Vec<ParsedMatcher<'_>> {
        match &self.content {
            Content::Value(value) => vec![ParsedMatcher::Text(value)],
            Content::List(names) => {
                let path = |name: &Ident| vec![name.unraw().to_string()];
                names.iter().map(|name| ParsedMatcher::Field(path(name))).collect()
            }
            Content::Paths(paths) => paths.iter().cloned().map(ParsedMatcher::Field).collect(),
            Content::Pairs(pairs, paths) => paths
                .iter()
                .zip(pairs)
                .map(|(path, (_, value))| ParsedMatcher::FieldValue(path.clone(), value))
                .collect(),
            Content::Nothing | Content::Unparsed(_) => Vec::new(),
        }
    }

    /// Returns the right way to write an option that is written in another way.
    fn expected_syntax(&self, syntax: Syntax) -> Option<String> {
        match (syntax, &self.content) {
            (Syntax::Flag, Content::Nothing)
            | (Syntax::Value(_), Content::Value(_))
            | (Syntax::FlagOrValue(_), Content::Nothing | Content::Value(_))
            | (Syntax::List(_), Content::List(_))
            | (Syntax::Pairs(_), Content::Pairs(..))
            | (Syntax::Words(_), Content::List(_) | Content::Pairs(..))
            | (Syntax::FlagOrPairs(_), Content::Nothing | Content::Pairs(..))
            | (
                Syntax::Matchers(_),
                Content::Value(_) | Content::List(_) | Content::Pairs(..) | Content::Paths(_),
            ) => None,
            (Syntax::Flag, _) => Some("alone, without a value".to_owned()),
            (Syntax::FlagOrValue(written) | Syntax::FlagOrPairs(written), _) => {
                Some(format!("alone, or `{written}`"))
            }
            (
                Syntax::Value(written)
                | Syntax::List(written)
                | Syntax::Pairs(written)
                | Syntax::Words(written)
                | Syntax::Matchers(written),
                _,
            ) => Some(format!("`{written}`")),
        }
    }
}

/// Returns the path of the runtime crate: the one option of a derive, `#[error_class(crate =
/// my::path)]`.
pub(crate) fn root(attributes: &[Attribute], name: &str, errors: &mut Errors) -> Path {
    const KNOWN: [OptionSpec; 1] =
        [OptionSpec { name: "crate", syntax: Syntax::Value("crate = my::path") }];
    from_attribute(attributes, name, &KNOWN, &format!("`{name}`"), "crate = my::path", errors)
        .root(errors)
}

/// Reads the options of the only attribute of this name. `of` names their owner, and `example` is
/// one of them.
pub(crate) fn from_attribute(
    attributes: &[Attribute],
    name: &str,
    known: &[OptionSpec],
    of: &str,
    example: &str,
    errors: &mut Errors,
) -> Options {
    let mut ours = named(attributes, name);
    let Some(attribute) = ours.next() else { return Options::default() };
    for second in ours {
        errors.at(second, format!("a second `#[{name}]`: put all options in one"));
    }
    if attribute.meta.require_list().is_err() {
        let mistake =
            format!("the options are missing, or not in parentheses: write `#[{name}({example})]`");
        errors.at(attribute, mistake);
        return Options::default();
    }
    match attribute.parse_args::<Options>() {
        Ok(options) => options.check(known, of, errors),
        Err(error) => {
            errors.push(error);
            Options::default()
        }
    }
}

/// Returns the attributes of this name.
pub(crate) fn named<'a>(
    attributes: &'a [Attribute],
    name: &str,
) -> impl Iterator<Item = &'a Attribute> {
    attributes.iter().filter(move |attribute| attribute.path().is_ident(name))
}

/// Returns the literal, if a value is a string.
pub(crate) fn text(value: &Expr) -> Option<LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.clone()),
        _ => None,
    }
}

/// Reads the one string in an attribute's parentheses.
pub(crate) fn attribute_text(
    attribute: &Attribute,
    written: &str,
    errors: &mut Errors,
) -> Option<LitStr> {
    match attribute.parse_args::<LitStr>() {
        Ok(name) if !name.value().is_empty() => Some(name),
        _ => {
            let missing =
                format!("the name is missing, or not in parentheses and quotes: write `{written}`");
            errors.at(attribute, missing);
            None
        }
    }
}

/// Returns the option that a misspelt name stands for, or else all options.
fn way_out(name: &str, known: &[OptionSpec], of: &str) -> String {
    match similar(name, known.iter().map(|option| option.name)) {
        Some(similar) => format!("did you mean `{similar}`?"),
        None => list(known, of),
    }
}

fn list(known: &[OptionSpec], of: &str) -> String {
    let names: Vec<_> = known.iter().map(|option| format!("`{}`", option.name)).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("the options of {of} are {} and {last}", rest.join(", "))
        }
        _ => format!("{of} has the option {}", names.concat()),
    }
}
