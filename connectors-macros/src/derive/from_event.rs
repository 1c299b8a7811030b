//! `#[derive(FromEvent)]`: an enum of server-sent events, told apart by their names.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, Data, DeriveInput, LitStr, Path, Token, Type, Variant, WhereClause, parse_quote,
};

use super::payload::{self, Payload};
use crate::errors::Errors;
use crate::syntax::options;
use crate::syntax::rust_type::is_generic;
use crate::syntax::span::at;

const EXAMPLE: &str = "`#[event(\"progress\")]`";

const A_NAME: &str = "the name of an event is in quotes, or `other` for every other event";

/// The arms of the generated match, in order.
#[derive(Default)]
struct EventArms {
    named: Vec<EventArm>,
    other: Option<(Ident, Payload)>,
}

/// A variant and its names.
struct EventArm {
    variant: Ident,
    names: Vec<String>,
    payload: Payload,
}

/// One entry of `#[event(..)]`.
enum EventName {
    Text(LitStr),
    Other(Ident),
}

/// All entries of `#[event(..)]`.
struct EventNames(Vec<EventName>);

impl Parse for EventNames {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut names = Vec::new();
        while !input.is_empty() {
            names.push(input.parse()?);
            if !input.is_empty() && input.parse::<Token![,]>().is_err() {
                return Err(input.error("a comma is missing before this"));
            }
        }
        Ok(Self(names))
    }
}

impl Parse for EventName {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Self::Text);
        }
        match input.parse::<Ident>() {
            Ok(other) if other == "other" => Ok(Self::Other(other)),
            Ok(ident) => Err(syn::Error::new(ident.span(), A_NAME)),
            Err(error) => Err(syn::Error::new(error.span(), A_NAME)),
        }
    }
}

/// ```text
/// #[derive(FromEvent)]
/// enum Progress { #[event("started")] Started(Started), #[event("tick", "tock")] Tick, #[event(other)] Other(ServerSentEvent) }
///
/// impl FromEvent for Progress {
///     fn from_event(event: &ServerSentEvent) -> Result<Self, _> {
///         match event.name() {
///             "started" => EventPayload::decode(event).map(Self::Started),
///             "tick" | "tock" => Ok(Self::Tick),
///             _ => EventPayload::decode(event).map(Self::Other),
///         }
///     }
/// }
/// ```
///
/// An enum with a mistake gets it too, without content, so that its uses do not produce follow-up
/// errors.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let root = options::root(&input.attrs, "from_event", &mut errors);
    let arms = read(&input, &mut errors);
    let is_sound = errors.count() == 0;
    let body = if is_sound { arms.expand(&root) } else { quote!(::core::unreachable!()) };
    let ident = &input.ident;
    let (impl_generics, type_generics, _) = input.generics.split_for_impl();
    let where_clause = bounded(&input, &arms, &root);
    let errors = errors.into_tokens();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #root::FromEvent for #ident #type_generics #where_clause {
            fn from_event(
                event: &#root::ServerSentEvent,
            ) -> ::core::result::Result<Self, #root::__private::JsonError> {
                #body
            }
        }
        #errors
    }
}

fn ours(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("event"))
}

fn read(input: &DeriveInput, errors: &mut Errors) -> EventArms {
    let mut arms = EventArms::default();
    let Data::Enum(data) = &input.data else {
        errors.at(
            &input.ident,
            "`FromEvent` is derived for an enum with a variant per event: the data of one event is read by \
             `serde::Deserialize`",
        );
        return arms;
    };
    for attribute in ours(&input.attrs) {
        errors.at(attribute, "an event belongs on a variant: move it there");
    }
    if data.variants.is_empty() {
        let mistake = "an enum without variants reads no event: add one, such as `#[event(\"progress\")] Progress(T)`";
        errors.at(&input.ident, mistake);
    }
    for variant in &data.variants {
        arms.read(variant, errors);
    }
    arms
}

impl EventArms {
    fn read(&mut self, variant: &Variant, errors: &mut Errors) {
        for attribute in variant.fields.iter().flat_map(|field| ours(&field.attrs)) {
            errors.at(attribute, "`#[event]` belongs on a variant: remove it here");
        }
        let payload = payload::read(variant, errors);
        let mut names = Vec::new();
        for name in given(variant, errors) {
            match name {
                EventName::Other(other) => match &self.other {
                    Some((first, _)) => {
                        let mistake =
                            format!("duplicate `other`, beside `{}`: remove one", first.unraw());
                        errors.at(&other, mistake);
                    }
                    None => self.other = Some((variant.ident.clone(), payload.clone())),
                },
                EventName::Text(name) => {
                    self.check(&name, variant, &names, errors);
                    names.push(name.value());
                }
            }
        }
        if !names.is_empty() {
            self.named.push(EventArm { variant: variant.ident.clone(), names, payload });
        }
    }

    /// Reports a name that no event can have, or that another variant has.
    fn check(&self, name: &LitStr, variant: &Variant, of_variant: &[String], errors: &mut Errors) {
        let text = name.value();
        let earlier =
            self.named.iter().find(|arm| arm.names.contains(&text)).map(|arm| &arm.variant);
        let earlier = earlier.or_else(|| of_variant.contains(&text).then_some(&variant.ident));
        if let Some(earlier) = earlier {
            let (text, earlier) = (text.escape_debug(), earlier.unraw());
            errors.at(
                name,
                format!("duplicate event `{text}`, which selects `{earlier}`: remove one"),
            );
        } else if text.is_empty() {
            errors.at(name, "an event without a name is called `message`: write that");
        } else if text.contains(['\r', '\n']) {
            errors.at(name, "the name of an event is one line: remove the line break");
        }
    }

    fn expand(&self, root: &Path) -> TokenStream {
        let named = self.named.iter().map(|EventArm { variant, names, payload }| {
            let value = value(variant, payload.as_ref(), root);
            quote!(#(#names)|* => #value,)
        });
        let other = self.other.as_ref().map_or_else(
            || quote!(::core::result::Result::Err(#root::__private::unknown_event(event))),
            |(variant, payload)| value(variant, payload.as_ref(), root),
        );
        quote! {
            match #root::ServerSentEvent::name(event) {
                #(#named)*
                _ => #other,
            }
        }
    }

    fn payloads(&self) -> impl Iterator<Item = &Type> {
        let other = self.other.iter().filter_map(|(_, payload)| payload.as_ref());
        self.named.iter().filter_map(|arm| arm.payload.as_ref()).chain(other)
    }
}

/// Reads the names of a variant, and reports a variant without one.
fn given(variant: &Variant, errors: &mut Errors) -> Vec<EventName> {
    let mut names = Vec::new();
    for attribute in ours(&variant.attrs) {
        let missing = format!("the names are missing, or not in parentheses: write {EXAMPLE}");
        match attribute.parse_args::<EventNames>() {
            Ok(EventNames(given)) if given.is_empty() => errors.at(attribute, missing),
            Ok(EventNames(given)) => names.extend(given),
            Err(_) if attribute.meta.require_list().is_err() => errors.at(attribute, missing),
            Err(error) => errors.push(error),
        }
    }
    if ours(&variant.attrs).next().is_none() {
        let name = variant.ident.unraw();
        let mistake = format!(
            "`{name}` has no event: add {EXAMPLE}, or `#[event(other)]` for every other event"
        );
        errors.at(&variant.ident, mistake);
    }
    names
}

fn value(variant: &Ident, payload: Option<&Type>, root: &Path) -> TokenStream {
    let Some(ty) = payload else { return quote!(::core::result::Result::Ok(Self::#variant)) };
    let read = quote_spanned!(at(ty)=> <#ty as #root::__private::EventPayload>::decode(event));
    quote!(#read.map(Self::#variant))
}

/// Returns the bounds of the enum, and those that its parameters need.
fn bounded(input: &DeriveInput, arms: &EventArms, root: &Path) -> Option<WhereClause> {
    let mut clause = input.generics.where_clause.clone();
    for ty in arms.payloads().filter(|ty| is_generic(ty, &input.generics)) {
        let clause = clause.get_or_insert_with(|| parse_quote!(where));
        clause.predicates.push(parse_quote!(#ty: #root::FromEvent));
    }
    clause
}
