//! Prints what a trait becomes. Nothing here can fail: the model is checked.

mod client;
mod default_method;
mod description;
mod dyn_trait;
mod lifetimes;
mod request;
mod trait_def;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::{Attribute, Ident};

use crate::model::{ApiDef, Endpoint};

pub(crate) use self::default_method::make_future_send;
pub(crate) use self::trait_def::Future;

/// Names of the items generated for a trait.
struct ClientNames {
    api: Ident,
    /// Name of the trait without `r#`.
    own_name: String,
    generic: Ident,
    thin: Ident,
    raw: Ident,
    blocking: Ident,
    blocking_raw: Ident,
    /// Name of the object-safe companion.
    dyn_trait: Ident,
}

impl ClientNames {
    fn new(api: &ApiDef) -> Self {
        let trait_name = &api.item.ident;
        let name = |prefix: &str| {
            format_ident!("{}{}Client", prefix, trait_name.unraw(), span = trait_name.span())
        };
        Self {
            api: trait_name.clone(),
            generic: name("Generic"),
            thin: name(""),
            raw: name("Raw"),
            blocking: name("Blocking"),
            blocking_raw: name("BlockingRaw"),
            dyn_trait: format_ident!("Dyn{}", trait_name.unraw(), span = trait_name.span()),
            own_name: trait_name.unraw().to_string(),
        }
    }

    /// Returns the name of an endpoint's request.
    fn request(&self, endpoint: &Endpoint) -> Ident {
        endpoint.request(&self.own_name)
    }
}

/// Prints the trait, its clients and their requests.
///
/// ```text
/// #[api_client] pub trait Connectors { #[get("..")] async fn list(&self, limit: Option<u32>) -> Page; }
///
/// pub trait Connectors: Send + Sync { fn list(&self, limit: Option<u32>) -> impl Future<Output = Result<Page, Error>> + Send; }
/// pub struct GenericConnectorsClient<__Mode>(Caller<__Mode>);      and four aliases of it
/// impl<__Mode> GenericConnectorsClient<__Mode> { const LIST; fn new; fn with_options; fn list }
/// impl Connectors for ConnectorsClient, and for &T, Arc<T> and Box<T>
/// mod __Connectors_ConnectorsListRequest { pub struct ConnectorsListRequest<__Mode>(PendingCall<__Mode>); }
/// pub use __Connectors_ConnectorsListRequest::ConnectorsListRequest;    per endpoint: setters, send, IntoFuture
/// ```
///
/// A trait with type parameters gets the trait and the client types only.
pub(crate) fn api(api: &ApiDef) -> TokenStream {
    let names = ClientNames::new(api);
    let item = trait_def::api_trait(api);
    let (types, clients) = (client::types(api, &names), client::implementations(api, &names));
    if !api.item.generics.params.is_empty() {
        return quote!(#item #types #clients);
    }
    let of_trait = client::trait_implementations(api, &names);
    let companion = api.is_dyn_compatible.then(|| dyn_trait::companion(api, &names));
    let requests = api.endpoints.iter().map(|endpoint| request::request(api, &names, endpoint));
    let checks = checks(api);
    quote!(#item #types #clients #of_trait #companion #(#requests)* #checks)
}

/// Prints the checks that rustc makes of the user's constants.
fn checks(api: &ApiDef) -> TokenStream {
    let of_trait = conditions(&api.item.attrs);
    let headers = description::header_checks(&api.root, &api.headers);
    let is_unconditional = |endpoint: &&Endpoint| conditions(&endpoint.attributes).is_empty();
    let unconditional = api.endpoints.iter().filter(is_unconditional);
    let existence = description::existence_checks(&api.root, unconditional);
    let own = quote!(#headers #existence);
    let of_endpoints = api.endpoints.iter().map(|endpoint| {
        let cfg = conditions(&endpoint.attributes);
        let checks = description::checks(&api.root, endpoint);
        let conditional = Some(endpoint).filter(|_| !cfg.is_empty());
        let existence = description::existence_checks(&api.root, conditional.into_iter());
        (cfg, quote!(#checks #existence))
    });
    let mut all = conditional(&of_trait, own);
    for (cfg, checks) in of_endpoints {
        all.extend(conditional(&[of_trait.clone(), cfg].concat(), checks));
    }
    all
}

/// Wraps items in one item, so that one `cfg` is enough for all of them.
fn conditional(cfg: &[&Attribute], items: TokenStream) -> TokenStream {
    if cfg.is_empty() || items.is_empty() {
        items
    } else {
        quote!(#(#cfg)* const _: () = { #items };)
    }
}

/// Returns the attributes that every documented item copies from the user's item.
fn carried(attributes: &[Attribute]) -> Vec<&Attribute> {
    only(attributes, &["doc", "deprecated", "cfg", "cfg_attr"])
}

/// Returns the attributes that an item with docs of its own copies.
fn carried_undocumented(attributes: &[Attribute]) -> Vec<&Attribute> {
    only(attributes, &["deprecated", "cfg"])
}

/// Returns the attributes that decide if an item exists.
fn conditions(attributes: &[Attribute]) -> Vec<&Attribute> {
    only(attributes, &["cfg"])
}

fn only<'a>(attributes: &'a [Attribute], names: &[&str]) -> Vec<&'a Attribute> {
    attributes
        .iter()
        .filter(|attribute| names.iter().any(|name| attribute.path().is_ident(name)))
        .collect()
}

/// Allows the lints that a generated type can trigger: it may be unused, name something deprecated,
/// and is named after the trait.
fn allowed_on_type() -> TokenStream {
    quote!(#[allow(dead_code, deprecated, non_camel_case_types)])
}
