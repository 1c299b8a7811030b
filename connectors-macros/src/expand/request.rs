//! Prints the request of an endpoint: its setters, and how it is sent.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Path, Type, Visibility};

use super::{ClientNames, carried_undocumented, conditions, description};
use crate::model::arg::{Arg, ArgKind};
use crate::model::settings::FixedValue;
use crate::model::{ApiDef, Endpoint, Output};
use crate::syntax::rust_type::Presence;
use crate::syntax::span::at;

/// Prints the type of a request.
///
/// ```text
/// pub type __Connectors_ConnectorsGetRequest<__Mode = Thin> = ApiRequest<Connector, __Mode>;      if there is nothing to set
/// pub use __Connectors_ConnectorsGetRequest as ConnectorsGetRequest;
///
/// connectors_client::__request! {
///     [] [] pub __Connectors_ConnectorsListRequest pub ConnectorsListRequest Page, self: { self.0.send::<Page>() }
///     { [] limit (limit: u32) maybe_limit [] (u32) [] 0 { .query(0, &limit) } ".." } ..                an optional argument
///     [fn pages(self) -> Pages<Page> { .. }]                                  more methods
/// }
/// ```
///
/// rustc expands `__request!` into the struct and its setters. This is cheaper than printing them
/// here, since macro crates are built without optimisation.
pub(super) fn request(api: &ApiDef, names: &ClientNames, endpoint: &Endpoint) -> TokenStream {
    let (root, vis) = (&api.root, &api.item.vis);
    let request = names.request(endpoint);
    let (cfg, of_trait) = (conditions(&endpoint.attributes), conditions(&api.item.attrs));
    let undocumented = carried_undocumented(&endpoint.attributes);
    let doc = format!(
        "Call of `{}::{}`, {}. Await it, or call `.send()`.",
        names.own_name,
        endpoint.own_name,
        description::shown(endpoint)
    );
    let output = &endpoint.output.ty;
    let hidden = hidden(api, &request);
    if !has_own_methods(endpoint) {
        // With the span of the attribute, rustc would suggest to write `as` after it.
        let (mut source, mut name) = (hidden.clone(), request.clone());
        source.set_span(request.span());
        name.set_span(Span::call_site());
        return quote! {
            #[doc = #doc]
            #[doc(hidden)]
            #(#of_trait)*
            #(#undocumented)*
            #[allow(dead_code, deprecated, non_camel_case_types)]
            #vis type #hidden<__Mode = #root::mode::Thin> = #root::ApiRequest<#output, __Mode>;

            #[doc(inline)]
            #(#of_trait)*
            #(#cfg)*
            #[allow(deprecated, unused_imports)]
            #vis use #source as #name;
        };
    }
    let inner = in_module(vis);
    let checks = checks(api, endpoint);
    let send = quote_spanned!(endpoint.output.span=> .send::<#output>());
    let optional =
        endpoint.args.iter().enumerate().filter(|(_, arg)| arg.presence != Presence::Required);
    let setters = optional.clone().map(|(slot, arg)| setter(api, endpoint, slot, arg));
    let nullable = optional.filter(|(_, arg)| arg.presence == Presence::Nullable);
    let nulls = nullable.map(|(slot, arg)| nulls(api, endpoint, slot, arg));
    let more = nulls.chain(more(api, endpoint));
    quote! {
        #root::__request! {
            [#[doc = #doc] #(#of_trait)* #(#undocumented)*] [#(#of_trait)* #(#cfg)*]
            #vis #hidden #inner #request #output, self: { #checks self.0 #send }
            #(#setters)*
            [#(#more)*]
        }
    }
}

/// Returns true if a request has setters or other methods of its own. If not, it is the runtime's
/// `ApiRequest`.
fn has_own_methods(endpoint: &Endpoint) -> bool {
    let settings = &endpoint.settings;
    endpoint.args.iter().any(|arg| arg.presence != Presence::Required)
        || settings.paginate.is_some()
        || settings.poll.is_some()
}

/// Returns the name by which generated code finds a request: that of an alias, or of the module that
/// holds a struct. The user's name is an import of it. So a type of the user that has this name
/// causes one error, at the import, and all other code finds what it means.
///
/// It has the name of the trait, since another trait may have a request of that name.
fn hidden(api: &ApiDef, request: &Ident) -> Ident {
    let (of_trait, request) = (api.item.ident.unraw(), request.unraw());
    format_ident!("__{of_trait}_{request}", span = Span::call_site())
}

/// Prints the path of a request with methods of its own. No lint reports the path, since no part of
/// it is the user's.
fn path(api: &ApiDef, request: &Ident) -> TokenStream {
    let module = hidden(api, request);
    let mut request = request.clone();
    request.set_span(Span::call_site());
    quote!(#module::#request)
}

/// Prints a visibility as it is written one module deeper.
///
/// ```text
/// pub(crate)     pub(super) if there is none     pub(in super::super) for pub(super) and pub(in self::super)
/// ```
fn in_module(vis: &Visibility) -> TokenStream {
    match vis {
        Visibility::Public(_) => quote!(#vis),
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            match path.segments.first() {
                Some(first) if first.ident == "crate" => quote!(#vis),
                Some(first) if first.ident == "self" => {
                    let rest = path.segments.iter().skip(1);
                    if path.segments.len() == 1 {
                        quote!(pub(super))
                    } else {
                        quote!(pub(in super #(::#rest)*))
                    }
                }
                _ => quote!(pub(in super::#path)),
            }
        }
    }
}

/// Prints the type of a request, without the name that users give it: a type of theirs may have it.
///
/// ```text
/// __Connectors_ConnectorsListRequest::ConnectorsListRequest<__Mode>
/// ApiRequest<Connector, __Mode>
/// ```
pub(super) fn of_call(api: &ApiDef, request: &Ident, endpoint: &Endpoint) -> TokenStream {
    if has_own_methods(endpoint) {
        let path = path(api, request);
        return quote!(#path<__Mode>);
    }
    let (root, output) = (&api.root, &endpoint.output.ty);
    quote!(#root::ApiRequest<#output, __Mode>)
}

/// Prints the expression that starts a call: the endpoint's request.
///
/// ```text
/// __Connectors_ConnectorsListRequest::ConnectorsListRequest(self.0.call(Self::LIST))
/// self.0.call(Self::GET).path(0, &id).reply::<Connector>()
/// ```
pub(super) fn start(
    api: &ApiDef,
    request: &Ident,
    endpoint: &Endpoint,
    call: &TokenStream,
) -> TokenStream {
    if has_own_methods(endpoint) {
        let path = path(api, request);
        return quote!(#path(#call));
    }
    let (checks, output) = (checks(api, endpoint), &endpoint.output.ty);
    let reply = quote_spanned!(endpoint.output.span=> .reply::<#output>());
    quote!(#checks #call #reply)
}

/// Prints the methods that options add to a request.
fn more(api: &ApiDef, endpoint: &Endpoint) -> impl Iterator<Item = TokenStream> {
    let (root, vis, output) = (&api.root, &api.item.vis, &endpoint.output);
    let pages = endpoint.settings.paginate.as_ref().map(|_| page_methods(root, vis, output));
    let poll = endpoint.settings.poll.as_ref().map(|_| {
        let ty = &output.ty;
        quote! {
            /// Repeats the call until the operation is done or has failed.
            #vis fn poll(self) -> #root::Polling<__Mode, #ty> {
                self.0.poll()
            }
        }
    });
    pages.into_iter().chain(poll)
}

/// Prints the checks that options make of the return type. rustc reports them at that type.
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

/// Returns the name of the setter that takes an `Option`.
pub(super) fn maybe(arg: &Arg) -> Ident {
    format_ident!("maybe_{}", arg.ident.unraw(), span = arg.ident.span())
}

/// Returns the name of the hidden setter that takes a `Nullable`. The trait's method calls it.
pub(super) fn nullable(arg: &Arg) -> Ident {
    format_ident!("__nullable_{}", arg.ident.unraw(), span = arg.ident.span())
}

/// Prints the call that sets an argument. rustc reports a type that cannot be sent at that type.
///
/// ```text
/// .query(0, &limit)
/// ```
pub(super) fn set(api: &ApiDef, endpoint: &Endpoint, arg: &Arg, slot: usize) -> TokenStream {
    let mut value = arg.ident.clone();
    value.set_span(value.span().located_at(arg.ty.span()));
    if !endpoint.is_sound {
        // The call is never sent, so its arguments need not be types that can be.
        return quote!(.never_sent(#value));
    }
    let span = arg.ty.span();
    if let Some(content_type) = &arg.content_type {
        let root = &api.root;
        return quote_spanned! {span=>
            .body_of::<{ #root::__private::is_json(#content_type) }, _>(#slot, #value)
        };
    }
    let method = Ident::new(arg.kind.setter(), span);
    // A body can be a stream, which is moved and not borrowed.
    match arg.kind {
        ArgKind::Body | ArgKind::Part => quote_spanned!(span=> .#method(#slot, #value)),
        _ => {
            let value = arg.with.as_ref().map_or_else(
                || value.to_token_stream(),
                |module| with(&api.root, &arg.ty, module, &value),
            );
            quote_spanned!(span=> .#method(#slot, &#value))
        }
    }
}

/// Prints a value that a module of the user serializes.
///
/// ```text
/// { struct __With; impl SerializeWith<Date> for __With { fn serialize<S: Serializer>(..) { iso::serialize(value, serializer) } }
///   With::<_, __With>::new(&day) }
/// ```
fn with(root: &Path, ty: &Type, module: &Path, value: &Ident) -> TokenStream {
    let call = quote_spanned!(at(module)=> #module::serialize(value, serializer));
    quote! {{
        struct __With;
        impl #root::__private::SerializeWith<#ty> for __With {
            fn serialize<__S: #root::__private::serde::Serializer>(
                value: &#ty,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #call
            }
        }
        #root::__private::With::<_, __With>::new(&#value)
    }}
}

/// Prints the calls that set the fixed fields and pairs of the query. Their slots follow those of
/// the arguments.
///
/// ```text
/// .field(3, &true).query(4, &API_VERSION)
/// ```
pub(super) fn fixed_values(endpoint: &Endpoint) -> impl Iterator<Item = TokenStream> {
    let kind = endpoint.field_kind();
    let fields = endpoint.settings.fields.iter().map(move |field| (kind, field));
    let pairs = endpoint.settings.query.iter().map(|pair| (ArgKind::Query, pair));
    let slots = endpoint.args.len()..;
    slots.zip(fields.chain(pairs)).map(|(slot, (kind, FixedValue { value, .. }))| {
        let method = Ident::new(kind.setter(), Span::call_site());
        let reference = (kind != ArgKind::Part).then(|| quote_spanned!(value.span()=> &));
        quote_spanned!(value.span()=> .#method(#slot, #reference #value))
    })
}

/// Prints the input of `__request!` for the two setters of an argument.
///
/// ```text
/// fn limit(self, limit: u32) -> Self { Self(self.0.query(0, &limit)) }
/// fn maybe_limit(self, limit: Option<u32>) -> Self {
///     if let Some(limit) = limit { self.limit(limit) } else { Self(self.0.unset(0)) }
/// }
/// ```
fn setter(api: &ApiDef, endpoint: &Endpoint, slot: usize, arg: &Arg) -> TokenStream {
    let Arg { ident, ty, docs, .. } = arg;
    let generics = &endpoint.signature.generics;
    let where_clause = &generics.where_clause;
    let (maybe, set, doc) = (maybe(arg), set(api, endpoint, arg, slot), sets(arg));
    let maybe_doc = format!("Sets `{0}`, or leaves it out if the value is `None`.", arg.own_name);
    // The docs of the user are a paragraph of their own.
    let docs = (!docs.is_empty()).then(|| quote!(#(#docs)* #[doc = ""]));
    quote! {
        { [#docs #[doc = #doc]] #ident (#ident: #ty) #maybe [#generics] (#ty) [#where_clause] #slot { #set } #maybe_doc }
    }
}

/// Prints the setters of an argument that can be an explicit null.
fn nulls(api: &ApiDef, endpoint: &Endpoint, slot: usize, arg: &Arg) -> TokenStream {
    let (root, vis) = (&api.root, &api.item.vis);
    let Arg { ident, ty, .. } = arg;
    let generics = &endpoint.signature.generics;
    let where_clause = &generics.where_clause;
    let (null, nullable) =
        (format_ident!("{}_null", ident.unraw(), span = ident.span()), nullable(arg));
    let null_doc = format!("Sends the JSON field `{}` as an explicit null.", arg.name);
    quote! {
        #[doc = #null_doc]
        #vis fn #null(self) -> Self {
            Self(self.0.null(#slot))
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
}

/// Returns the doc sentence of a setter.
fn sets(arg: &Arg) -> String {
    let name = &arg.name;
    match arg.kind {
        ArgKind::Query => format!("Sends the query pair `{name}`."),
        ArgKind::FieldRest => "Sends a field of the body per field.".to_owned(),
        ArgKind::QueryRest => "Sends a query pair per field.".to_owned(),
        ArgKind::Header => format!("Sends the header `{name}`."),
        ArgKind::FormField => format!("Sends the form field `{name}`."),
        ArgKind::Part => format!("Sends the field `{name}` of the multipart form."),
        ArgKind::Body => "Sends the whole body.".to_owned(),
        ArgKind::Url => {
            "Calls this URL instead of the template: absolute, or relative to the base URL."
                .to_owned()
        }
        ArgKind::Path | ArgKind::PathRest | ArgKind::Field | ArgKind::Unbound => {
            format!("Sends the JSON field `{name}`.")
        }
    }
}

/// Moves all tokens of a path to one span.
fn respanned(path: &Path, span: Span) -> TokenStream {
    let at = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        token
    };
    path.to_token_stream().into_iter().map(at).collect()
}

/// Prints the methods of a paginated request.
fn page_methods(root: &Path, vis: &Visibility, output: &Output) -> TokenStream {
    let (ty, span) = (&output.ty, output.span);
    // rustc reports a type that is not a page at that type.
    let root = respanned(root, span);
    let pages = quote_spanned!(span=> #root::Pages<#ty>);
    let items = quote_spanned!(span=> #root::Items<#ty>);
    let to_items = quote_spanned!(span=> .items());
    quote! {
        /// Returns all pages of the list, beginning with this one. Each is fetched on demand.
        #vis fn pages(self) -> #pages {
            self.0.pages()
        }

        /// Returns the items of all pages of the list, beginning with this one.
        #vis fn items(self) -> #items {
            self.0 #to_items
        }
    }
}
