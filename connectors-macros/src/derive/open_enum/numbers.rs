//! Enums of numbers.

use std::ops::RangeInclusive;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{DeriveInput, Expr, ExprLit, ExprUnary, Ident, Lit, Path, Type, UnOp, parse_quote};

use super::{Formats, Variants, ours};
use crate::errors::Errors;
use crate::syntax::options::Options;

/// The variants of a sound enum.
struct NumberTable<'a> {
    known: Vec<(&'a Ident, Literal)>,
    unknown: &'a Ident,
}

/// ```text
/// #[derive(OpenEnum)]
/// enum Level { #[open_enum(number = 1)] Low, Unknown(i64) }
///
/// impl Level { fn as_number(&self) -> i64 { match self { Self::Low => 1, Self::Unknown(number) => *number } } }
/// impl From<i64> for Level     and From<Level> for i64, FromStr, Display, Serialize, Deserialize
/// ```
pub(super) fn expand(
    input: &DeriveInput,
    options: &Options,
    root: &Path,
    variants: Option<Variants<'_>>,
    errors: &mut Errors,
) -> TokenStream {
    if let Some(name) = options.name("rename_all") {
        errors.at(name, "an enum of numbers has no texts to rename: remove this");
    }
    let number = variants.as_ref().and_then(|variants| integer(variants, errors));
    let values = variants.and_then(|variants| {
        let range = number.as_ref().map_or(i128::MIN..=i128::MAX, |(_, range)| range.clone());
        Some(NumberTable { known: known(&variants, &range, errors), unknown: variants.unknown?.0 })
    });
    let values = values.filter(|_| errors.count() == 0);
    let ty = number.map_or_else(|| parse_quote!(i64), |(ty, _)| ty.clone());
    let conversions = conversions(input, &ty, values.as_ref());
    let serde = quote!(#root::__private::serde);
    let formats = Formats {
        shown: quote!(&Self::as_number(self)),
        written: quote!(#serde::Serialize::serialize(&Self::as_number(self), serializer)),
        read: quote! {
            let number = <#ty as #serde::Deserialize<'de>>::deserialize(deserializer);
            ::core::result::Result::map(number, <Self as ::core::convert::From<#ty>>::from)
        },
    };
    let formats = formats.print(input, root);
    quote!(#conversions #formats)
}

/// Returns the type of the numbers, which the variant for unknown values holds, and its values.
fn integer<'a>(
    variants: &Variants<'a>,
    errors: &mut Errors,
) -> Option<(&'a Type, RangeInclusive<i128>)> {
    let (_, ty) = variants.unknown?;
    let name = match ty {
        Type::Path(path) => path.path.get_ident().map(Ident::to_string).unwrap_or_default(),
        _ => String::new(),
    };
    let range = match name.as_str() {
        "i8" => i8::MIN.into()..=i8::MAX.into(),
        "i16" => i16::MIN.into()..=i16::MAX.into(),
        "i32" => i32::MIN.into()..=i32::MAX.into(),
        "i64" => i64::MIN.into()..=i64::MAX.into(),
        "u8" => 0..=u8::MAX.into(),
        "u16" => 0..=u16::MAX.into(),
        "u32" => 0..=u32::MAX.into(),
        "u64" => 0..=u64::MAX.into(),
        _ => {
            errors.at(ty, "this variant keeps unknown numbers: write `i64` here, or another integer type of up to 64 bits");
            return None;
        }
    };
    Some((ty, range))
}

/// Returns the numbers of the known values.
fn known<'a>(
    variants: &Variants<'a>,
    range: &RangeInclusive<i128>,
    errors: &mut Errors,
) -> Vec<(&'a Ident, Literal)> {
    let mut seen: Vec<(i128, &Ident)> = Vec::new();
    let mut found = Vec::new();
    for (variant, options) in &variants.known {
        let name = variant.ident.unraw();
        if let Some(rename) = options.name("rename") {
            let way_out = match options.value("number") {
                Some(_) => "remove its `rename`",
                None => "write `number = …` instead of `rename`",
            };
            errors.at(rename, format!("`{name}` is sent as a number: {way_out}"));
        }
        let Some(written) = options.value("number") else {
            // Otherwise another error tells what is wrong in the attribute.
            if ours(&variant.attrs).next().is_none() {
                let mistake = format!(
                    "`{name}` has no number, and other variants have one: add `#[open_enum(number = …)]`"
                );
                errors.at(&variant.ident, mistake);
            }
            continue;
        };
        let Some(number) = number(written) else {
            errors.at(written, "`number` is an integer: write `number = 1`");
            continue;
        };
        if !range.contains(&number) {
            let (start, end) = (range.start(), range.end());
            errors.at(written, format!("the variant for unknown values holds {start} to {end}: take a type there that has `{number}`"));
        }
        if let Some((_, other)) = seen.iter().find(|(own, _)| *own == number) {
            errors.at(
                written,
                format!("`{}` and `{name}` are both sent as `{number}`: remove one", other.unraw()),
            );
        }
        seen.push((number, &variant.ident));
        found.push((&variant.ident, Literal::i128_unsuffixed(number)));
    }
    found
}

/// Returns the number of an integer literal, with or without a sign.
fn number(written: &Expr) -> Option<i128> {
    match written {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
            number.suffix().is_empty().then(|| number.base10_parse().ok())?
        }
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => number(expr)?.checked_neg(),
        Expr::Group(group) => number(&group.expr),
        _ => None,
    }
}

/// Prints the conversions between values and numbers.
fn conversions(input: &DeriveInput, ty: &Type, values: Option<&NumberTable<'_>>) -> TokenStream {
    let (ident, vis) = (&input.ident, &input.vis);
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let unsound = || quote!(_ => ::core::unreachable!());
    let numbers = values.map_or_else(unsound, |NumberTable { known, unknown }| {
        let known = known.iter().map(|(variant, number)| quote!(Self::#variant => #number,));
        quote!(#(#known)* Self::#unknown(number) => *number,)
    });
    let variants = values.map_or_else(unsound, |NumberTable { known, unknown }| {
        let known = known.iter().map(|(variant, number)| quote!(#number => Self::#variant,));
        quote!(#(#known)* _ => Self::#unknown(number),)
    });
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #ident #type_generics #where_clause {
            /// Returns the number of this value, as it is sent and received.
            #[must_use]
            #vis fn as_number(&self) -> #ty {
                match self { #numbers }
            }
        }

        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics ::core::convert::From<#ty> for #ident #type_generics #where_clause {
            fn from(number: #ty) -> Self {
                match number { #variants }
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::convert::From<#ident #type_generics> for #ty #where_clause {
            fn from(value: #ident #type_generics) -> Self {
                #ident::as_number(&value)
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::str::FromStr for #ident #type_generics #where_clause {
            type Err = ::core::num::ParseIntError;

            // Not `Self::Err`, which can be a variant.
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::num::ParseIntError> {
                let number = <#ty as ::core::str::FromStr>::from_str(text);
                ::core::result::Result::map(number, <Self as ::core::convert::From<#ty>>::from)
            }
        }
    }
}
