//! `#[derive(ErrorClass)]`: an enum of statuses.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitInt, Path, Token, Type, Variant, parse_quote};

use crate::arg::{self, Presence};
use crate::errors::Errors;
use crate::options::{Form, Known, Options};
use crate::signature::{borrows, owned};

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
    codes: Vec<(u16, Class)>,
    other: Option<Class>,
}

/// A variant, and the type of the body that it carries.
#[derive(Clone)]
struct Class {
    variant: Ident,
    body: Option<Type>,
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
    let root = root(&input.attrs, &mut errors);
    let arms = read(&input, &mut errors);
    let ident = &input.ident;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let of_status = arms.expand(|_| quote!(::core::option::Option::None));
    let from_reply = from_reply(&arms, &root);
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

/// The method that reads bodies, if a variant carries one.
fn from_reply(arms: &Arms, root: &Path) -> Option<TokenStream> {
    if !arms.classes().any(|class| class.body.is_some()) {
        return None;
    }
    let of_reply = arms.expand(|body| {
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

impl Arms {
    fn classes(&self) -> impl Iterator<Item = &Class> {
        self.codes.iter().map(|(_, class)| class).chain(&self.other)
    }

    /// The arms, with an expression per type of a body.
    fn expand(&self, body: impl Fn(&Type) -> TokenStream) -> TokenStream {
        let value = |class: &Class| {
            let (variant, body) = (&class.variant, class.body.as_ref().map(&body));
            let body = body.map(|body| quote!((#body)));
            quote!(::core::option::Option::Some(Self::#variant #body))
        };
        let codes = self.codes.iter().map(|(code, class)| {
            let value = value(class);
            quote!(#code => #value,)
        });
        let rest = self.other.as_ref().map_or_else(|| quote!(::core::option::Option::None), value);
        quote!(#(#codes)* _ => #rest)
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
    check_fields(variant, errors);
    let class = match body(variant) {
        Ok(body) => Class { variant: variant.ident.clone(), body },
        Err(error) => return errors.push(error),
    };
    let mut named = false;
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("status")) {
        named = true;
        let statuses = attribute.parse_args_with(Punctuated::<Status, Token![,]>::parse_terminated);
        match statuses {
            Ok(statuses) if statuses.is_empty() => {
                errors.at(attribute, "the statuses are missing, or not in brackets: write `#[status(404)]`");
            }
            Ok(statuses) => statuses.iter().for_each(|status| read_status(status, &class, arms, errors)),
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

/// A status is that of a variant, not of its field.
fn check_fields(variant: &Variant, errors: &mut Errors) {
    for attribute in variant.fields.iter().flat_map(|field| &field.attrs) {
        if attribute.path().is_ident("status") {
            errors.at(attribute, "a status is that of a variant: put this on one");
        }
    }
}

/// The type of the body that a variant carries.
fn body(variant: &Variant) -> syn::Result<Option<Type>> {
    match &variant.fields {
        Fields::Unit => Ok(None),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => body_of(&fields.unnamed[0].ty).map(Some),
        fields => {
            let name = variant.ident.unraw();
            let mistake = format!(
                "a class has no fields, or one for its body: write `{name}` or `{name}(Option<Body>)`"
            );
            Err(syn::Error::new_spanned(fields, mistake))
        }
    }
}

/// What is in the `Option` of a body.
fn body_of(field: &Type) -> syn::Result<Type> {
    match arg::presence(field) {
        (Presence::Optional, body) if borrows(body.to_token_stream()) => {
            let mistake = format!("a body cannot borrow: write an owned type{}", owned(arg::peeled(&body)));
            Err(syn::Error::new_spanned(body, mistake))
        }
        (Presence::Optional, body) => Ok(body),
        // An alias, whose type rustc infers, or a mistake that rustc explains.
        _ if is_option(field) => Ok(parse_quote!(_)),
        (_, body) => {
            let mistake = format!("a body may not fit its type: write `Option<{}>`", arg::shown(&body));
            Err(syn::Error::new_spanned(field, mistake))
        }
    }
}

/// Whether a type is called `Option`, whatever its arguments are.
fn is_option(ty: &Type) -> bool {
    match arg::peeled(ty) {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
        _ => false,
    }
}

fn read_status(status: &Status, class: &Class, arms: &mut Arms, errors: &mut Errors) {
    match status {
        Status::Other(other) => match arms.other {
            Some(_) => errors.at(other, "a second `other`: it stands for all the rest"),
            None => arms.other = Some(class.clone()),
        },
        Status::Code(literal) => match literal.base10_parse::<u16>() {
            Ok(code @ 300..=999) => match arms.codes.iter().find(|(earlier, _)| *earlier == code) {
                Some((_, earlier)) => {
                    errors.at(literal, format!("the status {code} is `{}` already", earlier.variant));
                }
                None => arms.codes.push((code, class.clone())),
            },
            _ => errors.at(
                literal,
                format!("`{}` is no error status: these are 300 to 999", literal.to_token_stream()),
            ),
        },
    }
}
