//! The object-safe companion of a trait: hidden methods that box their futures. Trait objects
//! forward to them.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::ext::IdentExt as _;
use syn::{
    GenericArgument, GenericParam, Ident, Lifetime, Path, PathArguments, ReceiverKind, ReturnType,
    Signature, TraitItem, TraitItemFn, Type, TypeParamBound, parse_quote,
};

use super::{ClientNames, carried_undocumented, conditions, default_method, lifetimes};
use crate::model::ApiDef;
use crate::syntax::rust_type::{any, is_word, unnameable};

/// ```text
/// #[api_client(dyn_compatible)]
/// pub trait Connectors { async fn get(&self, id: &str) -> X; fn name(&self) -> &str { "" } }
///
/// pub trait DynConnectors: Send + Sync {
///     fn __dyn_get<'__0, '__1, '__a>(&'__0 self, id: &'__1 str) -> Pin<Box<dyn Future<Output = Result<X, Error>> + Send + '__a>>
///     where '__0: '__a, '__1: '__a;
///     fn __dyn_name(&self) -> &str;
/// }
/// impl<__T: Connectors> DynConnectors for __T { .. Box::pin(<Self as Connectors>::get(self, id)) .. }
/// impl Connectors for dyn DynConnectors + '_ { .. <Self as DynConnectors>::__dyn_get(self, id).await .. }
/// ```
///
/// The methods have names that the trait does not have, so that a call is not ambiguous when both
/// traits are in scope.
pub(super) fn companion(api: &ApiDef, names: &ClientNames) -> TokenStream {
    let ClientNames { api: trait_name, dyn_trait, .. } = names;
    let (vis, supertraits) = (&api.item.vis, api.item.supertraits.iter());
    let where_clause = &api.item.generics.where_clause;
    let (undocumented, cfg) = (carried_undocumented(&api.item.attrs), conditions(&api.item.attrs));
    let methods: Vec<_> = methods(api).filter_map(ObjectMethod::new).collect();
    let declared = methods.iter().map(ObjectMethod::declared);
    let boxing = methods.iter().map(|method| method.boxing(trait_name));
    let forwarding = methods.iter().map(|method| method.forwarding(dyn_trait));
    let doc = format!(
        "Object-safe companion of [`{0}`]. Every implementation of [`{0}`] is a `dyn {dyn_trait}`, and a reference, \
         `Arc` or `Box` of one implements [`{0}`].",
        trait_name.unraw()
    );
    quote! {
        #[doc = #doc]
        #(#undocumented)*
        #[allow(
            dead_code, deprecated, non_camel_case_types, non_snake_case, single_use_lifetimes, unused_lifetimes,
            clippy::multiple_bound_locations, clippy::needless_lifetimes, clippy::too_many_arguments,
            clippy::type_complexity
        )]
        #vis trait #dyn_trait: #(#supertraits +)* ::core::marker::Send + ::core::marker::Sync #where_clause {
            #(#declared)*
        }

        #(#cfg)*
        #[allow(
            dead_code, deprecated, non_snake_case, single_use_lifetimes, unused_lifetimes,
            clippy::multiple_bound_locations, clippy::needless_lifetimes, clippy::type_complexity
        )]
        impl<__T: #trait_name> #dyn_trait for __T { #(#boxing)* }

        #(#cfg)*
        #[allow(dead_code, deprecated, non_snake_case, single_use_lifetimes, unused_lifetimes, clippy::needless_lifetimes)]
        impl #trait_name for dyn #dyn_trait + '_ { #(#forwarding)* }
    }
}

/// Returns the methods of the trait.
pub(super) fn methods(api: &ApiDef) -> impl Iterator<Item = &TraitItemFn> {
    api.item.items.iter().filter_map(|member| match member {
        TraitItem::Fn(method) => Some(method),
        _ => None,
    })
}

/// A method that can be called on a trait object.
struct ObjectMethod<'a> {
    of_trait: &'a TraitItemFn,
    /// Signature in the trait, with plain names as arguments.
    signature: Signature,
    names: Vec<Ident>,
    /// Output of the future, if the method returns one.
    output: Option<Type>,
}

impl<'a> ObjectMethod<'a> {
    /// Returns `None` if the method cannot be called on a trait object. It then keeps its default
    /// body.
    fn new(of_trait: &'a TraitItemFn) -> Option<Self> {
        let mut signature = of_trait.sig.clone();
        let output = future_output(&signature.output);
        let result = output.as_ref().or(match &signature.output {
            ReturnType::Type(_, ty) => Some(&**ty),
            ReturnType::Default => None,
        });
        let is_possible = is_by_reference(&signature)
            && !signature
                .generics
                .params
                .iter()
                .any(|param| !matches!(param, GenericParam::Lifetime(_)))
            && !mentions_self(&signature)
            && matches!(signature.safety, syn::Safety::Default)
            && signature.inputs.iter().all(|input| match input {
                syn::FnArg::Typed(arg) => unnameable(&arg.ty).is_none(),
                syn::FnArg::Receiver(_) => true,
            })
            && result.is_none_or(|ty| unnameable(ty).is_none());
        let names = default_method::plain_names(&mut signature);
        is_possible.then_some(Self { of_trait, signature, names, output })
    }

    /// Returns the name in the companion.
    fn hidden(&self) -> Ident {
        let ident = &self.signature.ident;
        format_ident!("__dyn_{}", ident.unraw(), span = ident.span())
    }

    /// Returns the signature in the companion. The future lives as long as all arguments.
    fn hidden_signature(&self) -> Signature {
        let mut signature = self.signature.clone();
        signature.ident = self.hidden();
        let Some(mut output) = self.output.clone() else { return signature };
        lifetimes::name(&mut signature, &mut output);
        let life = Lifetime::new("'__a", Span::mixed_site());
        let all: Vec<_> =
            signature.generics.lifetimes().map(|parameter| parameter.lifetime.clone()).collect();
        signature.generics.params.push(parse_quote!(#life));
        let predicates = &mut signature.generics.make_where_clause().predicates;
        predicates.extend(
            all.iter().map(|lifetime| -> syn::WherePredicate { parse_quote!(#lifetime: #life) }),
        );
        signature.output = parse_quote! {
            -> ::core::pin::Pin<::std::boxed::Box<
                dyn ::core::future::Future<Output = #output> + ::core::marker::Send + #life
            >>
        };
        signature
    }

    fn declared(&self) -> TokenStream {
        let (cfg, signature) = (conditions(&self.of_trait.attrs), self.hidden_signature());
        quote!(#(#cfg)* #[doc(hidden)] #signature;)
    }

    /// Prints the companion's method, for every implementation of the trait.
    fn boxing(&self, trait_name: &Ident) -> TokenStream {
        let (cfg, signature) = (conditions(&self.of_trait.attrs), self.hidden_signature());
        let (ident, names) = (&self.signature.ident, &self.names);
        let call = quote!(<Self as #trait_name>::#ident(self, #(#names),*));
        let body = if self.output.is_some() { quote!(::std::boxed::Box::pin(#call)) } else { call };
        quote!(#(#cfg)* #signature { #body })
    }

    /// Prints the trait's method, for a trait object. The `async` block holds the borrowed
    /// arguments, since the shorter of two lifetimes has no name.
    fn forwarding(&self, companion: &Ident) -> TokenStream {
        let (cfg, signature) = (conditions(&self.of_trait.attrs), &self.signature);
        let (hidden, names) = (self.hidden(), &self.names);
        let call = quote!(<Self as #companion>::#hidden(self, #(#names),*));
        let body = if self.output.is_some() { quote!(async move { #call.await }) } else { call };
        quote!(#(#cfg)* #signature { #body })
    }
}

fn is_by_reference(signature: &Signature) -> bool {
    signature
        .receiver()
        .is_some_and(|receiver| matches!(receiver.kind, ReceiverKind::Reference(_, _, None)))
}

/// Returns true if a bound names `Self`, for example `Self: Sized`.
pub(super) fn mentions_self(signature: &Signature) -> bool {
    let bounds = signature.generics.where_clause.to_token_stream();
    any(bounds, &|token| is_word(token, "Self"))
}

/// Returns the output of a return type `impl Future<Output = T> + Send`.
fn future_output(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, ty) = output else { return None };
    // The return type of an endpoint is printed and not parsed yet.
    let ty = match &**ty {
        Type::Verbatim(printed) => syn::parse2(printed.clone()).ok()?,
        written => written.clone(),
    };
    let Type::ImplTrait(bounds) = &ty else { return None };
    let paths: Vec<&Path> = bounds
        .bounds
        .iter()
        .filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) => Some(&bound.path),
            _ => None,
        })
        .collect();
    let last = |name: &str| {
        paths.iter().filter_map(|path| path.segments.last()).find(|segment| segment.ident == name)
    };
    last("Send")?;
    let PathArguments::AngleBracketed(arguments) = &last("Future")?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(assoc) if assoc.ident == "Output" => Some(assoc.ty.clone()),
        _ => None,
    })
}
