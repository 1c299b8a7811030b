//! Prints the implementation of `FromResponse`. Nothing here can fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Path, WhereClause, WherePredicate, parse_quote};

use super::{Field, RANGE, ResponseType, Shape, Source, body};
use crate::derive::status::{StatusArms, Statuses};
use crate::syntax::rust_type::{Presence, is_generic, presence};
use crate::syntax::span::at;

/// ```text
/// #[derive(FromResponse)]
/// enum Job { #[status(200)] Done(Report), #[status(304)] Same { #[header("ETag")] etag: String } }
///
/// impl FromResponse for Job {
///     const NEEDS_BODY: bool = <Report as FromResponse>::NEEDS_BODY;
///     fn accept() -> &'static str { accept(&[<Report as FromResponse>::accept()]) }
///     fn accepts_status(status) -> bool { status.is_success() || status.as_u16() == 304 }
///     fn from_response(response) -> Result<Self, Error> {
///         match response.status().as_u16() {
///             200 => Ok(Self::Done { 0: <Report as FromResponse>::from_response(response)? }),
///             304 => Ok(Self::Same { etag: header::<String>(&response, "etag")? }),
///             _ => Err(no_variant(response, "Job")),
///         }
///     }
/// }
/// ```
pub(super) fn derived(derived: &ResponseType) -> TokenStream {
    let ResponseType { ident, generics, root, shape } = derived;
    let (impl_generics, type_generics, _) = generics.split_for_impl();
    let where_clause = bounded(derived);
    let streams = streams(derived);
    let checks = bodiless_checks(derived);
    let accepts =
        derived.fields().into_iter().filter(|field| matches!(field.source, Source::Body)).map(
            |Field { ty, .. }| quote_spanned!(ty.span()=> <#ty as #root::FromResponse>::accept()),
        );
    let needs_body = derived
        .fields()
        .into_iter()
        .filter(|field| matches!(field.source, Source::Body))
        .map(|Field { ty, .. }| quote!(<#ty as #root::FromResponse>::NEEDS_BODY))
        .reduce(|all, one| quote!(#all || #one))
        .unwrap_or_else(|| quote!(false));
    let (accepts_status, body_mode, read) = match shape {
        Shape::Struct(fields) => (
            accepts_status_of_body(fields, root),
            body_mode_of(fields, root),
            value(&quote!(Self), fields, root),
        ),
        Shape::Enum { variants, arms } => (
            accepts_status_of_arms(arms, root),
            body_mode_of_arms(variants, arms, root),
            matched(ident, variants, arms, root),
        ),
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics #root::FromResponse for #ident #type_generics #where_clause {
            const NEEDS_BODY: bool = #needs_body;

            fn accept() -> &'static str {
                #root::__private::accept(&[#(#accepts),*])
            }

            #accepts_status

            #[allow(unused_variables)]
            fn body_mode(
                status: #root::__private::StatusCode,
                headers: &#root::__private::http::HeaderMap,
            ) -> #root::__private::BodyMode {
                #body_mode
            }

            #[allow(deprecated, unused_variables)]
            fn from_response(response: #root::Response) -> ::core::result::Result<Self, #root::Error> {
                #read
            }
        }

        #streams
        #checks
    }
}

/// Prints checks that variants whose statuses have no body need none. A body of a generic type is
/// not known here, and an `Option` needs no body.
fn bodiless_checks(ResponseType { generics, root, shape, .. }: &ResponseType) -> TokenStream {
    let Shape::Enum { variants, arms } = shape else { return TokenStream::new() };
    let is_bodiless = |variant: &Ident| {
        let mut own = arms.statuses.iter().filter(|(_, other)| other == variant).peekable();
        own.peek().is_some()
            && arms.other.as_ref() != Some(variant)
            && own.all(|(statuses, _)| statuses.all(|code| matches!(code, 204 | 205 | 304)))
    };
    let bodies = variants.iter().filter(|(variant, _)| is_bodiless(variant));
    let types = bodies.filter_map(|(_, fields)| body(fields)).map(|field| &field.ty);
    let checks = types
        .filter(|ty| !is_generic(ty, generics) && presence(ty).0 != Presence::Optional)
        .map(|ty| {
            // The path is imported first, so that the call has only the span of the type.
            let call = quote_spanned!(ty.span()=> __check::<#ty>());
            quote!(const _: () = { use #root::__private::check_bodiless as __check; #call };)
        });
    checks.collect()
}

/// Marks a struct whose body is a stream of items as one too, for the options about items. The
/// bound is for any lifetime, so that rustc does not report it if it does not hold.
fn streams(derived: &ResponseType) -> Option<TokenStream> {
    let ResponseType { ident, generics, root, shape } = derived;
    let Shape::Struct(fields) = shape else { return None };
    let ty = &body(fields)?.ty;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let bounds = where_clause.map(|clause| &clause.predicates).into_iter().flatten();
    let bounds = quote!(#(#bounds,)*);
    Some(quote! {
        #[automatically_derived]
        impl #impl_generics #root::__private::HasItems for #ident #type_generics
        where #bounds for<'__any> #ty: #root::__private::HasItems {}

        #[automatically_derived]
        impl #impl_generics #root::__private::CanResume for #ident #type_generics
        where #bounds for<'__any> #ty: #root::__private::CanResume {}
    })
}

/// Returns the bounds of the type, and those that its parameters need.
fn bounded(derived: &ResponseType) -> Option<WhereClause> {
    let root = &derived.root;
    let mut clause = derived.generics.where_clause.clone();
    for Field { ty, source, .. } in derived.fields() {
        let bound: WherePredicate = match source {
            Source::Body => parse_quote!(#ty: #root::FromResponse),
            Source::Header { with: None, .. } => parse_quote!(#ty: #root::__private::FromHeader),
            Source::Header { .. } | Source::Status => continue,
        };
        if is_generic(ty, &derived.generics) {
            clause
                .get_or_insert_with(|| WhereClause {
                    where_token: <syn::Token![where]>::default(),
                    predicates: syn::punctuated::Punctuated::new(),
                })
                .predicates
                .push(bound);
        }
    }
    clause
}

/// A struct accepts the statuses of its body, so that it can add headers to any other type.
fn accepts_status_of_body(fields: &[Field], root: &Path) -> Option<TokenStream> {
    let ty = &body(fields)?.ty;
    let accepts_status =
        quote_spanned!(at(ty)=> <#ty as #root::FromResponse>::accepts_status(status));
    Some(accepts_status_by(&accepts_status, root))
}

/// An enum accepts every success, and each other status of a variant. A success without a variant
/// is an error of the type.
fn accepts_status_of_arms(arms: &StatusArms, root: &Path) -> Option<TokenStream> {
    let beside = arms.statuses.iter().map(|(statuses, _)| *statuses);
    let beside: Vec<_> = beside.filter(|statuses| statuses.first >= 300).map(accepted).collect();
    (!beside.is_empty())
        .then(|| accepts_status_by(&quote!(status.is_success() #(|| #beside)*), root))
}

/// Prints the condition under which a status is accepted. A range leaves out statuses after which
/// the call is sent again.
fn accepted(statuses: Statuses) -> TokenStream {
    if statuses.width() == 0 {
        return quote!(status.as_u16() == #statuses);
    }
    let left_out = RANGE.left_out;
    quote!(
        ::core::matches!(status.as_u16(), #statuses if !::core::matches!(status.as_u16(), #(#left_out)|*))
    )
}

fn accepts_status_by(accepts_status: &TokenStream, root: &Path) -> TokenStream {
    quote! {
        fn accepts_status(status: #root::__private::StatusCode) -> bool {
            #accepts_status
        }
    }
}

/// Prints the way the body is read, as its type decides. It may be a stream.
fn body_mode_of(fields: &[Field], root: &Path) -> TokenStream {
    let Some(Field { ty, .. }) = body(fields) else {
        return quote!(#root::__private::BodyMode::Buffered);
    };
    quote_spanned!(at(ty)=> <#ty as #root::FromResponse>::body_mode(status, headers))
}

fn body_mode_of_arms(
    variants: &[(Ident, Vec<Field>)],
    arms: &StatusArms,
    root: &Path,
) -> TokenStream {
    let of = |variant: &Ident| body_mode_of(fields_of(variants, variant), root);
    let codes = arms.statuses.iter().map(|(statuses, variant)| {
        let body_mode = of(variant);
        quote!(#statuses => #body_mode,)
    });
    let rest = arms.other.as_ref().map_or_else(|| quote!(#root::__private::BodyMode::Buffered), of);
    quote!(match status.as_u16() { #(#codes)* _ => #rest })
}

fn fields_of<'a>(variants: &'a [(Ident, Vec<Field>)], name: &Ident) -> &'a [Field] {
    variants.iter().find(|(variant, _)| variant == name).map_or(&[], |(_, fields)| fields)
}

/// Prints the match that selects the variant of a status.
fn matched(
    ident: &Ident,
    variants: &[(Ident, Vec<Field>)],
    arms: &StatusArms,
    root: &Path,
) -> TokenStream {
    let reads = variants.iter().filter_map(|(variant, fields)| {
        let of_variant = arms.statuses.iter().filter(|(_, other)| other == variant);
        let codes: Vec<_> =
            of_variant.map(|(code, _)| code).filter(|code| code.width() == 0).collect();
        let value = value(&quote!(Self::#variant), fields, root);
        (!codes.is_empty()).then(|| quote!(#(#codes)|* => { #value }))
    });
    let ranges = arms.statuses.iter().filter(|(range, _)| range.width() > 0);
    let ranges = ranges.map(|(range, variant)| {
        let value = value(&quote!(Self::#variant), fields_of(variants, variant), root);
        quote!(#range => { #value })
    });
    let no_variant = || {
        let name = ident.unraw().to_string();
        quote!(::core::result::Result::Err(#root::__private::no_variant(response, #name)))
    };
    let rest = arms.other.as_ref().map_or_else(no_variant, |variant| {
        value(&quote!(Self::#variant), fields_of(variants, variant), root)
    });
    quote! {
        match response.status().as_u16() {
            #(#reads)*
            #(#ranges)*
            _ => { #rest }
        }
    }
}

/// Prints a value made of its fields. The body is read last, since reading it consumes the
/// response.
///
/// ```text
/// let field_1 = header::<Option<u64>>(&response, "x-total-count")?;
/// let field_0 = <Vec<Issue> as FromResponse>::from_response(response)?;
/// Ok(Self { items: field_0, total: field_1 })
/// ```
fn value(path: &TokenStream, fields: &[Field], root: &Path) -> TokenStream {
    let names: Vec<_> = (0..fields.len())
        .map(|i| format_ident!("field_{}", i, span = Span::mixed_site()))
        .collect();
    let members = fields.iter().map(|field| &field.member);
    let (bodies, others): (Vec<_>, Vec<_>) =
        names.iter().zip(fields).partition(|(_, field)| matches!(field.source, Source::Body));
    let reads = others.into_iter().chain(bodies).map(|(name, field)| {
        let read = read(field, root);
        quote!(let #name = #read;)
    });
    quote! {
        #(#reads)*
        ::core::result::Result::Ok(#path { #(#members: #names),* })
    }
}

fn read(Field { ty, source, .. }: &Field, root: &Path) -> TokenStream {
    let span = at(ty);
    match source {
        Source::Header { name, with: None } => {
            quote_spanned!(span=> #root::__private::header::<#ty>(&response, #name)?)
        }
        Source::Header { name, with: Some(module) } => {
            let function = match presence(ty).0 {
                Presence::Optional => format_ident!("optional_header_with"),
                _ => format_ident!("header_with"),
            };
            let span = at(module);
            quote_spanned!(span=> #root::__private::#function(&response, #name, |value| #module::deserialize(value))?)
        }
        Source::Status => {
            quote_spanned!(span=> #root::__private::status::<#ty>(&response))
        }
        Source::Body => {
            quote_spanned!(span=> <#ty as #root::FromResponse>::from_response(response)?)
        }
    }
}
