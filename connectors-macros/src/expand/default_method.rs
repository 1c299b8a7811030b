//! Prints methods of the trait with a body, which are not endpoints.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::{
    FnArg, GenericParam, Ident, Pat, Path, ReceiverKind, Signature, TraitItemFn, Type,
    WherePredicate, parse_quote,
};

use crate::syntax::rust_type::{any, is_word, returned, unnameable};

/// Makes the future of an async default method `Send`, like all others of the trait.
///
/// ```text
/// async fn first(&self, mut n: u32) -> Option<X> { n += 1; return .. }
///
/// fn first(&self, n: u32) -> impl Future<Output = Option<X>> + Send {
///     async move {
///         if let Some(result) = None::<Option<X>> { return result; }    tells rustc the type
///         let mut n = n;                                                keeps unused arguments alive
///         let result: Option<X> = { n += 1; return .. };
///         result
///     }
/// }
/// ```
pub(crate) fn make_future_send(method: &mut TraitItemFn) {
    let Some(body) = method.default.as_ref().filter(|_| method.sig.asyncness.is_some()) else {
        return;
    };
    let span = body.brace_token.span.join();
    let output = returned(&method.sig);
    let patterns = move_patterns_inside(&mut method.sig);
    let block = if unnameable(&output).is_some() {
        let statements = &body.stmts;
        quote_spanned!(span=> async move { #(#patterns)* #(#statements)* })
    } else {
        quote_spanned! {span=>
            async move {
                if let ::core::option::Option::Some(__result) = ::core::option::Option::None::<#output> {
                    return __result;
                }
                #(#patterns)*
                let __result: #output = #body;
                #[allow(unreachable_code)]
                __result
            }
        }
    };
    method.default = Some(parse_quote!({ #block }));
    method.attrs.push(parse_quote! {
        #[allow(
            unreachable_code, clippy::diverging_sub_expression, clippy::let_unit_value,
            clippy::no_effect_underscore_binding, clippy::shadow_same, clippy::type_complexity,
            clippy::manual_async_fn
        )]
    });
    method.sig.asyncness = None;
    method.sig.output =
        parse_quote!(-> impl ::core::future::Future<Output = #output> + ::core::marker::Send);
}

/// Leaves plain names as arguments, and returns the statements that destructure them inside the
/// future.
fn move_patterns_inside(signature: &mut Signature) -> Vec<TokenStream> {
    let inputs = signature.inputs.iter_mut().enumerate();
    let statements = inputs.filter_map(|(i, input)| match input {
        FnArg::Typed(arg) => {
            let pattern = (*arg.pat).clone();
            let name = match &pattern {
                Pat::Ident(name) if name.subpat.is_none() && name.by_ref.is_none() => {
                    name.ident.clone()
                }
                _ => format_ident!("__argument_{i}"),
            };
            *arg.pat = parse_quote!(#name);
            Some(quote!(let #pattern = #name;))
        }
        FnArg::Receiver(_) => None,
    });
    statements.collect()
}

/// Prints a method of a pointer that forwards to its target. Returns `None` if the default body
/// must do: if the method takes no `&self`, or names `Self` other than by `&self` and `&Self`.
///
/// ```text
/// fn first(&self, other: &Self) -> X { Connectors::first(Forwarding::target(self), Forwarding::target(other)) }
/// ```
pub(crate) fn forwarded(
    method: &TraitItemFn,
    trait_name: &Ident,
    root: &Path,
) -> Option<TokenStream> {
    let target = quote!(#root::__private::Forwarding::target);
    let (implementation, receiver) = match method.sig.receiver() {
        Some(receiver) if !matches!(receiver.kind, ReceiverKind::Reference(_, _, None)) => {
            return None;
        }
        Some(_) => (quote!(#trait_name), Some(quote!(#target(self),))),
        None => (quote!(<<__T as #root::__private::Forwarding>::Target as #trait_name>), None),
    };
    let mut signature = method.sig.clone();
    if method.default.is_some() && is_of_self(&signature) {
        return None;
    }
    let names = plain_names(&mut signature);
    let forwarded_args = names.iter().zip(types_of_arguments(&signature)).map(|(name, ty)| {
        if is_self_reference(ty) { quote!(#target(#name)) } else { quote!(#name) }
    });
    let forwarded_args: Vec<_> = forwarded_args.collect();
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
    Some(quote!(#signature { #implementation::#ident #turbofish(#receiver #(#forwarded_args),*) }))
}

/// Returns true if a method names `Self` other than by `&self`, `&Self` and `where Self: Sized`.
fn is_of_self(signature: &Signature) -> bool {
    let mentions = |tokens: TokenStream| any(tokens, &|token| is_word(token, "Self"));
    let is_sized =
        |predicate: &WherePredicate| predicate.to_token_stream().to_string() == "Self : Sized";
    let mut predicates =
        signature.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    mentions(signature.output.to_token_stream())
        || mentions(signature.generics.params.to_token_stream())
        || types_of_arguments(signature)
            .any(|ty| !is_self_reference(ty) && mentions(ty.to_token_stream()))
        || predicates.any(|predicate| !is_sized(predicate) && mentions(predicate.to_token_stream()))
}

fn types_of_arguments(signature: &Signature) -> impl Iterator<Item = &Type> {
    signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(arg) => Some(&*arg.ty),
        FnArg::Receiver(_) => None,
    })
}

/// Returns true if a type is `&Self`.
fn is_self_reference(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) if reference.mutability.is_none() => {
            matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("Self"))
        }
        _ => false,
    }
}

/// Replaces the patterns of the arguments by plain names, and returns these.
pub(crate) fn plain_names(signature: &mut Signature) -> Vec<Ident> {
    let mut names = Vec::new();
    for (i, input) in signature.inputs.iter_mut().enumerate() {
        if let FnArg::Typed(arg) = input {
            let (name, is_plain) = match &*arg.pat {
                Pat::Ident(name) if name.subpat.is_none() => {
                    (name.ident.clone(), name.by_ref.is_none() && name.mutability.is_none())
                }
                _ => (format_ident!("argument_{i}"), false),
            };
            if !is_plain {
                *arg.pat = parse_quote!(#name);
            }
            names.push(name);
        }
    }
    names
}
