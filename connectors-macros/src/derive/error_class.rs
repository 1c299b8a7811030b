//! `#[derive(ErrorClass)]`: an enum of statuses.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Fields, Ident, Path, Type, Variant, parse_quote};

use super::status::{StatusArms, StatusRange};
use crate::errors::Errors;
use crate::syntax::options;
use crate::syntax::rust_type::{Presence, borrows, owned, peeled, presence, shown};

const RANGE: StatusRange = StatusRange {
    holds: |code| matches!(code, 300..=999),
    left_out: &[],
    otherwise: "is not an error status: write 300 to 999",
    example: "404",
};

/// The variants by status, and the types of their bodies.
#[derive(Default)]
struct Classes {
    arms: StatusArms,
    bodies: Vec<(Ident, Type)>,
}

/// ```text
/// #[derive(ErrorClass)]
/// enum E { #[status(404)] NotFound, #[status(422)] Invalid(Option<Problems>), #[status(other)] Other }
///
/// impl ErrorClass for E {
///     fn from_status(status) -> Option<Self> { match status.as_u16() { 404 => Some(Self::NotFound), 422 => Some(Self::Invalid(None)), .. } }
///     fn from_reply(status, body) -> Option<Self> { match status.as_u16() { 422 => Some(Self::Invalid(from_error_body(body))), .. } }
///     fn name(&self) -> &'static str { match self { Self::NotFound => "NotFound", Self::Other => "Other" } }
/// }
/// ```
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let root = options::root(&input.attrs, "error_class", &mut errors);
    let classes = read(&input, &mut errors);
    let ident = &input.ident;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let of_status = classes.expand(|_| quote!(::core::option::Option::None));
    let from_reply = from_reply(&classes, &root);
    let names = variants(&input).map(|variant| {
        let (variant, name) = (&variant.ident, variant.ident.unraw().to_string());
        quote!(Self::#variant { .. } => #name,)
    });
    // An enum without variants has no values to name. An item that is not an enum has been
    // reported.
    let name = match (&input.data, variants(&input).next()) {
        (Data::Enum(_), Some(_)) => quote!(match self { #(#names)* }),
        (Data::Enum(_), None) => quote!(match *self {}),
        _ => quote!(""),
    };
    let errors = errors.into_tokens();
    quote! {
        #[automatically_derived]
        impl #impl_generics #root::ErrorClass for #ident #type_generics #where_clause {
            fn from_status(status: #root::__private::StatusCode) -> ::core::option::Option<Self> {
                match status.as_u16() { #of_status }
            }

            #from_reply

            fn name(&self) -> &'static str {
                #name
            }
        }
        #errors
    }
}

/// Prints the method that reads bodies, if a variant has one.
fn from_reply(classes: &Classes, root: &Path) -> Option<TokenStream> {
    if classes.bodies.is_empty() {
        return None;
    }
    let of_reply = classes.expand(|body| {
        quote_spanned!(body.span()=> <#body as #root::__private::FromErrorBody>::from_error_body(body))
    });
    Some(quote! {
        fn from_reply(
            status: #root::__private::StatusCode,
            body: &[::core::primitive::u8],
        ) -> ::core::option::Option<Self> {
            match status.as_u16() { #of_reply }
        }
    })
}

impl Classes {
    /// Prints the arms, with the expression that `body` returns for the type of a body.
    fn expand(&self, body: impl Fn(&Type) -> TokenStream) -> TokenStream {
        let value = |variant: &Ident| {
            let carried = self.bodies.iter().find(|(other, _)| other == variant);
            let body = carried.map(|(_, ty)| body(ty)).map(|body| quote!((#body)));
            quote!(::core::option::Option::Some(Self::#variant #body))
        };
        let codes = self.arms.statuses.iter().map(|(statuses, variant)| {
            let value = value(variant);
            quote!(#statuses => #value,)
        });
        let rest =
            self.arms.other.as_ref().map_or_else(|| quote!(::core::option::Option::None), value);
        quote!(#(#codes)* _ => #rest)
    }
}

fn variants(input: &DeriveInput) -> impl Iterator<Item = &Variant> {
    let variants = match &input.data {
        Data::Enum(data) => Some(&data.variants),
        _ => None,
    };
    variants.into_iter().flatten()
}

fn read(input: &DeriveInput, errors: &mut Errors) -> Classes {
    if !matches!(input.data, Data::Enum(_)) {
        errors.at(&input.ident, "`ErrorClass` is derived for an enum: one variant per class");
    }
    let is_enum = matches!(input.data, Data::Enum(_));
    for attribute in
        input.attrs.iter().filter(|attribute| is_enum && attribute.path().is_ident("status"))
    {
        errors.at(attribute, "a status belongs on a variant: move it there");
    }
    let mut classes = Classes::default();
    for variant in variants(input) {
        read_variant(variant, &mut classes, errors);
    }
    classes
}

fn read_variant(variant: &Variant, classes: &mut Classes, errors: &mut Errors) {
    check_fields(variant, errors);
    match body(variant) {
        Ok(body) => classes.bodies.extend(body.map(|body| (variant.ident.clone(), body))),
        Err(error) => return errors.push(error),
    }
    classes.arms.read(variant, &RANGE, errors);
}

/// Reports `#[status]` on the field of a variant.
fn check_fields(variant: &Variant, errors: &mut Errors) {
    for attribute in variant.fields.iter().flat_map(|field| &field.attrs) {
        if attribute.path().is_ident("status") {
            errors.at(attribute, "a status belongs on a variant: move it there");
        }
    }
}

/// Returns the type of a variant's body.
fn body(variant: &Variant) -> syn::Result<Option<Type>> {
    match &variant.fields {
        Fields::Unit => Ok(None),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            body_of(&fields.unnamed[0].ty).map(Some)
        }
        fields => {
            let name = variant.ident.unraw();
            let mistake = format!(
                "a class has no fields, or one for its body: write `{name}` or `{name}(Option<Body>)`"
            );
            Err(syn::Error::new_spanned(fields, mistake))
        }
    }
}

/// Returns the type in the `Option` of a body.
fn body_of(field: &Type) -> syn::Result<Type> {
    match presence(field) {
        (Presence::Optional, body) if borrows(body.to_token_stream()) => {
            let mistake =
                format!("a body cannot borrow: write an owned type{}", owned(peeled(&body)));
            Err(syn::Error::new_spanned(body, mistake))
        }
        (Presence::Optional, body) => Ok(body),
        // An alias, whose argument rustc infers, or a mistake that rustc explains.
        _ if is_option(field) => Ok(parse_quote!(_)),
        (_, body) => {
            let mistake = format!(
                "the body of a response may not match its type: write `Option<{}>`",
                shown(&body)
            );
            Err(syn::Error::new_spanned(field, mistake))
        }
    }
}

/// Returns true if a type is named `Option`, with any arguments.
fn is_option(ty: &Type) -> bool {
    match peeled(ty) {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
        _ => false,
    }
}
