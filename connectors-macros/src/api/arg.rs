//! Reads one argument of an endpoint.

use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, LitStr, Meta, Pat, PatType, Path, Token, Type};

use crate::errors::Errors;
use crate::model::arg::{Arg, ArgKind};
use crate::syntax::options::{OptionSpec, Options, Syntax, attribute_text};
use crate::syntax::rust_type::{self, Presence, is_unsized, peeled, presence, shown, unnameable};
use crate::syntax::similar::similar;
use crate::syntax::value::{self, Value};

impl Arg {
    /// Reads an argument. Removes our attributes, and the doc comments, which only setters can
    /// carry. Reports mistakes, and returns `None` if the place of the argument is unknown.
    pub(crate) fn take(arg: &mut PatType, errors: &mut Errors) -> Option<Self> {
        let taken = take_attributes(&mut arg.attrs, errors);
        let ident = name(&arg.pat, errors)?;
        let (presence, ty) = presence(&arg.ty);
        check_type(&arg.ty, &ty, presence, errors);
        let own_name = ident.unraw().to_string();
        if taken.is_unknown {
            return None;
        }
        let (kind, name) = taken.binding.unwrap_or((ArgKind::Unbound, None));
        let is_named = name.is_some();
        let name = name.unwrap_or_else(|| own_name.clone());
        let is_marked_field = matches!(kind, ArgKind::Field | ArgKind::FieldRest);
        Some(Self {
            ident,
            own_name,
            declared: (*arg.ty).clone(),
            ty,
            presence,
            kind,
            is_marked_field,
            is_sensitive: taken.is_sensitive,
            with: taken.with,
            content_type: taken.content_type,
            name,
            is_named,
            docs: taken.docs,
        })
    }
}

/// Returns the name of an argument, and reports any other pattern.
fn name(pattern: &Pat, errors: &mut Errors) -> Option<Ident> {
    match pattern {
        Pat::Ident(name)
            if name.by_ref.is_none() && name.mutability.is_none() && name.subpat.is_none() =>
        {
            Some(name.ident.clone())
        }
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {
            errors.at(
                &pattern.mutability,
                "an argument of an endpoint is a plain name: remove `mut`",
            );
            None
        }
        other => {
            errors.at(
                other,
                "an argument of an endpoint is a plain name, for the template and the setters",
            );
            None
        }
    }
}

fn check_type(declared: &Type, ty: &Type, presence: Presence, errors: &mut Errors) {
    if let Some(problem) = unnameable(declared) {
        errors.at(declared, problem);
    } else if is_unsized(peeled(ty)) {
        errors.at(ty, format!("a value of this type has no size: write `&{}`", shown(ty)));
    } else if presence != Presence::Required && rust_type::presence(ty).0 != Presence::Required {
        errors.at(
            declared,
            "one wrapper is enough: write `Option` to leave the value out, or `Nullable` to send null too",
        );
    }
}

#[derive(Default)]
struct ArgAttributes {
    /// Place and name, if an attribute sets them.
    binding: Option<(ArgKind, Option<String>)>,
    /// True if an attribute is unknown, and so the place is.
    is_unknown: bool,
    is_sensitive: bool,
    with: Option<Path>,
    content_type: Option<Value>,
    docs: Vec<Attribute>,
}

/// Attributes of rustc on an argument.
const RUSTC: [&str; 5] = ["allow", "expect", "warn", "deny", "forbid"];

fn take_attributes(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> ArgAttributes {
    let mut taken = ArgAttributes::default();
    for attribute in std::mem::take(attributes) {
        let name = attribute.path().get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "doc" => taken.docs.push(attribute),
            name if RUSTC.contains(&name) => attributes.push(attribute),
            "cfg" | "cfg_attr" => {
                errors.at(
                    attribute.path(),
                    "an argument cannot depend on a `cfg`: put it on the method",
                );
            }
            "field" | "fields" | "body" | "header" | "url" if taken.binding.is_some() => {
                errors.at(&attribute, "an argument has one place: remove one attribute");
            }
            "field" | "fields" | "body" | "header" | "url" => taken.bind(&name, &attribute, errors),
            "with" if taken.with.is_some() => {
                errors.at(&attribute, "a second `#[with]`: a value is serialized once, remove one");
            }
            "with" => taken.with = value::with_module(&attribute, errors),
            _ => {
                errors.at(&attribute, unknown_attribute(&attribute, &name));
                taken.is_unknown = true;
            }
        }
    }
    taken
}

impl ArgAttributes {
    /// Reads the attribute that sets the place of an argument.
    fn bind(&mut self, name: &str, attribute: &Attribute, errors: &mut Errors) {
        self.binding = Some(match name {
            "field" if attribute.meta.require_path_only().is_ok() => (ArgKind::Field, None),
            "field" => {
                let name = attribute_text(attribute, "#[field(\"name\")]", errors)
                    .map(|name| name.value());
                (ArgKind::Field, name)
            }
            "header" => (ArgKind::Header, header(attribute, &mut self.is_sensitive, errors)),
            "fields" => {
                let written = "the fields of the value name themselves: write `#[fields]` alone";
                check_alone(attribute, written, errors);
                (ArgKind::FieldRest, None)
            }
            "url" => {
                let written = "the argument is the whole URL: write `#[url]` alone";
                check_alone(attribute, written, errors);
                (ArgKind::Url, None)
            }
            _ => {
                self.content_type = content_type(attribute, errors);
                (ArgKind::Body, None)
            }
        });
    }
}

fn check_alone(attribute: &Attribute, written: &str, errors: &mut Errors) {
    if attribute.meta.require_path_only().is_err() {
        errors.at(attribute, written);
    }
}

const BODY_OPTIONS: [OptionSpec; 1] = [OptionSpec {
    name: "content_type",
    syntax: Syntax::Value("content_type = \"application/merge-patch+json\""),
}];

/// `#[body]`, or `#[body(content_type = "..")]`.
fn content_type(attribute: &Attribute, errors: &mut Errors) -> Option<Value> {
    if let Meta::Path(_) = &attribute.meta {
        return None;
    }
    let Ok(options) = attribute.parse_args::<Options>() else {
        errors.at(
            attribute,
            "the argument is the whole body: write `#[body]`, or `#[body(content_type = \"…\")]`",
        );
        return None;
    };
    let options = options.check(&BODY_OPTIONS, "`body`", errors);
    value::content_type(options.value("content_type")?, errors)
}

/// The attributes of an argument.
const ATTRIBUTES: [&str; 6] = ["field", "fields", "body", "header", "url", "with"];

fn unknown_attribute(attribute: &Attribute, name: &str) -> String {
    let written = attribute.path().to_token_stream().to_string().replace(' ', "");
    let advice = match name {
        "query" | "path" => {
            format!("an argument is in the {name} if the template names it, `<name>`")
        }
        "json" => "the whole body is `#[body]`, and a field of it needs no attribute".to_owned(),
        "form" | "multipart" => {
            format!("it is an option of the endpoint, `#[post(\"…\", {name})]`")
        }
        "cookie" => "a cookie is sent by `#[header(\"Cookie\")]`".to_owned(),
        "serde" => "another name is given by `#[field(\"name\")]`".to_owned(),
        _ => match similar(name, ATTRIBUTES.into_iter()) {
            Some(similar) => format!("did you mean `#[{similar}]`?"),
            None => "an argument can have `#[field(\"name\")]`, `#[fields]`, `#[header(\"Name\")]`, `#[body]`, `#[url]` or `#[with(module)]`".to_owned(),
        },
    };
    format!("unknown attribute `#[{written}]`: {advice}")
}

/// Removes our attributes from a place where they mean nothing, and reports them.
pub(super) fn strip(attributes: &mut Vec<Attribute>, errors: &mut Errors) {
    attributes.retain(|attribute| {
        let ours = ATTRIBUTES.iter().any(|name| attribute.path().is_ident(name));
        if ours {
            errors.at(attribute, "this belongs on an argument of an endpoint: remove it here");
        }
        !ours
    });
}

/// `#[header("X-Name")]`, or `#[header("X-Name", sensitive)]`.
fn header(attribute: &Attribute, is_sensitive: &mut bool, errors: &mut Errors) -> Option<String> {
    let literal = match attribute.parse_args::<HeaderArguments>() {
        Ok(HeaderArguments { name, word }) if !name.value().is_empty() => {
            *is_sensitive = word.is_some();
            if let Some(word) = word.filter(|word| word != "sensitive") {
                errors.at(
                    &word,
                    format!("unknown word `{word}`: only `sensitive` can follow the name"),
                );
            }
            name
        }
        _ => attribute_text(
            attribute,
            "#[header(\"X-Name\")]` or `#[header(\"X-Name\", sensitive)]",
            errors,
        )?,
    };
    value::sent_header_name(&literal, "an argument", errors)
}

struct HeaderArguments {
    name: LitStr,
    /// Word after the name.
    word: Option<Ident>,
}

impl Parse for HeaderArguments {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let name = input.parse()?;
        let more = input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty();
        let word = if more { Some(input.parse()?) } else { None };
        Ok(Self { name, word })
    }
}
