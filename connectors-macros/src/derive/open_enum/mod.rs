//! `#[derive(OpenEnum)]`: an enum of texts or numbers that keeps unknown ones.

mod numbers;
mod texts;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{
    Attribute, Data, DataEnum, DeriveInput, Field, Fields, Ident, Path, Type, Variant, parse_quote,
};

use crate::errors::Errors;
use crate::syntax::options::{self, OptionSpec, Options, Syntax};

const OF_ENUM: [OptionSpec; 2] = [
    OptionSpec { name: "rename_all", syntax: Syntax::Value("rename_all = \"snake_case\"") },
    OptionSpec { name: "crate", syntax: Syntax::Value("crate = my::path") },
];

const OF_VARIANT: [OptionSpec; 2] = [
    OptionSpec { name: "rename", syntax: Syntax::Value("rename = \"on-hold\"") },
    OptionSpec { name: "number", syntax: Syntax::Value("number = 1") },
];

/// The variants of an enum.
#[derive(Default)]
struct Variants<'a> {
    known: Vec<(&'a Variant, Options)>,
    unknown: Option<(&'a Ident, &'a Type)>,
}

/// ```text
/// #[derive(OpenEnum)]
/// enum State { Open, Unknown(String) }
///
/// impl State { fn as_str(&self) -> &str { match self { Self::Open => "Open", Self::Unknown(text) => text } } }
/// impl From<&str> for State     and From<String>, FromStr, AsRef<str>, Display, Serialize, Deserialize
/// ```
///
/// If a variant has a `number`, it is an enum of numbers. An enum with a mistake gets all of this too,
/// without content, so that its uses do not produce follow-up errors.
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
    let variants = read(&input, &mut errors);
    let expanded = if variants.as_ref().is_some_and(Variants::are_numbers) {
        numbers::expand(&input, &options, &root, variants, &mut errors)
    } else {
        texts::expand(&input, &options, &root, variants, &mut errors)
    };
    let errors = errors.into_tokens();
    quote!(#expanded #errors)
}

fn ours(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    options::named(attributes, "open_enum")
}

/// Reads the variants. Returns `None` if the item is not an enum.
fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Variants<'a>> {
    let Data::Enum(data) = &input.data else {
        errors.at(&input.ident, "`OpenEnum` is derived for an enum: one variant per known value");
        return None;
    };
    if let Some(parameter) = input.generics.params.first() {
        errors.at(
            parameter,
            "an open enum has no parameters, since it holds only text or numbers: remove this",
        );
    }
    let mut variants = Variants::default();
    for variant in &data.variants {
        variants.read_variant(variant, errors);
    }
    let of = if variants.are_numbers() { "i64" } else { "String" };
    check_unknown(input, data, of, errors);
    Some(variants)
}

/// Reports an enum without a variant for unknown values.
fn check_unknown(input: &DeriveInput, data: &DataEnum, of: &str, errors: &mut Errors) {
    let name = input.ident.unraw();
    if data.variants.is_empty() {
        errors.at(
            &input.ident,
            format!(
                "`{name}` has no variants: add one per known value, and `Unknown({of})` for all others"
            ),
        );
    } else if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) {
        errors.at(
            &input.ident,
            format!("`{name}` has no variant for unknown values: add `Unknown({of})`"),
        );
    }
}

impl<'a> Variants<'a> {
    fn are_numbers(&self) -> bool {
        self.known.iter().any(|(_, options)| options.name("number").is_some())
    }

    fn read_variant(&mut self, variant: &'a Variant, errors: &mut Errors) {
        for attribute in variant.fields.iter().flat_map(|field| ours(&field.attrs)) {
            errors.at(
                attribute,
                "`#[open_enum]` belongs on the enum or on a variant: remove it here",
            );
        }
        match &variant.fields {
            Fields::Unit => {
                let example = "rename = \"…\"";
                let options = options::from_attribute(
                    &variant.attrs,
                    "open_enum",
                    &OF_VARIANT,
                    "a variant",
                    example,
                    errors,
                );
                self.known.push((variant, options));
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                self.read_unknown(variant, &fields.unnamed[0], errors);
            }
            fields => errors.at(
                fields,
                "a known value is a variant without fields; the variant for all others has one, `Unknown(String)`",
            ),
        }
    }

    fn read_unknown(&mut self, variant: &'a Variant, field: &'a Field, errors: &mut Errors) {
        let name = variant.ident.unraw();
        if let Some(attribute) = ours(&variant.attrs).next() {
            errors.at(
                attribute,
                format!("`{name}` is sent as the value that it holds: remove this attribute"),
            );
        }
        match self.unknown {
            Some((first, _)) => errors.at(
                &variant.ident,
                format!(
                    "a second variant for unknown values, beside `{}`: remove it, or its field",
                    first.unraw()
                ),
            ),
            None => self.unknown = Some((&variant.ident, &field.ty)),
        }
    }
}

/// How the values of an enum are shown, written by serde's `serializer`, and read by its
/// `deserializer`.
struct Formats {
    shown: TokenStream,
    written: TokenStream,
    read: TokenStream,
}

impl Formats {
    /// Prints `Display`, `Serialize` and `Deserialize`.
    fn print(&self, input: &DeriveInput, root: &Path) -> TokenStream {
        let Self { shown, written, read } = self;
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
                    ::core::fmt::Display::fmt(#shown, f)
                }
            }

            #[automatically_derived]
            impl #impl_generics #serde::Serialize for #ident #type_generics #where_clause {
                fn serialize<__S: #serde::Serializer>(
                    &self,
                    serializer: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    #written
                }
            }

            #[automatically_derived]
            impl #de_generics #serde::Deserialize<'de> for #ident #type_generics #where_clause {
                fn deserialize<__D: #serde::Deserializer<'de>>(
                    deserializer: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    #read
                }
            }
        }
    }
}
