//! What an endpoint's signature can be.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{FnArg, GenericParam, Generics, PathArguments, ReceiverKind, ReturnType, Signature, Type};

use crate::arg::{self, Arg};
use crate::errors::Errors;

/// What the endpoint returns.
pub(crate) struct Output {
    pub(crate) ty: Type,
    /// Where a type that cannot be read is reported.
    pub(crate) span: Span,
}

/// Reports what an endpoint cannot be.
pub(crate) fn check(signature: &Signature, errors: &mut Errors) {
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

/// An `impl Future` in place of `async` is reported at the return type.
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
        _ => errors.at(receiver, "an endpoint takes `&self`, since clients are shared"),
    }
}

/// Reads the arguments behind `&self`; `None` if one of them cannot be told from the others.
pub(crate) fn take_args(signature: &mut Signature, errors: &mut Errors) -> Option<Vec<Arg>> {
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
                errors.at(&arg.ident, format!("the argument `{}` is there twice: rename one", arg.ident));
                all_read = false;
            }
            Some(arg) => args.push(arg),
            None => all_read = false,
        }
    }
    all_read.then_some(args)
}

/// Whether a type depends on a parameter, so that only a bound can say what it can do.
pub(crate) fn is_generic(ty: &Type, generics: &Generics) -> bool {
    let is_parameter = |word: &Ident| {
        generics.params.iter().any(|parameter| match parameter {
            GenericParam::Type(parameter) => parameter.ident == *word,
            GenericParam::Const(parameter) => parameter.ident == *word,
            GenericParam::Lifetime(_) => false,
        })
    };
    any(ty.to_token_stream(), &|token| matches!(token, TokenTree::Ident(word) if is_parameter(word)))
}

/// The return type as it is written.
pub(crate) fn returned(signature: &Signature) -> Type {
    match &signature.output {
        ReturnType::Default => syn::parse_quote!(()),
        ReturnType::Type(_, ty) => (**ty).clone(),
    }
}

/// Reads the return type.
pub(crate) fn output(signature: &Signature, errors: &mut Errors) -> Output {
    let ReturnType::Type(_, ty) = &signature.output else {
        return Output { ty: syn::parse_quote!(()), span: signature.ident.span() };
    };
    let bare = arg::peeled(ty);
    if let Some(data) = result_of(bare) {
        errors.at(ty, format!("the `Result` is added for you: write the data's type alone, `-> {data}`"));
    } else if let Type::ImplTrait(_) = bare {
        errors.at(ty, "a reply has a type with a name: write `async fn` and the data's type, `-> T`");
    } else if let Some(problem) = unnameable(ty) {
        errors.at(ty, problem);
    } else if is_unsized(bare) || borrows(ty.to_token_stream()) {
        errors.at(ty, format!("a reply cannot borrow: return an owned type{}", owned(bare)));
    }
    Output { ty: (**ty).clone(), span: ty.span() }
}

/// The data of a `Result<..>`, as it is written, if the type is one. A type of the user's that is named so has no
/// arguments.
fn result_of(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let data = arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(data) => Some(arg::shown(data)),
        _ => None,
    });
    Some(data.unwrap_or_else(|| "T".to_owned()))
}

/// Why a type cannot be written in what is generated, if it cannot.
pub(crate) fn unnameable(ty: &Type) -> Option<&'static str> {
    let tokens = ty.to_token_stream();
    // Most types have none of them, and are walked once.
    if !any(tokens.clone(), &|token| UNNAMEABLE.iter().any(|(word, _)| is_word(token, word))) {
        return None;
    }
    let problem = UNNAMEABLE.iter().find(|(word, _)| any(tokens.clone(), &|token| is_word(token, word)));
    problem.map(|(_, problem)| *problem)
}

/// Words of types that cannot be written again elsewhere.
const UNNAMEABLE: [(&str, &str); 3] = [
    ("impl", "`impl Trait` is not possible in an endpoint: name the type, for example `&str`"),
    ("Self", "`Self` would be the client: name the type"),
    ("_", "an endpoint has no type to infer this from: name it"),
];

/// Whether a type has no size, so that it is there only behind a reference.
pub(crate) fn is_unsized(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.is_ident("str"),
        Type::Slice(_) | Type::TraitObject(_) => true,
        _ => false,
    }
}

/// What to return in place of a type that borrows, where that is plain.
pub(crate) fn owned(ty: &Type) -> &'static str {
    let inner = match ty {
        Type::Reference(reference) => &*reference.elem,
        other => other,
    };
    match inner {
        Type::Path(path) if path.path.is_ident("str") => ", `String`",
        Type::Slice(_) => ", `Vec<T>`",
        _ => "",
    }
}

/// Whether a type is or holds a reference, or names a lifetime other than `'static`.
pub(crate) fn borrows(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        let found = match &token {
            TokenTree::Group(group) => borrows(group.stream()),
            TokenTree::Punct(punct) if punct.as_char() == '&' => true,
            // A lifetime is a quote and a word.
            quote if is_quote(quote) => tokens.next().is_none_or(|name| !is_word(&name, "static")),
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

pub(crate) fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

/// Whether there is such a token, at any depth. The word of a lifetime is none.
pub(crate) fn any(tokens: TokenStream, is: &dyn Fn(&TokenTree) -> bool) -> bool {
    let mut after_quote = false;
    tokens.into_iter().any(|token| {
        let is_lifetime = std::mem::replace(&mut after_quote, is_quote(&token));
        match &token {
            TokenTree::Group(group) => any(group.stream(), is),
            _ => !is_lifetime && is(&token),
        }
    })
}

fn is_quote(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '\'')
}
