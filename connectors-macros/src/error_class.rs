//! `#[derive(ErrorClass)]`: an enum of statuses.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Fields, Variant};

use crate::errors::Errors;
use crate::options;
use crate::status::{Arms, Range};

const RANGE: Range = Range {
    holds: |code| matches!(code, 300..=999),
    otherwise: "is no error status: these are 300 to 999",
    example: "404",
};

/// ```text
/// #[derive(ErrorClass)]
/// enum E { #[status(404)] NotFound, #[status(other)] Other }
///
/// impl ErrorClass for E {
///     fn from_status(status) -> Option<Self> { match status.as_u16() { 404 => Some(Self::NotFound), _ => Some(Self::Other) } }
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
    let arms = read(&input, &mut errors);
    let ident = &input.ident;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let codes = arms
        .codes
        .iter()
        .map(|(code, variant)| quote!(#code => ::core::option::Option::Some(Self::#variant),));
    let rest = arms.other.as_ref().map_or_else(
        || quote!(::core::option::Option::None),
        |variant| quote!(::core::option::Option::Some(Self::#variant)),
    );
    let names = variants(&input).map(|variant| {
        let (variant, name) = (&variant.ident, variant.ident.unraw().to_string());
        quote!(Self::#variant { .. } => #name,)
    });
    // What has no variants has no value to name; what is no enum is reported.
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
                match status.as_u16() { #(#codes)* _ => #rest }
            }

            fn name(&self) -> &'static str {
                #name
            }
        }
        #errors
    }
}

fn variants(input: &DeriveInput) -> impl Iterator<Item = &Variant> {
    let variants = match &input.data {
        Data::Enum(data) => Some(&data.variants),
        _ => None,
    };
    variants.into_iter().flatten()
}

fn read(input: &DeriveInput, errors: &mut Errors) -> Arms {
    if !matches!(input.data, Data::Enum(_)) {
        errors.at(&input.ident, "`ErrorClass` is derived for an enum: one variant per class");
    }
    let is_enum = matches!(input.data, Data::Enum(_));
    for attribute in input.attrs.iter().filter(|attribute| is_enum && attribute.path().is_ident("status")) {
        errors.at(attribute, "a status is that of a variant: put this on one");
    }
    let mut arms = Arms::default();
    for variant in variants(input) {
        read_variant(variant, &mut arms, errors);
    }
    arms
}

fn read_variant(variant: &Variant, arms: &mut Arms, errors: &mut Errors) {
    if !matches!(variant.fields, Fields::Unit) {
        errors.at(&variant.fields, "a class has no fields: the error itself keeps the status and the body");
        return;
    }
    arms.read(variant, &RANGE, errors);
}
