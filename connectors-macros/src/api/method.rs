//! The HTTP method of an endpoint: its attribute, with the template and the options.

use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, LitStr, Meta, Path, Token, TraitItemFn};

use crate::errors::Errors;
use crate::model::template::Template;
use crate::syntax::options::Options;
use crate::syntax::value;

/// Names of the attributes, one per HTTP method and `request` for any other.
const ATTRIBUTES: [&str; 8] =
    ["get", "post", "put", "patch", "delete", "head", "options", "request"];

/// The attribute of an endpoint, for example `#[get(..)]`.
pub(super) struct MethodAttribute {
    /// Name of the attribute.
    pub(super) name: String,
    /// HTTP method that is sent.
    pub(super) method: String,
    pub(super) arguments: Option<MethodArguments>,
}

/// Returns true if a method of the trait has an attribute that makes it an endpoint.
pub(super) fn is_endpoint(method: &TraitItemFn) -> bool {
    method
        .attrs
        .iter()
        .any(|attribute| is_method(attribute) || conditional_method(attribute).is_some())
}

/// Returns true if an attribute names an HTTP method, in any case and by any path.
fn is_method(attribute: &Attribute) -> bool {
    ATTRIBUTES.contains(&last_word(attribute).to_lowercase().as_str())
}

fn last_word(attribute: &Attribute) -> String {
    last_word_of(attribute.path())
}

fn last_word_of(path: &Path) -> String {
    path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
}

/// Returns the method that `#[cfg_attr(.., get(..))]` would set. The macro runs before rustc
/// decides if it does.
fn conditional_method(attribute: &Attribute) -> Option<String> {
    conditional_of(&attribute.meta)
}

fn conditional_of(meta: &Meta) -> Option<String> {
    let Meta::List(list) = meta else { return None };
    if !list.path.is_ident("cfg_attr") {
        return None;
    }
    let attributes = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
    attributes.iter().skip(1).find_map(|meta| {
        let name = last_word_of(meta.path());
        if ATTRIBUTES.contains(&name.as_str()) { Some(name) } else { conditional_of(meta) }
    })
}

/// Removes attributes that set the method under a condition, and reports the first. Returns the
/// name of its method.
fn take_conditional(method: &mut TraitItemFn, errors: &mut Errors) -> Option<String> {
    let mut first = None;
    method.attrs.retain(|attribute| {
        let Some(name) = conditional_method(attribute) else { return true };
        if first.is_none() {
            let mistake = format!(
                "`cfg_attr` cannot set the HTTP method: write one method per condition, each with `#[cfg(…)]` and \
                 `#[{name}(\"…\")]`"
            );
            errors.at(attribute.path(), mistake);
            first = Some(name);
        }
        false
    });
    first
}

/// Removes all attributes that name an HTTP method and reads the first. A method without one is
/// reported.
pub(super) fn take(method: &mut TraitItemFn, errors: &mut Errors) -> Option<MethodAttribute> {
    let conditional = take_conditional(method, errors);
    let (ours, rest): (Vec<_>, Vec<_>) =
        std::mem::take(&mut method.attrs).into_iter().partition(is_method);
    method.attrs = rest;
    for second in ours.iter().skip(1) {
        errors.at(second, "a second HTTP method: an endpoint has one, remove the other");
    }
    let Some(attribute) = ours.first() else {
        if let Some(name) = conditional {
            return Some(MethodAttribute { method: name.to_uppercase(), name, arguments: None });
        }
        report_missing(method, errors);
        return None;
    };
    let name = last_word(attribute).to_lowercase();
    if !attribute.path().is_ident(&name) {
        errors.at(
            attribute.path(),
            format!(
                "an HTTP method is written in lowercase and without a path: `#[{name}(\"…\")]`"
            ),
        );
    }
    let arguments = method_arguments(attribute, &name, errors);
    let method = match arguments.as_ref().and_then(|arguments| arguments.method.as_ref()) {
        Some(method) => checked_method(method, errors),
        None => name.to_uppercase(),
    };
    Some(MethodAttribute { name, method, arguments })
}

/// Checks the method of `#[request(..)]`: a token, which is case-sensitive (RFC 9110 section 9.1).
fn checked_method(method: &LitStr, errors: &mut Errors) -> String {
    let name = method.value();
    if !value::is_token(&name) {
        errors.at(
            method,
            format!("invalid HTTP method `{}`: write it like `PURGE`", name.escape_debug()),
        );
    } else if name == "CONNECT" || name == "TRACE" {
        errors.at(method, format!("`{name}` is for proxies and not for an API"));
    }
    name
}

/// Attributes of rustc on a method.
const RUSTC: [&str; 11] = [
    "doc",
    "cfg",
    "cfg_attr",
    "deprecated",
    "allow",
    "expect",
    "warn",
    "deny",
    "forbid",
    "must_use",
    "inline",
];

/// Reports a method without an attribute of ours. An unknown attribute is most likely a misspelt
/// one.
fn report_missing(method: &mut TraitItemFn, errors: &mut Errors) {
    let is_unknown = |attribute: &Attribute| {
        attribute.path().get_ident().is_some_and(|name| !RUSTC.iter().any(|known| name == known))
            && attribute.meta.require_list().is_ok()
    };
    if let Some(index) = method.attrs.iter().position(is_unknown) {
        let attribute = method.attrs.remove(index);
        let known: Vec<_> = ATTRIBUTES.iter().map(|name| format!("`{name}`")).collect();
        let (path, name) = (attribute.path(), last_word(&attribute));
        errors
            .at(path, format!("`{name}` is not an HTTP method: write one of {}", known.join(", ")));
        return;
    }
    let name = method.sig.ident.unraw();
    errors.at(
        &method.sig.ident,
        format!("`{name}` has no HTTP method: add `#[get(\"v1/{name}\")]` or the like, or give it a body"),
    );
}

fn method_arguments(
    attribute: &Attribute,
    name: &str,
    errors: &mut Errors,
) -> Option<MethodArguments> {
    let method = if name == "request" { "\"PURGE\", " } else { "" };
    let written = format!("write `#[{name}({method}\"v1/connectors\")]`");
    let list = match &attribute.meta {
        Meta::List(list) => list,
        Meta::Path(_) => {
            errors.at(attribute, format!("the template is missing: {written}"));
            return None;
        }
        Meta::NameValue(pair) => {
            let value = pair.value.to_token_stream();
            errors.at(
                attribute,
                format!("the template belongs in parentheses: write `#[{name}({value})]`"),
            );
            return None;
        }
    };
    match list.tokens.clone().into_iter().next() {
        None => {
            errors.at(attribute, format!("the template is missing: {written}"));
            None
        }
        Some(first) if syn::parse2::<LitStr>(first.to_token_stream()).is_err() => {
            errors.at(&list.tokens, format!("the template is a string and comes first: {written}"));
            None
        }
        Some(_) => {
            let parser = |input: ParseStream<'_>| MethodArguments::parse(input, name == "request");
            list.parse_args_with(parser).map_err(|error| errors.push(error)).ok()
        }
    }
}

/// `"template", option, option = value`
pub(super) struct MethodArguments {
    /// HTTP method of `#[request(..)]`.
    method: Option<LitStr>,
    pub(super) template: LitStr,
    pub(super) options: Options,
}

impl MethodArguments {
    fn parse(input: ParseStream<'_>, has_method: bool) -> syn::Result<Self> {
        let method: Option<LitStr> = if has_method { Some(input.parse()?) } else { None };
        if let Some(method) = &method
            && (input.parse::<Token![,]>().is_err() || !input.peek(LitStr))
        {
            let written = "the method and the template are two strings: write `#[request(\"PURGE\", \"v1/connectors\")]`";
            return Err(syn::Error::new(method.span(), written));
        }
        let template = input.parse()?;
        if !input.is_empty() && !input.peek(Token![,]) {
            return Err(
                input.error("a comma is missing: the options follow the template after `,`")
            );
        }
        let more = input.parse::<Option<Token![,]>>()?.is_some();
        let options = if more { input.parse()? } else { Options::default() };
        Ok(Self { method, template, options })
    }
}

/// Parses the template together with the prefix of the trait.
pub(super) fn parse_template(
    literal: &LitStr,
    prefix: &str,
    errors: &mut Errors,
) -> Option<Template> {
    let own = literal.value();
    // Parse the literal alone first, so that a mistake is about its own text.
    if let Err(mistake) = Template::parse(&own) {
        errors.at(literal, mistake);
        return None;
    }
    let joined = match prefix {
        "" => own,
        // An empty path adds nothing, and `/` adds a slash.
        _ if own.is_empty() || own.starts_with('?') => format!("{prefix}{own}"),
        _ => format!("{prefix}/{}", own.strip_prefix('/').unwrap_or(&own)),
    };
    Template::parse(&joined).map_err(|mistake| errors.at(literal, mistake)).ok()
}
