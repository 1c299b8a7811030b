//! What an endpoint's signature can be.

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{FnArg, GenericParam, ReceiverKind, ReturnType, Signature, Type};

use crate::arg::Arg;
use crate::errors::Errors;

/// What the endpoint returns.
pub(crate) struct Output {
    pub(crate) ty: Type,
    /// Where a type that cannot be read is reported.
    pub(crate) span: Span,
}

/// What an endpoint's signature can be.
pub(crate) fn check_signature(signature: &Signature, errors: &mut Errors) {
    if signature.asyncness.is_none() {
        errors.at(&signature.fn_token, "an endpoint is an `async fn`: add `async`");
    }
    check_receiver(signature, errors);
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(parameter) => {
                errors.at(
                    &parameter.ident,
                    "an endpoint has no type parameters: name the type, for example `&str`",
                );
            }
            GenericParam::Const(parameter) => {
                errors.at(
                    &parameter.ident,
                    "an endpoint has no const parameters: name the type, for example a slice",
                );
            }
        }
    }
    if let syn::Safety::Unsafe(token) = &signature.safety {
        errors.at(token, "an endpoint is not `unsafe`");
    }
    if let Some(abi) = &signature.abi {
        errors.at(abi, "an endpoint has no ABI of its own");
    }
}

fn check_receiver(signature: &Signature, errors: &mut Errors) {
    match signature.receiver() {
        None => errors.at(
            &signature.ident,
            format!("`&self` is missing: write `async fn {}(&self, …)`", signature.ident),
        ),
        Some(receiver) => match &receiver.kind {
            ReceiverKind::Reference(_, _, None) => {}
            ReceiverKind::Reference(_, _, Some(token)) => {
                errors.at(token, "an endpoint takes `&self`, since clients are shared: remove `mut`");
            }
            _ => errors.at(receiver, "an endpoint takes `&self`, since clients are shared"),
        },
    }
}

/// Reads the arguments behind `&self`.
pub(crate) fn take_args(signature: &mut Signature, errors: &mut Errors) -> Vec<Arg> {
    let typed = signature.inputs.iter_mut().filter_map(|input| match input {
        FnArg::Typed(arg) => Some(arg),
        FnArg::Receiver(_) => None,
    });
    typed.filter_map(|arg| Arg::take(arg, errors)).collect()
}

/// Reads the return type.
pub(crate) fn output(signature: &Signature, errors: &mut Errors) -> Output {
    let ReturnType::Type(_, ty) = &signature.output else {
        return Output { ty: syn::parse_quote!(()), span: signature.ident.span() };
    };
    match &**ty {
        Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Result") => {
            errors.at(ty, "the `Result` is added for you: write the data's type alone, `-> T`");
        }
        Type::ImplTrait(_) => errors.at(ty, "`impl Trait` is not possible in an endpoint: name the type"),
        _ if borrows(ty) => errors.at(ty, "a reply cannot borrow: return an owned type"),
        _ => {}
    }
    Output { ty: (**ty).clone(), span: ty.span() }
}

/// Whether a type names a lifetime or is a reference, but for `'static`.
fn borrows(ty: &Type) -> bool {
    fn any(tokens: proc_macro2::TokenStream) -> bool {
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            let found = match &token {
                proc_macro2::TokenTree::Group(group) => any(group.stream()),
                proc_macro2::TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    tokens.next().is_none_or(|name| name.to_string() != "static")
                }
                _ => false,
            };
            if found {
                return true;
            }
        }
        false
    }
    matches!(ty, Type::Reference(_)) || any(ty.to_token_stream())
}
