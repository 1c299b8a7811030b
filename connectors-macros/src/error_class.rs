//! `#[derive(ErrorClass)]`: an enum of statuses.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitInt, Path, Token, Variant, parse_quote};

use crate::errors::Errors;
use crate::options::{Form, Known, Options};

const OPTIONS: [Known; 1] = [Known { name: "crate", form: Form::Value("crate = my::path") }];

/// What stands in `#[status(..)]`.
enum Status {
    Code(LitInt),
    Other(Ident),
}

impl Parse for Status {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(LitInt) {
            return input.parse().map(Self::Code);
        }
        match input.parse::<Ident>() {
            Ok(other) if other == "other" => Ok(Self::Other(other)),
            Ok(ident) => {
                Err(syn::Error::new(ident.span(), "a status is a number, or `other` for all the rest"))
            }
            Err(error) => {
                Err(syn::Error::new(error.span(), "a status is a number, or `other` for all the rest"))
            }
        }
    }
}

/// The arms of the generated match, in order.
#[derive(Default)]
struct Arms {
    codes: Vec<(u16, Ident)>,
    other: Option<Ident>,
}

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
    let root = root(&input.attrs, &mut errors);
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

fn root(attributes: &[Attribute], errors: &mut Errors) -> Path {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("error_class"));
    let options = attribute.map_or_else(|| Ok(Options::default()), Attribute::parse_args::<Options>);
    match options {
        Ok(options) => options.check(&OPTIONS, "`error_class`", errors).path("crate", errors),
        Err(error) => {
            errors.push(error);
            None
        }
    }
    .unwrap_or_else(|| parse_quote!(::connectors_client))
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
    let mut named = false;
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("status")) {
        named = true;
        let statuses = attribute.parse_args_with(Punctuated::<Status, Token![,]>::parse_terminated);
        match statuses {
            Ok(statuses) if statuses.is_empty() => {
                errors.at(attribute, "the statuses are missing, or not in brackets: write `#[status(404)]`");
            }
            Ok(statuses) => statuses.iter().for_each(|status| read_status(status, variant, arms, errors)),
            Err(_) if attribute.meta.require_list().is_err() => {
                errors.at(attribute, "the statuses are missing, or not in brackets: write `#[status(404)]`");
            }
            Err(error) => errors.push(error),
        }
    }
    if !named {
        errors.at(
            &variant.ident,
            format!(
                "`{}` has no status: add `#[status(404)]`, or `#[status(other)]` for all the rest",
                variant.ident
            ),
        );
    }
}

fn read_status(status: &Status, variant: &Variant, arms: &mut Arms, errors: &mut Errors) {
    match status {
        Status::Other(other) => match arms.other {
            Some(_) => errors.at(other, "a second `other`: it stands for all the rest"),
            None => arms.other = Some(variant.ident.clone()),
        },
        Status::Code(literal) => match literal.base10_parse::<u16>() {
            Ok(code @ 300..=999) => match arms.codes.iter().find(|(earlier, _)| *earlier == code) {
                Some((_, earlier)) => errors.at(literal, format!("the status {code} is `{earlier}` already")),
                None => arms.codes.push((code, variant.ident.clone())),
            },
            _ => errors.at(
                literal,
                format!("`{}` is no error status: these are 300 to 999", literal.to_token_stream()),
            ),
        },
    }
}
