//! The verb of an endpoint: its attribute, with the template and the options.

use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Meta, Token, TraitItemFn};

use crate::errors::Errors;
use crate::options::Options;
use crate::template::Template;
use crate::value;

/// The verbs with an attribute of their own.
const VERBS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "request"];

/// A verb as it is written.
pub(crate) struct Verb {
    /// The attribute's name.
    pub(crate) name: String,
    /// The method that is sent.
    pub(crate) method: String,
    pub(crate) arguments: Option<VerbArguments>,
}

/// Whether an attribute is a verb, in whatever case and by whatever path.
pub(crate) fn is_verb(attribute: &Attribute) -> bool {
    VERBS.contains(&last_word(attribute).to_lowercase().as_str())
}

fn last_word(attribute: &Attribute) -> String {
    attribute.path().segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
}

/// Removes all verbs and reads the first; `None` if there is none, which is reported.
pub(crate) fn take(method: &mut TraitItemFn, errors: &mut Errors) -> Option<Verb> {
    let (verbs, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut method.attrs).into_iter().partition(is_verb);
    method.attrs = rest;
    for second in verbs.iter().skip(1) {
        errors.at(second, "a second verb: an endpoint has one, remove the other");
    }
    let Some(attribute) = verbs.first() else {
        report_missing(method, errors);
        return None;
    };
    let name = last_word(attribute).to_lowercase();
    if !attribute.path().is_ident(&name) {
        errors.at(
            attribute.path(),
            format!("a verb is written in small letters and alone: `#[{name}(\"…\")]`"),
        );
    }
    let arguments = verb_arguments(attribute, &name, errors);
    let method = match arguments.as_ref().and_then(|arguments| arguments.method.as_ref()) {
        Some(method) => checked_method(method, errors),
        None => name.to_uppercase(),
    };
    Some(Verb { name, method, arguments })
}

/// A method of `#[request(..)]`: a token, whose case counts (RFC 9110 section 9.1).
fn checked_method(method: &LitStr, errors: &mut Errors) -> String {
    let name = method.value();
    if !value::is_token(&name) {
        errors.at(method, format!("`{}` is no method: write it like `PURGE`", name.escape_debug()));
    } else if name == "CONNECT" || name == "TRACE" {
        errors.at(method, format!("`{name}` is for proxies and not for an API"));
    }
    name
}

/// Attributes that say something else of a method than its verb.
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

/// An attribute that nobody knows is most likely a verb that is misspelt.
fn report_missing(method: &mut TraitItemFn, errors: &mut Errors) {
    let is_unknown = |attribute: &Attribute| {
        attribute.path().get_ident().is_some_and(|name| !RUSTC.iter().any(|known| name == known))
            && attribute.meta.require_list().is_ok()
    };
    if let Some(index) = method.attrs.iter().position(is_unknown) {
        let attribute = method.attrs.remove(index);
        let verbs: Vec<_> = VERBS.iter().map(|verb| format!("`{verb}`")).collect();
        let path = attribute.path();
        errors.at(path, format!("`{}` is no verb: these are {}", last_word(&attribute), verbs.join(", ")));
        return;
    }
    let name = method.sig.ident.unraw();
    errors.at(
        &method.sig.ident,
        format!("`{name}` has no verb: add `#[get(\"v1/{name}\")]` or the like, or give it a body"),
    );
}

fn verb_arguments(attribute: &Attribute, verb: &str, errors: &mut Errors) -> Option<VerbArguments> {
    let method = if verb == "request" { "\"PURGE\", " } else { "" };
    let written = format!("write `#[{verb}({method}\"v1/connectors\")]`");
    let list = match &attribute.meta {
        Meta::List(list) => list,
        Meta::Path(_) => {
            errors.at(attribute, format!("the template is missing: {written}"));
            return None;
        }
        Meta::NameValue(pair) => {
            let value = &pair.value;
            errors
                .at(attribute, format!("the template is in brackets: write `#[{verb}({})]`", quote!(#value)));
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
            let parser = |input: ParseStream<'_>| VerbArguments::parse(input, verb == "request");
            list.parse_args_with(parser).map_err(|error| errors.push(error)).ok()
        }
    }
}

/// `"template", option, option = value`
pub(crate) struct VerbArguments {
    /// The method of `#[request(..)]`.
    method: Option<LitStr>,
    pub(crate) template: LitStr,
    pub(crate) options: Options,
}

impl VerbArguments {
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
            return Err(input.error("a comma is missing: the options follow the template after `,`"));
        }
        let more = input.parse::<Option<Token![,]>>()?.is_some();
        let options = if more { input.parse()? } else { Options::default() };
        Ok(Self { method, template, options })
    }
}

/// The template behind the trait's prefix.
pub(crate) fn parse_template(literal: &LitStr, prefix: &str, errors: &mut Errors) -> Option<Template> {
    let own = literal.value();
    // The mistakes of the template alone, so that they are about what stands there.
    if let Err(mistake) = Template::parse(&own) {
        errors.at(literal, mistake);
        return None;
    }
    let path = own.strip_prefix('/').unwrap_or(&own);
    let joined = match (prefix, path) {
        ("", _) => path.to_owned(),
        (_, "") => prefix.to_owned(),
        _ if path.starts_with('?') => format!("{prefix}{path}"),
        _ => format!("{prefix}/{path}"),
    };
    Template::parse(&joined).map_err(|mistake| errors.at(literal, mistake)).ok()
}
