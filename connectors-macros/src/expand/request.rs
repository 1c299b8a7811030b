//! The request of an endpoint: its setters, and how it is sent.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use super::{Names, allowed, carried_undocumented, conditions, description};
use crate::api::ApiDef;
use crate::arg::{Arg, ArgKind, Presence};
use crate::endpoint::Endpoint;
use crate::paginate;
use crate::settings::FixedField;

/// ```text
/// pub struct ConnectorsListRequest<__Mode = Thin>(Call<__Mode>);
/// impl<__Mode> ConnectorsListRequest<__Mode> { fn limit; fn maybe_limit; fn send }
/// connectors_client::__request! { [] pub ConnectorsListRequest Page }    what is the same for all requests
/// ```
///
/// rustc writes the rest, which costs a small part of what it costs here: macros are built without optimisation.
pub(super) fn request(api: &ApiDef, names: &Names, endpoint: &Endpoint) -> TokenStream {
    let (root, vis) = (&api.root, &api.item.vis);
    let request = names.request(endpoint);
    let (cfg, of_trait) = (conditions(&endpoint.attributes), conditions(&api.item.attrs));
    let cfg = quote!(#(#of_trait)* #(#cfg)*);
    let (deprecated, allowed) = (carried_undocumented(&endpoint.attributes), allowed());
    let doc = format!(
        "A call of `{}::{}`, {}: await it, or `.send()` it.",
        names.own_name,
        endpoint.own_name(),
        description::shown(endpoint)
    );
    let setters = endpoint.args.iter().enumerate().map(|(slot, arg)| setters(api, endpoint, slot, arg));
    let output = &endpoint.output.ty;
    let checks = checks(api, endpoint);
    let more = more(api, endpoint);
    let send = quote_spanned! {endpoint.output.span=>
        #checks
        <__Mode as #root::mode::Mode>::send::<#output>(self.0)
    };
    quote! {
        #[doc = #doc]
        #[must_use = "a call is made only when it is awaited or sent"]
        #(#of_trait)*
        #(#deprecated)*
        #allowed
        #vis struct #request<__Mode = #root::mode::Thin>(#root::__private::Call<__Mode>);

        #cfg #allowed
        impl<__Mode: #root::mode::Mode> #request<__Mode> {
            #(#setters)*

            #more

            /// Makes the call: an async one gives its future, a blocking one its result.
            #vis fn send(self) -> <__Mode as #root::mode::Mode>::Sent<#output> {
                #send
            }
        }

        #root::__request! { [#cfg] #vis #request #output }
    }
}

/// What a call has more because of its options.
fn more(api: &ApiDef, endpoint: &Endpoint) -> TokenStream {
    let (root, vis, output) = (&api.root, &api.item.vis, &endpoint.output);
    let pages = endpoint.settings.paginate.as_ref().map(|_| paginate::methods(root, vis, output));
    let poll = endpoint.settings.poll.as_ref().map(|_| {
        let ty = &output.ty;
        quote! {
            /// Makes the call again and again, until the operation that it asks for is done or has failed.
            #vis fn poll(self) -> #root::Polling<__Mode, #ty> {
                #root::__private::Call::poll(self.0)
            }
        }
    });
    quote!(#pages #poll)
}

/// What an option asks of the return type, checked where that is written.
fn checks(api: &ApiDef, endpoint: &Endpoint) -> TokenStream {
    let (root, output, settings) = (&api.root, &endpoint.output.ty, &endpoint.settings);
    let asked = [
        ("check_none", settings.none_on.is_some()),
        ("check_items", settings.has_items()),
        ("check_resume", settings.resume.is_some()),
    ];
    let checks = asked.into_iter().filter(|(_, is_asked)| *is_asked).map(|(check, _)| {
        let check = format_ident!("{check}");
        quote_spanned!(endpoint.output.span=> #root::__private::#check::<#output>();)
    });
    checks.collect()
}

/// The name of the setter that takes an `Option`.
pub(super) fn maybe(arg: &Arg) -> Ident {
    format_ident!("maybe_{}", arg.ident.unraw(), span = arg.ident.span())
}

/// The name of the hidden setter that takes a `Nullable`, for the trait's sake.
pub(super) fn nullable(arg: &Arg) -> Ident {
    format_ident!("__nullable_{}", arg.ident.unraw(), span = arg.ident.span())
}

/// Sets an argument; a type that cannot be sent is reported where it is written.
///
/// ```text
/// Request::query(Call::request(&mut self.0), 0, &limit);
/// ```
pub(super) fn set(
    api: &ApiDef,
    endpoint: &Endpoint,
    arg: &Arg,
    slot: usize,
    call: &TokenStream,
) -> TokenStream {
    let root = &api.root;
    let (method, mut value) = (format_ident!("{}", arg.kind.method()), arg.ident.clone());
    value.set_span(value.span().located_at(arg.ty.span()));
    if !endpoint.is_sound {
        // It is never sent, so that it need not be what can be.
        return quote!(let _ = (&mut #call, #value););
    }
    let in_type = arg.content_type.as_ref().map(
        |content_type| quote_spanned!(arg.ty.span()=> ::<{ #root::__private::is_json(#content_type) }, _>),
    );
    let method = if in_type.is_some() { format_ident!("body_of") } else { method };
    // Bodies can be streams, which are taken and not looked at.
    let reference =
        (!matches!(arg.kind, ArgKind::Body | ArgKind::Part)).then(|| quote_spanned!(arg.ty.span()=> &));
    quote_spanned! {arg.ty.span()=>
        #root::__private::Request::#method #in_type (#root::__private::Call::request(&mut #call), #slot, #reference #value);
    }
}

/// Sets the fixed fields, whose slots follow those of the arguments.
///
/// ```text
/// Request::field(Call::request(&mut call), 3, &true);
/// ```
pub(super) fn fixed_fields(api: &ApiDef, endpoint: &Endpoint, call: &TokenStream) -> Vec<TokenStream> {
    let root = &api.root;
    let kind = endpoint.field_kind();
    let method = format_ident!("{}", kind.method());
    let slots = endpoint.args.len()..;
    let sets = slots.zip(&endpoint.settings.fields).map(|(slot, FixedField { value, .. })| {
        let reference = (kind != ArgKind::Part).then(|| quote_spanned!(value.span()=> &));
        quote_spanned! {value.span()=>
            #root::__private::Request::#method(#root::__private::Call::request(&mut #call), #slot, #reference #value);
        }
    });
    sets.collect()
}

/// ```text
/// fn limit(mut self, limit: u32) -> Self { .. self }
/// fn maybe_limit(mut self, limit: Option<u32>) -> Self { match limit { Some(limit) => self.limit(limit), None => .. } }
/// ```
fn setters(api: &ApiDef, endpoint: &Endpoint, slot: usize, arg: &Arg) -> TokenStream {
    if arg.presence == Presence::Required {
        return TokenStream::new();
    }
    let (root, vis) = (&api.root, &api.item.vis);
    let Arg { ident, ty, docs, .. } = arg;
    let generics = &endpoint.signature.generics;
    let where_clause = &generics.where_clause;
    let maybe = maybe(arg);
    let doc = sets(arg);
    let maybe_doc =
        format!("Sets `{0}` if there is a value, and leaves it out again if not.", arg.own_name());
    let call = quote!(self.0);
    let set = set(api, endpoint, arg, slot, &call);
    let nulls = (arg.presence == Presence::Nullable).then(|| {
        let (null, nullable) = (format_ident!("{}_null", ident.unraw(), span = ident.span()), nullable(arg));
        let null_doc = format!("Sends the JSON field `{}` as an explicit null.", arg.name);
        quote! {
            #[doc = #null_doc]
            #vis fn #null(mut self) -> Self {
                #root::__private::Request::null(#root::__private::Call::request(&mut self.0), #slot);
                self
            }

            #[doc(hidden)]
            fn #nullable #generics (self, #ident: #root::Nullable<#ty>) -> Self #where_clause {
                match #ident {
                    #root::Nullable::Unset => self,
                    #root::Nullable::Null => self.#null(),
                    #root::Nullable::Value(#ident) => self.#ident(#ident),
                }
            }
        }
    });
    quote! {
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #vis fn #ident #generics (mut self, #ident: #ty) -> Self #where_clause {
            #set
            self
        }

        #[doc = #maybe_doc]
        #vis fn #maybe #generics (mut self, #ident: ::core::option::Option<#ty>) -> Self #where_clause {
            match #ident {
                ::core::option::Option::Some(#ident) => self.#ident(#ident),
                ::core::option::Option::None => {
                    #root::__private::Request::unset(#root::__private::Call::request(&mut self.0), #slot);
                    self
                }
            }
        }

        #nulls
    }
}

/// What a setter sends, in a sentence.
fn sets(arg: &Arg) -> String {
    let name = &arg.name;
    match arg.kind {
        ArgKind::Query => format!("Sends the query pair `{name}`."),
        ArgKind::QueryRest => "Sends a query pair per field.".to_owned(),
        ArgKind::Header => format!("Sends the header `{name}`."),
        ArgKind::FormField => format!("Sends the form field `{name}`."),
        ArgKind::Part => format!("Sends the field `{name}` of the multipart form."),
        ArgKind::Body => "Sends the whole body.".to_owned(),
        ArgKind::Url => {
            "Calls this URL in place of the template's: absolute, or relative to the base URL.".to_owned()
        }
        ArgKind::Path | ArgKind::PathRest | ArgKind::Field | ArgKind::Unbound => {
            format!("Sends the JSON field `{name}`.")
        }
    }
}
