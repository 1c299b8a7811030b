//! Everything the macro knows about one argument of an endpoint.

use proc_macro2::{Ident, Span};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, GenericArgument, LitStr, Meta, Pat, PatType, PathArguments, Token, Type};

use crate::errors::Errors;
use crate::options::{Form, Known, Options};
use crate::signature::{is_unsized, unnameable};
use crate::value::{self, Value};

/// One argument: its name and type, and where it is sent.
pub(crate) struct Arg {
    pub(crate) ident: Ident,
    own_name: String,
    /// The type as it is declared.
    pub(crate) declared: Type,
    /// The type without `Option` or `Nullable`.
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) kind: ArgKind,
    /// Whether `#[field]` says that it is one.
    pub(crate) is_marked_field: bool,
    /// Whether its value is a secret.
    pub(crate) is_sensitive: bool,
    /// The media type that `#[body]` says.
    pub(crate) content_type: Option<Value<String>>,
    /// The name on the wire.
    pub(crate) name: String,
    /// Doc comments, for the setter.
    pub(crate) docs: Vec<Attribute>,
}

/// Whether an argument can be left out. It shows in the last segment of its type: an alias is required.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Presence {
    Required,
    Optional,
    Nullable,
}

/// Where an argument is sent. Each variant's method on the runtime's request has the same name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ArgKind {
    /// Not decided by an attribute of its own.
    Unbound,
    Path,
    PathRest,
    Query,
    QueryRest,
    Field,
    /// A field of a form.
    FormField,
    /// A field of a multipart form.
    Part,
    Body,
    Header,
    /// The URL in place of the template.
    Url,
}

impl ArgKind {
    /// The method of the runtime's request that sets it.
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::PathRest => "path_rest",
            Self::Query => "query",
            Self::QueryRest => "query_rest",
            Self::Field | Self::Unbound => "field",
            Self::FormField => "form_field",
            Self::Part => "part",
            Self::Body => "body",
            Self::Header => "header",
            Self::Url => "url",
        }
    }

    /// The letter by which the runtime knows the place.
    pub(crate) fn letter(self, is_secret: bool) -> char {
        match self {
            Self::Path | Self::PathRest => 'p',
            Self::Query | Self::QueryRest => 'q',
            Self::Field | Self::FormField | Self::Part | Self::Unbound => 'f',
            Self::Body => 'b',
            Self::Header if is_secret => 's',
            Self::Header => 'h',
            Self::Url => 'u',
        }
    }
}

impl Arg {
    /// Reads an argument and removes our attributes and the doc comments, which only setters can carry. `None` if it
    /// cannot be placed at all; what is wrong is reported.
    pub(crate) fn take(arg: &mut PatType, errors: &mut Errors) -> Option<Self> {
        let taken = take_attributes(&mut arg.attrs, errors);
        let ident = name(&arg.pat, errors)?;
        let (presence, ty) = presence(&arg.ty);
        check_type(&arg.ty, &ty, presence, errors);
        let own_name = ident.unraw().to_string();
        if taken.is_unknown {
            return None;
        }
        let (kind, name) = match taken.binding {
            Some((kind, name)) => (kind, name.unwrap_or_else(|| own_name.clone())),
            None => (ArgKind::Unbound, own_name.clone()),
        };
        let is_marked_field = kind == ArgKind::Field;
        Some(Self {
            ident,
            own_name,
            declared: (*arg.ty).clone(),
            ty,
            presence,
            kind,
            is_marked_field,
            is_sensitive: taken.is_sensitive,
            content_type: taken.content_type,
            name,
            docs: taken.docs,
        })
    }

    /// The name that a template calls it by.
    pub(crate) fn own_name(&self) -> &str {
        &self.own_name
    }

    /// The `Option` or `Nullable` to remove, or the argument's name.
    pub(crate) fn wrapper_span(&self) -> Span {
        match peeled(&self.declared) {
            Type::Path(path) => path.path.segments.last().map_or(self.ident.span(), |last| last.ident.span()),
            _ => self.ident.span(),
        }
    }
}

/// The name of an argument; any other pattern is reported.
fn name(pattern: &Pat, errors: &mut Errors) -> Option<Ident> {
    match pattern {
        Pat::Ident(name) if name.by_ref.is_none() && name.mutability.is_none() && name.subpat.is_none() => {
            Some(name.ident.clone())
        }
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {
            errors.at(&pattern.mutability, "an argument of an endpoint is a plain name: remove `mut`");
            None
        }
        other => {
            errors.at(
                other,
                "an argument of an endpoint is a plain name, which the template and the setters use",
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
    } else if presence != Presence::Required && self::presence(ty).0 != Presence::Required {
        errors
            .at(declared, "one of the two is enough: `Option` leaves out, `Nullable` has a null beside that");
    }
}

/// A type as it is written, without the parentheses or invisible group around it.
pub(crate) fn peeled(ty: &Type) -> &Type {
    match ty {
        Type::Paren(paren) => peeled(&paren.elem),
        Type::Group(group) => peeled(&group.elem),
        other => other,
    }
}

/// A type in an error message.
pub(crate) fn shown(ty: &Type) -> String {
    let text = ty.to_token_stream().to_string();
    let tight =
        [" <", " >", " ::", " ,", " ]"].iter().fold(text, |text, from| text.replace(from, from.trim()));
    ["< ", "& ", ":: ", "[ "].iter().fold(tight, |text, from| text.replace(from, from.trim()))
}

/// Recognises `Option<T>` and `Nullable<T>` by their last segment, as clap does.
pub(crate) fn presence(ty: &Type) -> (Presence, Type) {
    let Type::Path(path) = peeled(ty) else { return (Presence::Required, ty.clone()) };
    let Some(last) = path.path.segments.last() else { return (Presence::Required, ty.clone()) };
    let presence = match last.ident.to_string().as_str() {
        "Option" => Presence::Optional,
        "Nullable" => Presence::Nullable,
        _ => return (Presence::Required, ty.clone()),
    };
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => match &arguments.args[0] {
            GenericArgument::Type(inner) => (presence, inner.clone()),
            _ => (Presence::Required, ty.clone()),
        },
        _ => (Presence::Required, ty.clone()),
    }
}

#[derive(Default)]
struct Taken {
    /// The place and the name there, if an attribute says so.
    binding: Option<(ArgKind, Option<String>)>,
    /// Whether an attribute is unknown, so that nothing can be said of the place.
    is_unknown: bool,
    is_sensitive: bool,
    content_type: Option<Value<String>>,
    docs: Vec<Attribute>,
}

/// Attributes that rustc knows on an argument and that say nothing of our business.
const RUSTC: [&str; 5] = ["allow", "expect", "warn", "deny", "forbid"];

fn take_attributes(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> Taken {
    let mut taken = Taken::default();
    for attribute in std::mem::take(attributes) {
        let name = attribute.path().get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "doc" => taken.docs.push(attribute),
            name if RUSTC.contains(&name) => attributes.push(attribute),
            "cfg" | "cfg_attr" => {
                errors.at(attribute.path(), "an argument cannot depend on a `cfg`: put it on the method");
            }
            "field" | "body" | "header" | "url" if taken.binding.is_some() => {
                errors.at(&attribute, "an argument has one place: remove one of the attributes");
            }
            "field" | "body" | "header" | "url" => taken.bind(&name, &attribute, errors),
            _ => {
                errors.at(&attribute, unknown_attribute(&attribute, &name));
                taken.is_unknown = true;
            }
        }
    }
    taken
}

impl Taken {
    /// Reads the attribute that gives an argument its place.
    fn bind(&mut self, name: &str, attribute: &Attribute, errors: &mut Errors) {
        self.binding = Some(match name {
            "field" => {
                let name = text(attribute, "#[field(\"name\")]", errors).map(|name| name.value());
                (ArgKind::Field, name)
            }
            "header" => (ArgKind::Header, header(attribute, &mut self.is_sensitive, errors)),
            "url" => {
                if attribute.meta.require_path_only().is_err() {
                    errors.at(attribute, "`#[url]` is written alone: the argument is the whole URL");
                }
                (ArgKind::Url, None)
            }
            _ => {
                self.content_type = content_type(attribute, errors);
                (ArgKind::Body, None)
            }
        });
    }
}

const BODY_OPTIONS: [Known; 1] =
    [Known { name: "content_type", form: Form::Value("content_type = \"application/merge-patch+json\"") }];

/// `#[body]`, or `#[body(content_type = "..")]`.
fn content_type(attribute: &Attribute, errors: &mut Errors) -> Option<Value<String>> {
    if let Meta::Path(_) = &attribute.meta {
        return None;
    }
    let Ok(options) = attribute.parse_args::<Options>() else {
        errors.at(
            attribute,
            "`#[body]` is written alone, or `#[body(content_type = \"…\")]`: the argument is the whole body",
        );
        return None;
    };
    let options = options.check(&BODY_OPTIONS, "`body`", errors);
    value::media_type(options.value("content_type")?, "content_type", errors)
}

fn unknown_attribute(attribute: &Attribute, name: &str) -> String {
    match name {
        "query" | "path" => {
            format!(
                "there is no `#[{name}]`: an argument is in the {name} where the template names it, `<name>`"
            )
        }
        _ => format!(
            "unknown attribute `{}`: an argument can have `#[field(\"name\")]`, `#[header(\"Name\")]`, `#[body]` or `#[url]`",
            attribute.path().to_token_stream().to_string().replace(' ', "")
        ),
    }
}

/// Removes our attributes from where they say nothing.
pub(crate) fn strip(attributes: &mut Vec<Attribute>, errors: &mut Errors) {
    attributes.retain(|attribute| {
        let ours = ["field", "body", "header", "url"].iter().any(|name| attribute.path().is_ident(name));
        if ours {
            errors.at(attribute, "this goes on an argument of an endpoint: remove it here");
        }
        !ours
    });
}

/// The one string in an attribute's brackets.
pub(crate) fn text(attribute: &Attribute, written: &str, errors: &mut Errors) -> Option<LitStr> {
    match attribute.parse_args::<LitStr>() {
        Ok(name) if !name.value().is_empty() => Some(name),
        _ => {
            let missing = format!("the name is missing, or not in brackets and quotes: write `{written}`");
            errors.at(attribute, missing);
            None
        }
    }
}

/// `#[header("X-Name")]`, or `#[header("X-Name", sensitive)]`.
fn header(attribute: &Attribute, is_sensitive: &mut bool, errors: &mut Errors) -> Option<String> {
    let literal = match attribute.parse_args::<HeaderArguments>() {
        Ok(HeaderArguments { name, word }) if !name.value().is_empty() => {
            *is_sensitive = word.is_some();
            if let Some(word) = word.filter(|word| word != "sensitive") {
                errors.at(&word, format!("`{word}` is unknown here: only `sensitive` can follow the name"));
            }
            name
        }
        _ => text(attribute, "#[header(\"X-Name\")]` or `#[header(\"X-Name\", sensitive)]", errors)?,
    };
    value::sent_header_name(&literal, "an argument", errors)
}

struct HeaderArguments {
    name: LitStr,
    /// What follows the name.
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
