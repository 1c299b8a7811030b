//! The generic client of a trait, its aliases, and its implementation of the trait.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;
use syn::ext::IdentExt as _;

use super::{
    ClientNames, allowed_on_type, carried, carried_undocumented, conditions, default_method,
    description, dyn_trait, request, trait_def,
};
use crate::model::arg::Arg;
use crate::model::{ApiDef, Endpoint};
use crate::syntax::rust_type::Presence;

/// Prints the generic client and its four aliases.
pub(super) fn types(api: &ApiDef, names: &ClientNames) -> TokenStream {
    let ClientNames { api: trait_name, generic, thin, raw, blocking, blocking_raw, .. } = names;
    let (root, vis) = (&api.root, &api.item.vis);
    let (carried, undocumented) = (carried(&api.item.attrs), carried_undocumented(&api.item.attrs));
    let allowed = allowed_on_type();
    let of_trait = trait_name.unraw();
    let generic_doc = format!(
        "Generic client of [`{of_trait}`]. Use one of its aliases: [`{thin}`], [`{raw}`], [`{blocking}`] or [`{blocking_raw}`]."
    );
    let thin_doc = format!("Async client of [`{of_trait}`].");
    let raw_doc = format!("Async client of [`{of_trait}`] that also returns status and headers.");
    let blocking_doc = format!("Blocking client of [`{of_trait}`].");
    let blocking_raw_doc =
        format!("Blocking client of [`{of_trait}`] that also returns status and headers.");
    quote! {
        #[doc = #generic_doc]
        #(#undocumented)*
        #allowed
        #vis struct #generic<__Mode>(#root::__private::ClientHandle<__Mode>);

        #[doc = #thin_doc] #[doc = ""] #(#carried)* #allowed
        #vis type #thin = #generic<#root::mode::Thin>;

        #[doc = #raw_doc] #[doc = ""] #(#carried)* #allowed
        #vis type #raw = #generic<#root::mode::Raw>;

        #[doc = #blocking_doc] #[doc = ""] #(#carried)* #allowed
        #vis type #blocking = #generic<#root::mode::BlockingThin>;

        #[doc = #blocking_raw_doc] #[doc = ""] #(#carried)* #allowed
        #vis type #blocking_raw = #generic<#root::mode::BlockingRaw>;
    }
}

/// Prints the methods of the generic client, and the traits that every client implements.
pub(super) fn implementations(api: &ApiDef, names: &ClientNames) -> TokenStream {
    let (root, vis, generic) = (&api.root, &api.item.vis, &names.generic);
    let cfg = conditions(&api.item.attrs);
    let methods = api.endpoints.iter().map(|endpoint| methods(api, names, endpoint));
    let constants = api.endpoints.iter().map(|endpoint| {
        let cfg = conditions(&endpoint.attributes);
        let constant = constant(endpoint);
        quote!(#(#cfg)* Self::#constant)
    });
    quote! {
        #(#cfg)*
        #[allow(
            dead_code, deprecated, non_snake_case, single_use_lifetimes, unused_lifetimes,
            clippy::needless_lifetimes, clippy::too_many_arguments
        )]
        impl<__Mode: #root::mode::Mode> #generic<__Mode> {
            /// Descriptions of all endpoints of the trait.
            #vis const ENDPOINTS: &'static [&'static #root::Endpoint] = &[#(#constants),*];

            /// Creates a client with the base URL, authentication and connections of `client`.
            #[must_use]
            #vis fn new(client: #root::Client) -> Self {
                Self(#root::__private::ClientHandle::new(client))
            }

            /// Returns a client that applies these options to every call.
            #[must_use]
            #vis fn with_options(&self, options: #root::RequestOptions) -> Self {
                Self(self.0.with_options(options))
            }

            #(#methods)*
        }

        #(#cfg)* #[allow(dead_code, deprecated)]
        impl<__Mode: #root::mode::ThinMode> #generic<__Mode> {
            /// Returns a client whose calls give status and headers beside the data.
            #[must_use]
            #vis fn with_raw_response(&self) -> #generic<<__Mode as #root::mode::ThinMode>::Raw> {
                #generic(self.0.raw())
            }
        }

        #(#cfg)* #[allow(deprecated)]
        impl<__Mode: #root::mode::Mode> #root::ApiClient for #generic<__Mode> {
            fn new(client: #root::Client) -> Self {
                Self::new(client)
            }

            fn with_options(&self, options: #root::RequestOptions) -> Self {
                Self::with_options(self, options)
            }
        }

        #(#cfg)* #[allow(deprecated)]
        impl<__Mode> ::core::clone::Clone for #generic<__Mode> {
            fn clone(&self) -> Self {
                Self(::core::clone::Clone::clone(&self.0))
            }
        }

        #(#cfg)* #[allow(deprecated)]
        impl<__Mode> ::core::fmt::Debug for #generic<__Mode> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }
    }
}

/// Prints the constant of an endpoint and the method that starts a call.
///
/// ```text
/// const GET: &'static Endpoint = ..;
/// fn get(&self, id: &str) -> ApiRequest<Connector, __Mode> { self.0.call(Self::GET).path(0, &id).reply() }
/// ```
fn methods(api: &ApiDef, names: &ClientNames, endpoint: &Endpoint) -> TokenStream {
    let (root, vis) = (&api.root, &api.item.vis);
    let constant = constant(endpoint);
    let request = names.request(endpoint);
    let (carried, undocumented) =
        (carried(&endpoint.attributes), carried_undocumented(&endpoint.attributes));
    let shown = description::shown(endpoint);
    // The docs of the user are a paragraph of their own.
    let separator = (!carried.is_empty()).then(|| quote!(#[doc = ""]));
    let constant_doc = format!("Description of `{}`: {shown}.", endpoint.own_name);
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
    let sets = sets.chain(request::fixed_values(endpoint));
    let start =
        request::start(api, &request, endpoint, &quote!(self.0.call(Self::#constant) #(#sets)*));
    let request = request::of_call(api, &request, endpoint);
    quote! {
        #[doc = #constant_doc]
        #(#undocumented)*
        #vis const #constant: &'static #root::Endpoint = #description;

        #(#carried)*
        #separator
        #[doc = #shown]
        #vis fn #ident #generics (&self, #(#parameters),*) -> #request #where_clause {
            #start
        }
    }
}

fn constant(endpoint: &Endpoint) -> Ident {
    Ident::new(&endpoint.constant(), endpoint.ident.span())
}

/// Prints the trait's implementation for the async thin client and for pointers to any
/// implementation.
///
/// All pointers share one implementation, since rustc checks each implementation again for every
/// endpoint.
pub(super) fn trait_implementations(api: &ApiDef, names: &ClientNames) -> TokenStream {
    let ClientNames { api: trait_name, generic, .. } = names;
    let root = &api.root;
    let cfg = conditions(&api.item.attrs);
    let calls = api.endpoints.iter().map(|endpoint| trait_method(api, endpoint));
    let forwards = forwards(api);
    let supertraits = api.item.supertraits.iter();
    // A default method may require `Self: Sized`. It is not forwarded if the target may be a trait
    // object.
    let sized = (!api.is_dyn_compatible).then(|| quote!(+ ::core::marker::Sized));
    let of_self = api.item.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    // With `dead_code` allowed, rustc counts an implementation as a use of the trait and its
    // methods.
    quote! {
        #(#cfg)*
        #[allow(
            dead_code, deprecated, non_snake_case, refining_impl_trait, single_use_lifetimes, unused_lifetimes,
            clippy::needless_lifetimes
        )]
        impl #trait_name for #generic<#root::mode::Thin> { #(#calls)* }

        /// Implements the trait for references, `Arc`s and `Box`es.
        #(#cfg)*
        #[allow(dead_code, deprecated, non_snake_case, single_use_lifetimes, unused_lifetimes, clippy::needless_lifetimes)]
        impl<__T> #trait_name for __T
        where
            __T: #root::__private::Forwarding<Target: #trait_name #sized> #(+ #supertraits)*
                + ::core::marker::Send + ::core::marker::Sync,
            #(#of_self,)*
        { #(#forwards)* }
    }
}

/// Prints a method of the trait for the client.
///
/// It names the future, since rustc would have to infer an `impl Future` and check that it is
/// `Send`.
///
/// ```text
/// fn list(&self, limit: Option<u32>) -> ResponseFuture<Page> { Self::list(self).maybe_limit(limit).send() }
/// ```
fn trait_method(api: &ApiDef, endpoint: &Endpoint) -> TokenStream {
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

/// Prints the methods that a pointer forwards to its target. A trait object has no methods that
/// need a size.
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
