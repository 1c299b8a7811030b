//! Prints the trait and its clients. With its folder the only place that quotes what a sound trait becomes; nothing
//! here can fail.

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

use crate::model::ApiDef;
use crate::model::Endpoint;
use crate::model::arg::Arg;
use crate::syntax::rust_type::Presence;

pub(crate) use self::default_method::make_future_send;
pub(crate) use self::trait_def::Future;

/// The names of what a trait becomes.
struct ClientNames {
    api: Ident,
    /// The trait's name as text.
    own_name: String,
    generic: Ident,
    thin: Ident,
    raw: Ident,
    blocking: Ident,
    blocking_raw: Ident,
    /// The trait's twin for `dyn`.
    dynamic: Ident,
}

impl ClientNames {
    fn new(api: &ApiDef) -> Self {
        let trait_name = &api.item.ident;
        let name =
            |prefix: &str| format_ident!("{}{}Client", prefix, trait_name.unraw(), span = trait_name.span());
        Self {
            api: trait_name.clone(),
            generic: name("Generic"),
            thin: name(""),
            raw: name("Raw"),
            blocking: name("Blocking"),
            blocking_raw: name("BlockingRaw"),
            dynamic: format_ident!("Dyn{}", trait_name.unraw(), span = trait_name.span()),
            own_name: trait_name.unraw().to_string(),
        }
    }

    /// The name of an endpoint's request.
    fn request(&self, endpoint: &Endpoint) -> Ident {
        Ident::new(&endpoint.request(&self.own_name), endpoint.ident.span())
    }
}

/// ```text
/// #[api_client] pub trait Connectors { #[get("..")] async fn list(&self, limit: Option<u32>) -> Page; }
///
/// pub trait Connectors: Send + Sync { fn list(&self, limit: Option<u32>) -> impl Future<Output = Result<Page, Error>> + Send; }
/// pub struct GenericConnectorsClient<__Mode>(Caller<__Mode>);      and four aliases of it
/// impl<__Mode> GenericConnectorsClient<__Mode> { const LIST; fn new; fn with_options; fn list }
/// impl Connectors for ConnectorsClient, and for &T, Arc<T> and Box<T>
/// pub struct ConnectorsListRequest<__Mode>(Call<__Mode>);          one per endpoint: setters, send, IntoFuture
/// ```
///
/// A trait that has parameters gets the names alone.
pub(crate) fn api(api: &ApiDef) -> TokenStream {
    let names = ClientNames::new(api);
    let item = trait_def::api_trait(api);
    let clients = clients(api, &names);
    if !api.item.generics.params.is_empty() {
        return quote!(#item #clients);
    }
    let implementations = implementations(api, &names);
    let requests = api.endpoints.iter().map(|endpoint| request::request(api, &names, endpoint));
    let checks = checks(api);
    quote!(#item #clients #implementations #(#requests)* #checks)
}

/// What the compiler is to check of the user's constants.
fn checks(api: &ApiDef) -> TokenStream {
    let of_trait = conditions(&api.item.attrs);
    let own = description::header_checks(&api.root, &api.headers);
    let of_endpoints = api.endpoints.iter().map(|endpoint| {
        let cfg = conditions(&endpoint.attributes);
        let checks = description::checks(&api.root, &endpoint.settings, &endpoint.args);
        (cfg, checks)
    });
    let mut all = conditional(&of_trait, own);
    for (cfg, checks) in of_endpoints {
        all.extend(conditional(&[of_trait.clone(), cfg].concat(), checks));
    }
    all
}

/// Items under a `cfg`, as one.
fn conditional(cfg: &[&Attribute], items: TokenStream) -> TokenStream {
    if cfg.is_empty() || items.is_empty() { items } else { quote!(#(#cfg)* const _: () = { #items };) }
}

/// The attributes that everything generated from an item carries.
fn carried(attributes: &[Attribute]) -> Vec<&Attribute> {
    only(attributes, &["doc", "deprecated", "cfg", "cfg_attr"])
}

/// The same but for the docs.
fn carried_undocumented(attributes: &[Attribute]) -> Vec<&Attribute> {
    only(attributes, &["deprecated", "cfg"])
}

/// The attributes that decide whether there is an item at all.
fn conditions(attributes: &[Attribute]) -> Vec<&Attribute> {
    only(attributes, &["cfg"])
}

fn only<'a>(attributes: &'a [Attribute], names: &[&str]) -> Vec<&'a Attribute> {
    attributes.iter().filter(|attribute| names.iter().any(|name| attribute.path().is_ident(name))).collect()
}

/// What is allowed in all that is generated: not to be used, and to use what is deprecated.
fn allowed() -> TokenStream {
    quote! {
        #[allow(
            dead_code, deprecated, non_snake_case, non_camel_case_types, non_upper_case_globals,
            single_use_lifetimes, unused_lifetimes,
            clippy::too_many_arguments, clippy::needless_lifetimes
        )]
    }
}

/// The generic client and its four aliases.
fn clients(api: &ApiDef, names: &ClientNames) -> TokenStream {
    let ClientNames { api: trait_name, generic, thin, raw, blocking, blocking_raw, .. } = names;
    let (root, vis) = (&api.root, &api.item.vis);
    let (carried, cfg) = (carried(&api.item.attrs), conditions(&api.item.attrs));
    let (undocumented, allowed) = (carried_undocumented(&api.item.attrs), allowed());
    let methods = api.endpoints.iter().map(|endpoint| client_methods(api, names, endpoint));
    let of_trait = format!(" of [`{}`].", trait_name.unraw());
    let generic_doc = format!(
        "The clients{of_trait} Use it by its aliases [`{thin}`], [`{raw}`], [`{blocking}`] and [`{blocking_raw}`]."
    );
    let [thin_doc, raw_doc, blocking_doc, blocking_raw_doc] = [
        "The async client",
        "The async client that gives status and headers too,",
        "The blocking client",
        "The blocking client that gives status and headers too,",
    ]
    .map(|what| format!("{what}{of_trait}"));
    quote! {
        #[doc = #generic_doc]
        #(#undocumented)*
        #allowed
        #vis struct #generic<__Mode>(#root::__private::Caller<__Mode>);

        #[doc = #thin_doc] #[doc = ""] #(#carried)* #allowed
        #vis type #thin = #generic<#root::mode::Thin>;

        #[doc = #raw_doc] #[doc = ""] #(#carried)* #allowed
        #vis type #raw = #generic<#root::mode::Raw>;

        #[doc = #blocking_doc] #[doc = ""] #(#carried)* #allowed
        #vis type #blocking = #generic<#root::mode::BlockingThin>;

        #[doc = #blocking_raw_doc] #[doc = ""] #(#carried)* #allowed
        #vis type #blocking_raw = #generic<#root::mode::BlockingRaw>;

        #(#cfg)* #allowed
        impl<__Mode: #root::mode::Mode> #generic<__Mode> {
            /// Calls over this client, whose base URL, authentication, limits and connections it shares.
            #[must_use]
            #vis fn new(client: #root::Client) -> Self {
                Self(#root::__private::Caller::new(client))
            }

            /// A view of this client whose calls all have these options.
            #[must_use]
            #vis fn with_options(&self, options: #root::RequestOptions) -> Self {
                Self(self.0.with_options(options))
            }

            #(#methods)*
        }

        #(#cfg)* #allowed
        impl<__Mode: #root::mode::ThinMode> #generic<__Mode> {
            /// The same client giving status and headers beside the data.
            #[must_use]
            #vis fn with_raw_response(&self) -> #generic<<__Mode as #root::mode::ThinMode>::Raw> {
                #generic(self.0.raw())
            }
        }

        #(#cfg)* #allowed
        #[diagnostic::do_not_recommend]
        impl<__Mode: #root::mode::Mode> #root::ApiClient for #generic<__Mode> {
            fn new(client: #root::Client) -> Self {
                Self::new(client)
            }

            fn with_options(&self, options: #root::RequestOptions) -> Self {
                Self::with_options(self, options)
            }
        }

        #(#cfg)* #allowed
        impl<__Mode> ::core::clone::Clone for #generic<__Mode> {
            fn clone(&self) -> Self {
                Self(::core::clone::Clone::clone(&self.0))
            }
        }

        #(#cfg)* #allowed
        impl<__Mode> ::core::fmt::Debug for #generic<__Mode> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }
    }
}

/// ```text
/// const GET: &'static Endpoint = ..;
/// fn get(&self, id: &str) -> ConnectorsGetRequest<__Mode> { ConnectorsGetRequest(self.0.call(Self::GET).path(0, &id)) }
/// ```
fn client_methods(api: &ApiDef, names: &ClientNames, endpoint: &Endpoint) -> TokenStream {
    let (root, vis) = (&api.root, &api.item.vis);
    let constant = Ident::new(&endpoint.constant(), endpoint.ident.span());
    let request = names.request(endpoint);
    let (carried, undocumented) = (carried(&endpoint.attributes), carried_undocumented(&endpoint.attributes));
    let shown = description::shown(endpoint);
    // A doc of the user's is a paragraph of its own.
    let separator = (!carried.is_empty()).then(|| quote!(#[doc = ""]));
    let constant_doc = format!("The description of `{}`: {shown}", endpoint.own_name);
    let description = description::description(api, endpoint);
    let (ident, generics) = (&endpoint.ident, &endpoint.signature.generics);
    let where_clause = &generics.where_clause;
    let required = endpoint.args.iter().filter(|arg| arg.presence == Presence::Required);
    let parameters = required.map(|Arg { ident, declared, .. }| quote!(#ident: #declared));
    let sets = endpoint
        .args
        .iter()
        .enumerate()
        .filter(|(_, arg)| arg.presence == Presence::Required)
        .map(|(slot, arg)| request::set(api, endpoint, arg, slot));
    let sets = sets.chain(request::fixed_fields(endpoint));
    let start = request::start(api, &request, endpoint, &quote!(self.0.call(Self::#constant) #(#sets)*));
    quote! {
        #[doc = #constant_doc]
        #(#undocumented)*
        #vis const #constant: &'static #root::Endpoint = #description;

        #(#carried)*
        #separator
        #[doc = #shown]
        #vis fn #ident #generics (&self, #(#parameters),*) -> #request<__Mode> #where_clause {
            #start
        }
    }
}

/// The trait for the async thin client, and for what points at whatever implements it.
///
/// One implementation for all pointers and not one for each, since each is checked again for each endpoint.
fn implementations(api: &ApiDef, names: &ClientNames) -> TokenStream {
    let ClientNames { api: trait_name, generic, .. } = names;
    let root = &api.root;
    let (cfg, allowed) = (conditions(&api.item.attrs), allowed());
    let calls = api.endpoints.iter().map(|endpoint| implementation(api, endpoint));
    let forwards = forwards(api);
    let dynamic = api.is_dyn_compatible.then(|| dyn_trait::dyn_trait(api, names));
    let supertraits = api.item.supertraits.iter();
    // A method of the user's may ask for a size, and is not handed on where there may be none.
    let sized = (!api.is_dyn_compatible).then(|| quote!(+ ::core::marker::Sized));
    let of_self = api.item.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote! {
        #(#cfg)* #allowed #[allow(refining_impl_trait)]
        impl #trait_name for #generic<#root::mode::Thin> { #(#calls)* }

        /// For references to, `Arc`s and `Box`es of whatever implements it.
        #(#cfg)* #allowed
        #[diagnostic::do_not_recommend]
        impl<__T> #trait_name for __T
        where
            __T: #root::__private::Forwarding<Target: #trait_name #sized> #(+ #supertraits)*
                + ::core::marker::Send + ::core::marker::Sync,
            #(#of_self,)*
        { #(#forwards)* }

        #dynamic
    }
}

/// The future is named, since rustc would have to find out what an `impl Future` is, and whether it is `Send`.
///
/// ```text
/// fn list(&self, limit: Option<u32>) -> ResponseFuture<Page> { Self::list(self).maybe_limit(limit).send() }
/// ```
fn implementation(api: &ApiDef, endpoint: &Endpoint) -> TokenStream {
    let (root, output, ident) = (&api.root, &endpoint.output.ty, &endpoint.ident);
    let cfg = conditions(&endpoint.attributes);
    let mut signature = endpoint.signature.clone();
    trait_def::returning(&mut signature, quote!(#root::ResponseFuture<#output>));
    let required =
        endpoint.args.iter().filter(|arg| arg.presence == Presence::Required).map(|arg| &arg.ident);
    let setters = endpoint.args.iter().filter_map(|arg| {
        let value = &arg.ident;
        let setter = match arg.presence {
            Presence::Required => return None,
            Presence::Optional => request::maybe(arg),
            Presence::Nullable => request::nullable(arg),
        };
        Some(quote!(.#setter(#value)))
    });
    quote! {
        #(#cfg)*
        #signature {
            Self::#ident(self, #(#required),*) #(#setters)* .send()
        }
    }
}

/// All methods that can be reached through `&self`, handed on; but none that needs a size where there may be none.
fn forwards(api: &ApiDef) -> Vec<TokenStream> {
    let trait_name = &api.item.ident;
    dyn_trait::methods(api)
        .filter_map(|method| {
            if api.is_dyn_compatible && dyn_trait::mentions_self(&method.sig) {
                return None;
            }
            let cfg = conditions(&method.attrs);
            let forwarded = default_method::forwarded(method, trait_name, &api.root)?;
            Some(quote!(#(#cfg)* #forwarded))
        })
        .collect()
}
