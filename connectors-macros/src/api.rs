//! The trait and the arguments of `#[api_client(..)]`.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, ItemTrait, Path, Token, TraitItem, Type, TypeParamBound, WherePredicate};

use crate::endpoint::Endpoint;
use crate::errors::Errors;
use crate::expand::Future;
use crate::options::{Form, Known, Options};
use crate::settings::{Limits, Shared};
use crate::taken_names::TakenNames;
use crate::template::{PathPiece, Template};
use crate::value::{self, FixedHeader, Value};
use crate::{expand, ordinary, settings};

const DYN_COMPATIBLE: &str = "dyn_compatible";

const OPTIONS: [Known; 10] = [
    Known { name: "error", form: Form::Value("error = MyError") },
    Known { name: "prefix", form: Form::Value("prefix = \"v1\"") },
    Known { name: "timeout", form: Form::Value("timeout = \"5s\"") },
    Known { name: "attempt_timeout", form: Form::Value("attempt_timeout = \"5m\"") },
    Known { name: "idle_timeout", form: Form::Value("idle_timeout = \"5m\"") },
    Known { name: "headers", form: settings::HEADERS },
    Known { name: "auth", form: Form::Value("auth = none") },
    Known { name: "idempotency_key", form: Form::FlagOrValue("idempotency_key = \"X-Key\"") },
    Known { name: DYN_COMPATIBLE, form: Form::Flag },
    Known { name: "crate", form: Form::Value("crate = my::path") },
];

type Bounds = Punctuated<TypeParamBound, Token![+]>;

/// Names that the clients have of their own.
const CLIENT_METHODS: [&str; 3] = ["new", "with_options", "with_raw_response"];

/// A trait, taken apart.
pub(crate) struct ApiDef {
    /// The trait as it is emitted, with all of its methods as they are in the contract.
    pub(crate) item: ItemTrait,
    /// Where the runtime is.
    pub(crate) root: Path,
    pub(crate) error: Option<Path>,
    /// A prefix that is not in the templates, since its text is known to the compiler alone.
    pub(crate) constant_prefix: Option<Expr>,
    /// The limits of the endpoints that have none of their own.
    pub(crate) limits: Limits,
    /// Headers of all endpoints.
    pub(crate) headers: Vec<FixedHeader>,
    /// Whether there is a twin of the trait for `dyn`.
    pub(crate) is_dyn_compatible: bool,
    pub(crate) endpoints: Vec<Endpoint>,
}

/// Reads, checks and expands; the errors stand beside what is sound.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(mut item_trait) = parse_trait(item, &mut errors) else {
        let errors = errors.into_tokens();
        return quote!(#item #errors);
    };
    let options = parse_options(arguments, &mut errors);
    let root = options.root(&mut errors);
    let error = options.path("error", &mut errors);
    let prefix = prefix(&options, &mut errors);
    let limits = Limits::read(&options, &mut errors);
    let headers = value::fixed_headers(options.pairs("headers"), &mut errors);
    check_trait(&mut item_trait, &mut errors);
    let is_dyn_compatible = options.flag(DYN_COMPATIBLE);
    if is_dyn_compatible {
        check_unsized(&mut item_trait, &mut errors);
    }
    let (prefix, constant_prefix) = match prefix {
        Some(Value::Constant(constant)) => (String::new(), Some(constant)),
        Some(Value::Literal(prefix)) => (prefix, None),
        None => (String::new(), None),
    };
    let shared = Shared::read(&options, prefix, &mut errors);
    let future = Future::new(&root);
    let mut endpoints = take_methods(&mut item_trait, &future, &shared, &mut errors);
    if !item_trait.generics.params.is_empty() {
        endpoints.clear();
    }
    let api = ApiDef {
        item: item_trait,
        root,
        error,
        constant_prefix,
        limits,
        headers,
        is_dyn_compatible,
        endpoints,
    };
    let expanded = expand::api(&api);
    let errors = errors.into_tokens();
    quote!(#expanded #errors)
}

fn parse_trait(item: &TokenStream, errors: &mut Errors) -> Option<ItemTrait> {
    match syn::parse2(item.clone()) {
        Ok(item) => Some(item),
        Err(error) => {
            match syn::parse2::<syn::Item>(item.clone()) {
                Ok(other) if !matches!(other, syn::Item::Trait(_)) => {
                    let tokens = other.to_token_stream();
                    // A macro that is called there has none.
                    let keyword = tokens.clone().into_iter().find(is_item_keyword);
                    let place = keyword.map_or(tokens, TokenStream::from);
                    errors.at(&place, "`#[api_client]` goes on a trait: `trait Connectors { … }`");
                }
                _ => errors.push(error),
            }
            None
        }
    }
}

fn is_item_keyword(token: &proc_macro2::TokenTree) -> bool {
    let keywords =
        ["struct", "enum", "union", "fn", "impl", "mod", "const", "static", "type", "use", "extern"];
    matches!(token, proc_macro2::TokenTree::Ident(ident) if keywords.iter().any(|keyword| ident == keyword))
}

fn parse_options(arguments: TokenStream, errors: &mut Errors) -> Options {
    match syn::parse2::<Options>(arguments) {
        Ok(options) => options.check(&OPTIONS, "`api_client`", errors),
        Err(error) => {
            errors.push(error);
            Options::default()
        }
    }
}

/// The prefix of all templates, a literal without slashes around it.
fn prefix(options: &Options, errors: &mut Errors) -> Option<Value<String>> {
    let value = options.value("prefix")?;
    let text = match value::text(value, "prefix", errors)? {
        Value::Literal(text) => text,
        constant @ Value::Constant(_) => return Some(constant),
    };
    match Template::parse(&text) {
        Ok(template) if template.query.is_empty() && !template.path.iter().any(is_argument) => {
            return Some(Value::Literal(text.trim_matches('/').to_owned()));
        }
        Ok(_) => errors.at(value, "a prefix is plain text of the path: placeholders go in each template"),
        Err(mistake) => errors.at(value, mistake),
    }
    None
}

fn is_argument(piece: &PathPiece) -> bool {
    !matches!(piece, PathPiece::Text(_))
}

/// Reports what an API trait cannot be, and takes it off where it would be reported again.
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
        let is_ours = attribute.path().segments.last().is_some_and(|last| last.ident == "api_client");
        if is_ours {
            errors.at(attribute, "a second `#[api_client]`: remove one");
        }
        !is_ours
    });
}

/// Reports what a trait object cannot be, and takes it off, since much would follow from it.
fn check_unsized(item: &mut ItemTrait, errors: &mut Errors) {
    let of_self = item.generics.where_clause.iter_mut().flat_map(|clause| &mut clause.predicates);
    let of_self = of_self.filter_map(bounds_of_self);
    for bounds in of_self.chain([&mut item.supertraits]) {
        for bound in std::mem::take(bounds) {
            match needs_size(&bound) {
                Some(name) => errors.at(
                    &bound,
                    format!("a trait object cannot be `{name}`: remove this, or `{DYN_COMPATIBLE}`"),
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

/// The name of a bound that means a size, of those that everyone knows.
fn needs_size(bound: &TypeParamBound) -> Option<&Ident> {
    let TypeParamBound::Trait(bound) = bound else { return None };
    let name = &bound.path.segments.last()?.ident;
    (bound.maybe.is_none() && ["Sized", "Clone", "Copy", "Default"].iter().any(|known| name == known))
        .then_some(name)
}

/// Takes the endpoints out of the methods, and leaves each method as the contract has it.
fn take_methods(
    item: &mut ItemTrait,
    future: &Future,
    shared: &Shared,
    errors: &mut Errors,
) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    let mut methods: Vec<TraitItem> = Vec::new();
    let (mut method_names, mut endpoint_names) = (TakenNames::default(), TakenNames::default());
    for member in std::mem::take(&mut item.items) {
        let TraitItem::Fn(mut method) = member else {
            errors.at(&member, "an API trait has methods only: put this beside the trait");
            continue;
        };
        let name = &method.sig.ident;
        if method_names.take(&[name.to_string()], name, &method.attrs).is_err() {
            errors.at(name, format!("there is a method `{name}` already: rename one"));
            continue;
        }
        if method.default.is_some() && !Endpoint::has_verb(&method) {
            ordinary::sendable(&mut method, errors);
        } else {
            let endpoint = Endpoint::take(&mut method, shared, errors);
            let endpoint = endpoint.filter(|endpoint| check_names(endpoint, &mut endpoint_names, errors));
            match &endpoint {
                Some(endpoint) if endpoint.is_sound => future.contract(&mut method),
                _ => future.broken(&mut method),
            }
            endpoints.extend(endpoint);
        }
        methods.push(TraitItem::Fn(method));
    }
    item.items = methods;
    endpoints
}

/// The names that an endpoint gives to what is generated must be free.
fn check_names(endpoint: &Endpoint, taken: &mut TakenNames, errors: &mut Errors) -> bool {
    let name = endpoint.own_name();
    if CLIENT_METHODS.contains(&name) {
        errors.at(
            &endpoint.ident,
            format!(
                "every client has a method `{name}` of its own: rename the endpoint, the template can stay"
            ),
        );
        return false;
    }
    let names = [endpoint.constant(), endpoint.request("")];
    let taken = taken.take(&names, &endpoint.ident, &endpoint.attributes);
    if let Err(other) = &taken {
        errors.at(
            &endpoint.ident,
            format!("`{name}` and `{other}` give the same name to what is generated: rename one"),
        );
    }
    taken.is_ok()
}
