//! `#[derive(OpenEnum)]`: an enum of texts that keeps unknown texts.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{
    Attribute, Data, DataEnum, DeriveInput, Field, Fields, Ident, Path, Type, Variant, parse_quote,
};

use super::texts::{TextUse, Texts};
use crate::errors::Errors;
use crate::syntax::case::Case;
use crate::syntax::options::{self, OptionSpec, Options, Syntax};
use crate::syntax::span::at;

const OF_ENUM: [OptionSpec; 2] = [
    OptionSpec { name: "rename_all", syntax: Syntax::Value("rename_all = \"snake_case\"") },
    OptionSpec { name: "crate", syntax: Syntax::Value("crate = my::path") },
];

const OF_VARIANT: [OptionSpec; 1] =
    [OptionSpec { name: "rename", syntax: Syntax::Value("rename = \"on-hold\"") }];

const TEXTS: TextUse = TextUse { phrase: "sent as", attribute: "open_enum" };

/// The variants of a sound enum.
#[derive(Default)]
struct TextTable {
    known: Vec<KnownText>,
    unknown: Option<(Ident, Type)>,
}

/// A known value: its variant and its text.
struct KnownText {
    variant: Ident,
    text: String,
}

/// ```text
/// #[derive(OpenEnum)]
/// enum State { Open, Unknown(String) }
///
/// impl State { fn as_str(&self) -> &str { match self { Self::Open => "Open", Self::Unknown(text) => text } } }
/// impl From<&str> for State     and From<String>, FromStr, AsRef<str>, Display, Serialize, Deserialize
/// ```
///
/// An enum with a mistake gets all of this too, without content, so that its uses do not produce
/// follow-up errors.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let example = "rename_all = \"snake_case\"";
    let options = options::from_attribute(
        &input.attrs,
        "open_enum",
        &OF_ENUM,
        "an open enum",
        example,
        &mut errors,
    );
    let root = options.root(&mut errors);
    let values = read(&input, &options, &mut errors);
    let values = values.filter(|_| errors.count() == 0);
    let conversions = conversions(&input, &root, values.as_ref());
    let formats = formats(&input, &root);
    let errors = errors.into_tokens();
    quote!(#conversions #formats #errors)
}

fn ours(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    options::named(attributes, "open_enum")
}

/// Reads the variants. Returns `None` if the item is not an enum.
fn read(input: &DeriveInput, options: &Options, errors: &mut Errors) -> Option<TextTable> {
    let Data::Enum(data) = &input.data else {
        errors.at(&input.ident, "`OpenEnum` is derived for an enum: one variant per known value");
        return None;
    };
    if let Some(parameter) = input.generics.params.first() {
        errors
            .at(parameter, "an open enum has no parameters, since it holds only text: remove this");
    }
    let case = Case::from_options(options, errors);
    let (mut values, mut texts) = (TextTable::default(), Texts::default());
    for variant in &data.variants {
        values.read_variant(variant, case, &mut texts, errors);
    }
    check_unknown(input, data, errors);
    Some(values)
}

/// Reports an enum without a variant for unknown values.
fn check_unknown(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) {
    let name = input.ident.unraw();
    if data.variants.is_empty() {
        errors.at(
            &input.ident,
            format!(
                "`{name}` has no variants: add one per known value, and `Unknown(String)` for all others"
            ),
        );
    } else if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) {
        errors.at(
            &input.ident,
            format!("`{name}` has no variant for unknown values: add `Unknown(String)`"),
        );
    }
}

impl TextTable {
    fn read_variant(
        &mut self,
        variant: &Variant,
        case: Option<&Case>,
        texts: &mut Texts,
        errors: &mut Errors,
    ) {
        for attribute in variant.fields.iter().flat_map(|field| ours(&field.attrs)) {
            errors.at(
                attribute,
                "`#[open_enum]` belongs on the enum or on a variant: remove it here",
            );
        }
        match &variant.fields {
            Fields::Unit => self.read_known(variant, case, texts, errors),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                self.read_unknown(variant, &fields.unnamed[0], errors);
            }
            fields => errors.at(
                fields,
                "a known value is a variant without fields; the variant for all others has one, `Unknown(String)`",
            ),
        }
    }

    fn read_known(
        &mut self,
        variant: &Variant,
        case: Option<&Case>,
        texts: &mut Texts,
        errors: &mut Errors,
    ) {
        let example = "rename = \"…\"";
        let options = options::from_attribute(
            &variant.attrs,
            "open_enum",
            &OF_VARIANT,
            "a variant",
            example,
            errors,
        );
        let rename = options.text("rename", errors);
        let text = texts.read(variant, rename.as_ref(), case, TEXTS, errors);
        self.known.push(KnownText { variant: variant.ident.clone(), text });
    }

    fn read_unknown(&mut self, variant: &Variant, field: &Field, errors: &mut Errors) {
        let name = variant.ident.unraw();
        if let Some(attribute) = ours(&variant.attrs).next() {
            errors.at(
                attribute,
                format!("`{name}` is sent as the text that it holds: remove this attribute"),
            );
        }
        match &self.unknown {
            Some((first, _)) => errors.at(
                &variant.ident,
                format!(
                    "a second variant for unknown values, beside `{}`: remove it, or its field",
                    first.unraw()
                ),
            ),
            None => self.unknown = Some((variant.ident.clone(), field.ty.clone())),
        }
    }
}

/// Prints the conversions between values and texts.
fn conversions(input: &DeriveInput, root: &Path, values: Option<&TextTable>) -> TokenStream {
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

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
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
fn texts(root: &Path, values: Option<&TextTable>) -> TokenStream {
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
fn variants(root: &Path, values: Option<&TextTable>, owned: &TokenStream) -> TokenStream {
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

/// Prints `Display`, `Serialize` and `Deserialize`.
fn formats(input: &DeriveInput, root: &Path) -> TokenStream {
    let ident = &input.ident;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let mut generics = input.generics.clone();
    // serde uses the same name. If implementations differ in it, rustc lists all of them in its
    // errors.
    generics.params.insert(0, parse_quote!('de));
    let (de_generics, _, _) = generics.split_for_impl();
    let serde = quote!(#root::__private::serde);
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Display for #ident #type_generics #where_clause {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(Self::as_str(self), f)
            }
        }

        #[automatically_derived]
        impl #impl_generics #serde::Serialize for #ident #type_generics #where_clause {
            fn serialize<__S: #serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #serde::Serializer::serialize_str(serializer, Self::as_str(self))
            }
        }

        #[automatically_derived]
        impl #de_generics #serde::Deserialize<'de> for #ident #type_generics #where_clause {
            fn deserialize<__D: #serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                #root::__private::read_text(deserializer)
            }
        }
    }
}
