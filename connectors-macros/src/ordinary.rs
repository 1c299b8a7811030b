//! Methods of the trait that are no endpoints: they have a body and stay what they are.

use quote::{format_ident, quote};
use syn::{FnArg, GenericParam, Pat, ReceiverKind, ReturnType, TraitItemFn, parse_quote};

/// An ordinary method whose future, if it is async, is `Send` like all others of the trait.
///
/// ```text
/// async fn first(&self) -> Option<Connector> { .. }
/// fn first(&self) -> impl Future<Output = Option<Connector>> + Send { async move { .. } }
/// ```
pub(crate) fn sendable(method: &mut TraitItemFn) {
    let Some(body) = method.default.as_ref().filter(|_| method.sig.asyncness.is_some()) else { return };
    let statements = &body.stmts;
    method.default = Some(parse_quote!({ async move { #(#statements)* } }));
    method.sig.asyncness = None;
    let output = match &method.sig.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => quote!(#ty),
    };
    method.sig.output = parse_quote!(-> impl ::core::future::Future<Output = #output> + ::core::marker::Send);
}

/// The same method handing on to another implementation, or `None` where that cannot be reached through `&self`.
///
/// ```text
/// fn first(&self, n: u32) -> X { <__T as Connectors>::first(&**self, n) }
/// ```
pub(crate) fn forwarded(
    method: &TraitItemFn,
    target: &proc_macro2::TokenStream,
) -> Option<proc_macro2::TokenStream> {
    let receiver = method.sig.receiver()?;
    if !matches!(receiver.kind, ReceiverKind::Reference(_, _, None)) {
        return None;
    }
    let mut signature = method.sig.clone();
    let mut names = Vec::new();
    for (i, input) in signature.inputs.iter_mut().enumerate() {
        if let FnArg::Typed(arg) = input {
            let name = match &*arg.pat {
                Pat::Ident(name) if name.subpat.is_none() => name.ident.clone(),
                _ => format_ident!("argument_{i}"),
            };
            *arg.pat = parse_quote!(#name);
            names.push(name);
        }
    }
    let types: Vec<_> = signature
        .generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(&parameter.ident),
            GenericParam::Const(parameter) => Some(&parameter.ident),
            GenericParam::Lifetime(_) => None,
        })
        .collect();
    let turbofish = (!types.is_empty()).then(|| quote!(::<#(#types),*>));
    let ident = &signature.ident;
    Some(quote!(#signature { #target::#ident #turbofish(&**self, #(#names),*) }))
}
