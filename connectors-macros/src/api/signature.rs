//! Reads and checks the signature of an endpoint.

use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{FnArg, GenericParam, PathArguments, ReceiverKind, ReturnType, Signature, Type};

use super::arg;
use crate::errors::Errors;
use crate::model::Output;
use crate::model::arg::Arg;
use crate::syntax::rust_type::{borrows, is_unsized, owned, peeled, returned, shown, unnameable};

/// Reports what the signature of an endpoint cannot have.
pub(super) fn check(signature: &Signature, errors: &mut Errors) {
    if signature.asyncness.is_none() && !returns_impl(signature) {
        errors.at(&signature.fn_token, "an endpoint is an `async fn`: add `async`");
    }
    check_receiver(signature, errors);
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(parameter) => errors.at(
                &parameter.ident,
                "an endpoint has no type parameters: name the type, for example `&str`",
            ),
            GenericParam::Const(parameter) => errors.at(
                &parameter.ident,
                "an endpoint has no const parameters: name the type, for example a slice",
            ),
        }
    }
    if let syn::Safety::Unsafe(token) = &signature.safety {
        errors.at(token, "an endpoint is not `unsafe`: remove it");
    }
    if let Some(abi) = &signature.abi {
        errors.at(abi, "an endpoint has no ABI of its own: remove it");
    }
}

/// Returns true for an `impl Future` instead of `async`, which is reported at the return type.
fn returns_impl(signature: &Signature) -> bool {
    matches!(&signature.output, ReturnType::Type(_, ty) if matches!(**ty, Type::ImplTrait(_)))
}

fn check_receiver(signature: &Signature, errors: &mut Errors) {
    let Some(receiver) = signature.receiver() else {
        let name = &signature.ident;
        errors.at(name, format!("`&self` is missing: write `async fn {name}(&self, …)`"));
        return;
    };
    match &receiver.kind {
        ReceiverKind::Reference(_, _, None) => {}
        ReceiverKind::Reference(_, _, Some(token)) => {
            errors.at(token, "an endpoint takes `&self`, since clients are shared: remove `mut`");
        }
        _ => errors
            .at(receiver, "an endpoint takes `&self`, since clients are shared: write `&self`"),
    }
}

/// Reads the arguments after `&self`. Returns `None` if one of them has no name of its own.
pub(super) fn take_args(signature: &mut Signature, errors: &mut Errors) -> Option<Vec<Arg>> {
    let mut args: Vec<Arg> = Vec::new();
    let mut all_read = true;
    for input in &mut signature.inputs {
        let arg = match input {
            FnArg::Receiver(receiver) => {
                arg::strip(&mut receiver.attrs, errors);
                continue;
            }
            FnArg::Typed(arg) => Arg::take(arg, errors),
        };
        match arg {
            Some(arg) if args.iter().any(|other| other.ident.unraw() == arg.ident.unraw()) => {
                errors.at(&arg.ident, format!("duplicate argument `{}`: rename one", arg.ident));
                all_read = false;
            }
            Some(arg) => args.push(arg),
            None => all_read = false,
        }
    }
    all_read.then_some(args)
}

/// Reads the return type.
pub(super) fn output(signature: &Signature, errors: &mut Errors) -> Output {
    let ReturnType::Type(_, ty) = &signature.output else {
        return Output { ty: returned(signature), span: signature.ident.span() };
    };
    let bare = peeled(ty);
    if let Some(data) = result_of(bare) {
        errors.at(
            ty,
            format!("the macro adds the `Result`: write the type of the data, `-> {data}`"),
        );
    } else if let Type::ImplTrait(_) = bare {
        errors.at(
            ty,
            "an endpoint returns a named type: write `async fn` and the type of the data, `-> T`",
        );
    } else if let Some(problem) = unnameable(ty) {
        errors.at(ty, problem);
    } else if is_unsized(bare) || borrows(ty.to_token_stream()) {
        errors.at(ty, format!("a return type cannot borrow: return an owned type{}", owned(bare)));
    }
    Output { ty: (**ty).clone(), span: ty.span() }
}

/// Returns the first argument of a `Result<..>`, as it is written. A user's own `Result` without
/// arguments is not one.
fn result_of(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let data = arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(data) => Some(shown(data)),
        _ => None,
    });
    Some(data.unwrap_or_else(|| "T".to_owned()))
}
