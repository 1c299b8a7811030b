//! Reads `#[api_client(..)]` and its trait into the model, checks it, and has it expanded.

mod arg;
mod default_method;
mod endpoint;
mod fixed;
mod method;
mod misplaced;
mod paginate;
mod poll;
mod rules;
mod settings;
mod signature;
pub(crate) mod template;
mod timeouts;

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{Ident, ItemTrait, Token, TraitItem, Type, TypeParamBound, WherePredicate};

use self::settings::{DYN_COMPATIBLE, TraitDefaults};
use crate::errors::Errors;
use crate::expand;
use crate::expand::Future;
use crate::model::settings::Timeouts;
use crate::model::template::{PathPiece, Template};
use crate::model::{ApiDef, Endpoint};
use crate::name_registry::NameRegistry;
use crate::syntax::options::Options;

type Bounds = Punctuated<TypeParamBound, Token![+]>;

/// Names of the methods that every client has.
const CLIENT_METHODS: [&str; 3] = ["new", "with_options", "with_raw_response"];

/// Name of the constant that lists the endpoints of a client.
const ENDPOINTS: &str = "ENDPOINTS";

/// Reads, checks and expands a trait. The errors stand beside what is sound.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let mut expanded = match parse_trait(item, &mut errors) {
        Some(item) => expand::api(&read(arguments, item, &mut errors)),
        None => item.clone(),
    };
    expanded.extend(errors.into_tokens());
    expanded
}

/// Reads a trait and its options into the model, and reports mistakes.
fn read(arguments: TokenStream, mut item: ItemTrait, errors: &mut Errors) -> ApiDef {
    let options = parse_options(arguments, errors);
    let root = options.root(errors);
    let error = options.path("error", errors);
    let prefix = prefix(&options, errors).unwrap_or_default();
    let timeouts = Timeouts::read(&options, errors);
    let headers = fixed::fixed_headers(options.pairs("headers"), errors);
    check_trait(&mut item, errors);
    let is_dyn_compatible = options.flag(DYN_COMPATIBLE);
    if is_dyn_compatible {
        check_unsized(&mut item, errors);
    }
    let defaults = TraitDefaults::read(&options, prefix, errors);
    let mut endpoints = take_methods(&mut item, &Future::new(&root), &defaults, errors);
    if !item.generics.params.is_empty() {
        endpoints.clear();
    }
    ApiDef { item, root, error, timeouts, headers, is_dyn_compatible, endpoints }
}

fn parse_trait(item: &TokenStream, errors: &mut Errors) -> Option<ItemTrait> {
    match syn::parse2(item.clone()) {
        Ok(item) => Some(item),
        Err(error) => {
            match syn::parse2::<syn::Item>(item.clone()) {
                Ok(other) if !matches!(other, syn::Item::Trait(_)) => {
                    let tokens = other.to_token_stream();
                    // A call of a macro has no keyword.
                    let keyword = tokens.clone().into_iter().find(is_item_keyword);
                    let place = keyword.map_or(tokens, TokenStream::from);
                    errors
                        .at(&place, "`#[api_client]` belongs on a trait: `trait Connectors { … }`");
                }
                _ => errors.push(error),
            }
            None
        }
    }
}

fn is_item_keyword(token: &proc_macro2::TokenTree) -> bool {
    let keywords = [
        "struct", "enum", "union", "fn", "impl", "mod", "const", "static", "type", "use", "extern",
    ];
    matches!(token, proc_macro2::TokenTree::Ident(ident) if keywords.iter().any(|keyword| ident == keyword))
}

fn parse_options(arguments: TokenStream, errors: &mut Errors) -> Options {
    match syn::parse2::<Options>(arguments) {
        Ok(options) => {
            options.check_with(&settings::OF_TRAIT, "`api_client`", misplaced::on_trait, errors)
        }
        Err(error) => {
            errors.push(error);
            Options::default()
        }
    }
}

/// Returns the prefix of all templates, without slashes around it.
fn prefix(options: &Options, errors: &mut Errors) -> Option<String> {
    let literal = options.text("prefix", errors)?;
    let text = literal.value();
    match Template::parse(&text) {
        Ok(template) if template.query.is_empty() && !template.path.iter().any(is_argument) => {
            return Some(text.trim_matches('/').to_owned());
        }
        Ok(_) => {
            errors.at(
                &literal,
                "a prefix is plain text of the path: placeholders belong in each template",
            );
        }
        Err(mistake) => errors.at(&literal, mistake),
    }
    None
}

fn is_argument(piece: &PathPiece) -> bool {
    !matches!(piece, PathPiece::Text(_))
}

/// Reports what an API trait cannot have, and removes it if rustc would report it again.
fn check_trait(item: &mut ItemTrait, errors: &mut Errors) {
    if let Some(parameter) = item.generics.params.first() {
        errors.at(
            parameter,
            "an API trait has no parameters, since its clients need one form of it: remove this",
        );
    }
    if let Some(token) = item.unsafety.take() {
        errors.at(&token, "an API trait is not `unsafe`: remove it");
    }
    item.attrs.retain(|attribute| {
        let is_ours =
            attribute.path().segments.last().is_some_and(|last| last.ident == "api_client");
        if is_ours {
            errors.at(attribute, "a second `#[api_client]`: remove one");
        }
        !is_ours
    });
}

/// Reports bounds that a trait object cannot meet, and removes them, since rustc would report many
/// errors for each.
fn check_unsized(item: &mut ItemTrait, errors: &mut Errors) {
    let of_self = item.generics.where_clause.iter_mut().flat_map(|clause| &mut clause.predicates);
    let of_self = of_self.filter_map(bounds_of_self);
    for bounds in of_self.chain([&mut item.supertraits]) {
        for bound in std::mem::take(bounds) {
            match needs_size(&bound) {
                Some(name) => errors.at(
                    &bound,
                    format!(
                        "a trait object cannot be `{name}`: remove this, or `{DYN_COMPATIBLE}`"
                    ),
                ),
                None => bounds.push(bound),
            }
        }
    }
}

fn bounds_of_self(predicate: &mut WherePredicate) -> Option<&mut Bounds> {
    match predicate {
        WherePredicate::Type(predicate) => match &predicate.bounded_ty {
            Type::Path(path) if path.path.is_ident("Self") => Some(&mut predicate.bounds),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the name of a bound that implies `Sized`, among those of the standard library.
fn needs_size(bound: &TypeParamBound) -> Option<&Ident> {
    let TypeParamBound::Trait(bound) = bound else { return None };
    let name = &bound.path.segments.last()?.ident;
    (bound.maybe.is_none()
        && ["Sized", "Clone", "Copy", "Default"].iter().any(|known| name == known))
    .then_some(name)
}

/// Takes the endpoints out of the methods, and leaves each method as the trait declares it.
fn take_methods(
    item: &mut ItemTrait,
    future: &Future,
    defaults: &TraitDefaults,
    errors: &mut Errors,
) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    let mut methods: Vec<TraitItem> = Vec::new();
    let (mut method_names, mut endpoint_names) = (NameRegistry::default(), NameRegistry::default());
    for member in std::mem::take(&mut item.items) {
        let TraitItem::Fn(mut method) = member else {
            errors.at(&member, "an API trait has methods only: put this beside the trait");
            continue;
        };
        let name = &method.sig.ident;
        if method_names.register(&name.to_string(), name, &method.attrs).is_err() {
            errors.at(name, format!("duplicate method `{name}`: rename one"));
            continue;
        }
        if method.default.is_some() && !method::is_endpoint(&method) {
            default_method::take_attributes(&mut method, errors);
            expand::make_future_send(&mut method);
        } else {
            let endpoint = Endpoint::take(&mut method, defaults, errors);
            let endpoint = endpoint
                .filter(|endpoint| check_names(&item.ident, endpoint, &mut endpoint_names, errors));
            match &endpoint {
                Some(endpoint) if endpoint.is_sound => future.declare(&mut method),
                _ => future.declare_broken(&mut method),
            }
            endpoints.extend(endpoint);
        }
        methods.push(TraitItem::Fn(method));
    }
    item.items = methods;
    endpoints
}

/// Reports an endpoint whose generated names are already taken.
fn check_names(
    trait_name: &Ident,
    endpoint: &Endpoint,
    registry: &mut NameRegistry,
    errors: &mut Errors,
) -> bool {
    let name = endpoint.own_name.as_str();
    if CLIENT_METHODS.contains(&name) {
        errors.at(
            &endpoint.ident,
            format!(
                "every client has a method `{name}` of its own: rename the endpoint, the template can stay"
            ),
        );
        return false;
    }
    if endpoint.constant() == ENDPOINTS {
        errors.at(
            &endpoint.ident,
            format!(
                "every client lists its endpoints in a constant `{ENDPOINTS}`, which `{name}` would have too: rename the \
                 endpoint, the template can stay"
            ),
        );
        return false;
    }
    let request = endpoint.request(&trait_name.unraw().to_string()).unraw().to_string();
    let names = [
        ("constant", endpoint.constant(), "rename one"),
        ("request", request, "rename one, or write `request = OtherRequest` in its options"),
    ];
    names.into_iter().all(|(kind, own, way_out)| {
        let registered = registry.register(&own, &endpoint.ident, &endpoint.attributes);
        if let Err(other) = &registered {
            errors.at(
                &endpoint.ident,
                format!("`{name}` and `{other}` would have one {kind}, `{own}`: {way_out}"),
            );
        }
        registered.is_ok()
    })
}
