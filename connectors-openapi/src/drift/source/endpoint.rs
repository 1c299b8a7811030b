//! Reads an endpoint of a trait.

use std::collections::HashSet;

use connectors_client::{ParameterPlace, Presence};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, FnArg, LitStr, Pat, PatType, ReturnType, Token, TraitItemFn};

use super::case;
use super::options::Options;
use super::rust_type::{Scope, list_style, shape, wrapper};
use super::template::Template;
use super::types::place;
use crate::drift::declared::{Argument, Declared, Errors};
use crate::drift::shape::Shape;

const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "request"];

/// The trait of an endpoint.
pub(super) struct Api<'a> {
    pub(super) file: &'a str,
    pub(super) name: String,
    pub(super) options: Options,
    /// Types that the sources declare.
    pub(super) own: &'a HashSet<String>,
}

/// An endpoint with the name of its error class.
pub(super) type Found = (Declared, Option<String>);

/// The arguments of `#[get(..)]`.
struct MethodArguments {
    method: Option<String>,
    template: String,
    options: Options,
}

impl Parse for MethodArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let first = input.parse::<LitStr>()?.value();
        let mut more = input.parse::<Option<Token![,]>>()?.is_some();
        if !more || !input.peek(LitStr) {
            let options = if more { input.parse()? } else { Options::default() };
            return Ok(Self { method: None, template: first, options });
        }
        let template = input.parse::<LitStr>()?.value();
        more = input.parse::<Option<Token![,]>>()?.is_some();
        let options = if more { input.parse()? } else { Options::default() };
        Ok(Self { method: Some(first), template, options })
    }
}

/// Reads a function of a trait. Returns `None` if it is not an endpoint, or is one that the macro
/// would refuse.
pub(super) fn endpoint(function: &TraitItemFn, api: &Api<'_>) -> Option<Found> {
    let (word, attribute) = function.attrs.iter().find_map(|attribute| {
        let word = attribute.path().get_ident()?.to_string();
        METHODS.contains(&word.as_str()).then_some((word, attribute))
    })?;
    let MethodArguments { method, template, options } = attribute.parse_args().ok()?;
    let template = Template::parse(&template, &api.options.text("prefix").unwrap_or_default());
    let reader = Reader { api, options: &options, template: &template };
    let mut arguments: Vec<_> = function
        .sig
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(argument) => reader.argument(argument),
            FnArg::Receiver(_) => None,
        })
        .collect();
    let body_type = body_type(function);
    arguments.extend(reader.fixed_values(&arguments));
    let content_type = reader.content_type(&arguments, body_type);
    let error = options.word("error").or_else(|| api.options.word("error"));
    let declared = Declared {
        place: Some(place(api.file, function.sig.ident.span())),
        api: api.name.clone(),
        name: function.sig.ident.unraw().to_string(),
        method: method.unwrap_or_else(|| word.to_uppercase()),
        path: template.path.clone(),
        arguments,
        content_type,
        envelope: reader.envelope(),
        none_on: options.number("none_on"),
        accept: options.text("accept"),
        output: Some(output(&function.sig.output, api.scope())),
        errors: Errors::Unknown,
    };
    Some((declared, error))
}

impl Api<'_> {
    fn scope(&self) -> Scope<'_> {
        Scope { parameters: &[], own: self.own }
    }
}

fn output(output: &ReturnType, scope: Scope<'_>) -> Shape {
    match output {
        ReturnType::Default => Shape::Unit,
        ReturnType::Type(_, ty) => shape(ty, scope),
    }
}

/// Reads the media type of `#[body(content_type = "..")]`.
fn body_type(function: &TraitItemFn) -> Option<String> {
    let arguments = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some(argument),
        FnArg::Receiver(_) => None,
    });
    let mut attributes = arguments.flat_map(|argument| &argument.attrs);
    let body = attributes.find(|attribute| attribute.path().is_ident("body"))?;
    body.parse_args::<Options>().ok()?.text("content_type")
}

struct Reader<'a> {
    api: &'a Api<'a>,
    options: &'a Options,
    template: &'a Template,
}

impl Reader<'_> {
    fn argument(&self, argument: &PatType) -> Option<Argument> {
        let Pat::Ident(pattern) = &*argument.pat else { return None };
        let own_name = pattern.ident.unraw().to_string();
        let (presence, ty) = match wrapper(&argument.ty) {
            Some(("Nullable", inner)) => (Presence::Nullable, inner),
            Some((_, inner)) => (Presence::Optional, inner),
            None => (Presence::Required, &*argument.ty),
        };
        let (place, name) = self.place(&own_name, &argument.attrs);
        let has_style =
            matches!(place, ParameterPlace::Path | ParameterPlace::Query | ParameterPlace::Header)
                || place == ParameterPlace::Field && self.options.has("form");
        // A module of the user decides about the text.
        let is_converted = argument.attrs.iter().any(|attribute| attribute.path().is_ident("with"));
        Some(Argument {
            place_in_source: Some(super::types::place(self.api.file, pattern.ident.span())),
            own_name,
            name,
            place,
            presence,
            list: list_style(ty).filter(|_| has_style),
            shape: Some(if is_converted { Shape::Unknown } else { shape(ty, self.api.scope()) }),
            fixed: None,
            is_idempotency_key: false,
        })
    }

    /// Returns the place of an argument, and its name there.
    fn place(&self, own_name: &str, attributes: &[Attribute]) -> (ParameterPlace, String) {
        if let Some((place, name)) = self.template.place(own_name) {
            return (place, name.unwrap_or_else(|| self.cased(own_name)));
        }
        for attribute in attributes {
            let word = attribute.path().get_ident().map(ToString::to_string).unwrap_or_default();
            let name = || attribute.parse_args_with(first_text).ok();
            match word.as_str() {
                "field" => {
                    let name = name().unwrap_or_else(|| self.cased(own_name));
                    return (ParameterPlace::Field, name);
                }
                "header" => {
                    let name = name().unwrap_or_default().to_lowercase();
                    return (ParameterPlace::Header, name);
                }
                "fields" => return (ParameterPlace::Fields, own_name.to_owned()),
                "body" => return (ParameterPlace::Body, own_name.to_owned()),
                "url" => return (ParameterPlace::Url, own_name.to_owned()),
                _ => {}
            }
        }
        let place =
            if self.template.takes_all { ParameterPlace::Query } else { ParameterPlace::Field };
        (place, self.cased(own_name))
    }

    fn cased(&self, own_name: &str) -> String {
        let case = self.api.options.text("rename_all");
        case.map_or_else(|| own_name.to_owned(), |case| case::of_field(&case, own_name))
    }

    /// Returns the values that each request sends.
    fn fixed_values(&self, arguments: &[Argument]) -> Vec<Argument> {
        let template = self.template.fixed.iter().map(|(name, value)| {
            Argument::fixed(name.clone(), Some(value.clone()), ParameterPlace::Query)
        });
        let mut fixed: Vec<_> = template.collect();
        let own = [
            ("fields", ParameterPlace::Field),
            ("query", ParameterPlace::Query),
            ("headers", ParameterPlace::Header),
        ];
        for (word, place) in own {
            let both = [self.options.pairs(word), self.api.options.pairs(word)].concat();
            for (name, value) in both {
                let name = if place == ParameterPlace::Header { name.to_lowercase() } else { name };
                let is_sent = |other: &Argument| other.place == place && other.name == name;
                if !fixed.iter().chain(arguments).any(is_sent) {
                    fixed.push(Argument::fixed(name, value, place));
                }
            }
        }
        fixed.extend(self.idempotency_key());
        fixed
    }

    fn idempotency_key(&self) -> Option<Argument> {
        let options = [self.options, &self.api.options];
        let options = options.into_iter().find(|options| options.has("idempotency_key"))?;
        let name = options.text("idempotency_key").unwrap_or_else(|| "Idempotency-Key".to_owned());
        Some(Argument::idempotency_key(&name))
    }

    fn content_type(&self, arguments: &[Argument], of_body: Option<String>) -> Option<String> {
        let is_field =
            |own: &Argument| matches!(own.place, ParameterPlace::Field | ParameterPlace::Fields);
        let is_type =
            |own: &&Argument| own.place == ParameterPlace::Header && own.name == "content-type";
        let fixed = arguments.iter().find(is_type).and_then(|own| own.fixed.clone());
        let by_format = if self.options.has("form") {
            "application/x-www-form-urlencoded"
        } else if self.options.has("multipart") {
            "multipart/form-data"
        } else {
            "application/json"
        };
        let has_fields = arguments.iter().any(is_field);
        let is_json = |own: &Argument| own.place == ParameterPlace::Body && !is_raw(own);
        of_body
            .or(fixed)
            .or(has_fields.then(|| by_format.to_owned()))
            .or(arguments.iter().any(is_json).then(|| "application/json".to_owned()))
    }

    fn envelope(&self) -> Option<String> {
        if self.options.has("envelope") {
            return self.options.text("envelope");
        }
        self.api.options.text("envelope")
    }
}

/// Returns true if the media type of a body is not known to be JSON.
fn is_raw(body: &Argument) -> bool {
    let is_known = matches!(
        body.shape,
        Some(
            Shape::Json
                | Shape::Bool
                | Shape::Integer(_)
                | Shape::Float
                | Shape::Text
                | Shape::Formatted(_)
                | Shape::List(_)
                | Shape::Map(_)
        )
    );
    !is_known
}

/// Reads a text and ignores what follows it.
fn first_text(input: ParseStream<'_>) -> syn::Result<String> {
    let text = input.parse::<LitStr>()?.value();
    input.parse::<proc_macro2::TokenStream>()?;
    Ok(text)
}
