//! The verb of an endpoint: its attribute, with the template and the options.

use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, LitStr, Token, TraitItemFn};

use crate::errors::Errors;
use crate::options::Options;
use crate::template::Template;

/// The verbs with an attribute of their own.
const VERBS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

/// A verb as it is written.
pub(crate) struct Verb {
    pub(crate) name: String,
    pub(crate) arguments: Option<VerbArguments>,
}

/// Whether an attribute is a verb.
pub(crate) fn is_verb(attribute: &Attribute) -> bool {
    VERBS.iter().any(|verb| attribute.path().is_ident(verb))
}

/// Removes all verbs and reads the first.
pub(crate) fn take_verb(method: &mut TraitItemFn, errors: &mut Errors) -> Option<Verb> {
    let (verbs, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut method.attrs).into_iter().partition(is_verb);
    method.attrs = rest;
    for second in verbs.iter().skip(1) {
        errors.at(second.path(), "a second verb: an endpoint has one");
    }
    let Some(attribute) = verbs.first() else {
        let name = method.sig.ident.unraw();
        errors.at(
            &method.sig.ident,
            format!("`{name}` has no verb: add `#[get(\"v1/{name}\")]` or the like, or give it a body"),
        );
        return None;
    };
    let name = attribute.path().to_token_stream().to_string();
    Some(Verb { arguments: verb_arguments(attribute, &name, errors), name })
}

fn verb_arguments(attribute: &Attribute, verb: &str, errors: &mut Errors) -> Option<VerbArguments> {
    let missing = format!("the template is missing: write `#[{verb}(\"v1/connectors\")]`");
    let Ok(list) = attribute.meta.require_list() else {
        errors.at(&attribute.meta, missing);
        return None;
    };
    match list.tokens.clone().into_iter().next() {
        None => {
            errors.at(&attribute.meta, missing);
            None
        }
        Some(first) if syn::parse2::<LitStr>(first.to_token_stream()).is_err() => {
            errors.at(
                &first,
                format!("the template is a string and comes first: write `#[{verb}(\"v1/connectors\")]`"),
            );
            None
        }
        Some(_) => list.parse_args().map_err(|error| errors.push(error)).ok(),
    }
}

/// `"template", option, option = value`
pub(crate) struct VerbArguments {
    pub(crate) template: LitStr,
    pub(crate) options: Options,
}

impl Parse for VerbArguments {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let template = input.parse()?;
        let options =
            if input.parse::<Option<Token![,]>>()?.is_some() { input.parse()? } else { Options::default() };
        Ok(Self { template, options })
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
