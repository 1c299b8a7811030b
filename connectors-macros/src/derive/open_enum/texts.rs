//! Enums of texts.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Ident, Path, Type};

use super::{Formats, Variants};
use crate::derive::texts::{TextUse, Texts};
use crate::errors::Errors;
use crate::syntax::case::Case;
use crate::syntax::options::Options;
use crate::syntax::span::at;

const TEXTS: TextUse = TextUse { phrase: "sent as", attribute: "open_enum" };

/// The variants of a sound enum.
struct TextTable<'a> {
    known: Vec<KnownText<'a>>,
    unknown: Option<(&'a Ident, &'a Type)>,
}

/// A known value: its variant and its text.
struct KnownText<'a> {
    variant: &'a Ident,
    text: String,
}

pub(super) fn expand(
    input: &DeriveInput,
    options: &Options,
    root: &Path,
    variants: Option<Variants<'_>>,
    errors: &mut Errors,
) -> TokenStream {
    let case = Case::from_options(options, errors);
    let mut texts = Texts::default();
    let values = variants.map(|Variants { known, unknown }| {
        let known = known.into_iter().map(|(variant, options)| {
            let rename = options.text("rename", errors);
            let text = texts.read(variant, rename.as_ref(), case, TEXTS, errors);
            KnownText { variant: &variant.ident, text }
        });
        TextTable { known: known.collect(), unknown }
    });
    let values = values.filter(|_| errors.count() == 0);
    let conversions = conversions(input, root, values.as_ref());
    let serde = quote!(#root::__private::serde);
    let formats = Formats {
        shown: quote!(Self::as_str(self)),
        written: quote!(#serde::Serializer::serialize_str(serializer, Self::as_str(self))),
        read: quote!(#root::__private::read_text(deserializer)),
    };
    let formats = formats.print(input, root);
    quote!(#conversions #formats)
}

/// Prints the conversions between values and texts.
fn conversions(input: &DeriveInput, root: &Path, values: Option<&TextTable<'_>>) -> TokenStream {
    let (ident, vis) = (&input.ident, &input.vis);
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let texts = texts(root, values);
    let of_str = variants(root, values, &quote!(::std::string::String::from(text)));
    let of_string = variants(root, values, &quote!(text));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #ident #type_generics #where_clause {
            /// Returns the text of this value, as it is sent and received.
            #[must_use]
            #vis fn as_str(&self) -> &str {
                match self { #texts }
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::convert::From<&str> for #ident #type_generics #where_clause {
            fn from(text: &str) -> Self {
                match text { #of_str }
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::convert::From<::std::string::String> for #ident #type_generics #where_clause {
            fn from(text: ::std::string::String) -> Self {
                match ::std::string::String::as_str(&text) { #of_string }
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::str::FromStr for #ident #type_generics #where_clause {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`, which can be a variant.
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as ::core::convert::From<&str>>::from(text))
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::convert::AsRef<str> for #ident #type_generics #where_clause {
            fn as_ref(&self) -> &str {
                Self::as_str(self)
            }
        }
    }
}

/// Prints `Self::Open => "open", Self::Unknown(text) => UnknownText::text(text),`.
fn texts(root: &Path, values: Option<&TextTable<'_>>) -> TokenStream {
    let Some(TextTable { known, unknown }) = values else {
        return quote!(_ => ::core::unreachable!());
    };
    let known = known.iter().map(|KnownText { variant, text }| quote!(Self::#variant => #text,));
    let unknown = unknown.iter().map(|(variant, ty)| {
        let text = quote_spanned!(at(ty)=> <#ty as #root::__private::UnknownText>::text(text));
        quote!(Self::#variant(text) => #text,)
    });
    quote!(#(#known)* #(#unknown)*)
}

/// Prints `"open" => Self::Open, _ => Self::Unknown(UnknownText::of(text)),`.
fn variants(root: &Path, values: Option<&TextTable<'_>>, owned: &TokenStream) -> TokenStream {
    let Some(TextTable { known, unknown }) = values else {
        return quote!(_ => ::core::unreachable!());
    };
    let known = known.iter().map(|KnownText { variant, text }| quote!(#text => Self::#variant,));
    let unknown = unknown.iter().map(|(variant, ty)| {
        let value = quote_spanned!(at(ty)=> <#ty as #root::__private::UnknownText>::of(#owned));
        quote!(_ => Self::#variant(#value),)
    });
    quote!(#(#known)* #(#unknown)*)
}
