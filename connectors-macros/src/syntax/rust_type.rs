//! Types and signatures as they are written, by their tokens alone.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::token::Paren;
use syn::{
    GenericArgument, GenericParam, Generics, PathArguments, ReturnType, Signature, Type, TypeTuple,
};

/// Tells if an argument can be left out, by the last segment of its type. An alias of `Option` is
/// required.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Presence {
    Required,
    Optional,
    Nullable,
}

/// Returns the type inside parentheses or an invisible group.
pub(crate) fn peeled(ty: &Type) -> &Type {
    match ty {
        Type::Paren(paren) => peeled(&paren.elem),
        Type::Group(group) => peeled(&group.elem),
        other => other,
    }
}

/// Prints a type for an error message.
pub(crate) fn shown(ty: &Type) -> String {
    let text = ty.to_token_stream().to_string();
    let tight = [" <", " >", " ::", " ,", " ]"]
        .iter()
        .fold(text, |text, from| text.replace(from, from.trim()));
    ["< ", "& ", ":: ", "[ "].iter().fold(tight, |text, from| text.replace(from, from.trim()))
}

/// Recognises `Option<T>` and `Nullable<T>` by their last segment, as clap does.
pub(crate) fn presence(ty: &Type) -> (Presence, Type) {
    let Type::Path(path) = peeled(ty) else { return (Presence::Required, ty.clone()) };
    let Some(last) = path.path.segments.last() else { return (Presence::Required, ty.clone()) };
    let presence = match last.ident.to_string().as_str() {
        "Option" => Presence::Optional,
        "Nullable" => Presence::Nullable,
        _ => return (Presence::Required, ty.clone()),
    };
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => {
            match &arguments.args[0] {
                GenericArgument::Type(inner) => (presence, inner.clone()),
                _ => (Presence::Required, ty.clone()),
            }
        }
        _ => (Presence::Required, ty.clone()),
    }
}

/// Returns the letter of a type that is spelled as a list, for the description of the endpoint. The
/// request does not depend on it: the type itself decides how it is sent.
pub(crate) fn list_letter(ty: &Type) -> Option<char> {
    match peeled(ty) {
        Type::Reference(reference) => list_letter(&reference.elem),
        Type::Slice(_) | Type::Array(_) => Some('l'),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            match last.ident.to_string().as_str() {
                "Vec" | "HashSet" | "BTreeSet" => Some('l'),
                "CommaSeparated" => Some('c'),
                "SpaceSeparated" => Some('s'),
                "PipeSeparated" => Some('p'),
                "Bracketed" => Some('b'),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns true if a type is spelled as bytes: `&[u8]`, `Vec<u8>`, `[u8; 16]`, or a pointer to one.
/// The types that select a style of lists hold numbers.
pub(crate) fn is_bytes(ty: &Type) -> bool {
    match peeled(ty) {
        Type::Reference(reference) => is_bytes(&reference.elem),
        Type::Slice(slice) => is_byte(&slice.elem),
        Type::Array(array) => is_byte(&array.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
            let is_inner = |is: fn(&Type) -> bool| {
                arguments.args.iter().any(|arg| matches!(arg, GenericArgument::Type(ty) if is(ty)))
            };
            match last.ident.to_string().as_str() {
                "Vec" => is_inner(is_byte),
                "Box" | "Arc" | "Rc" | "Cow" => is_inner(is_bytes),
                _ => false,
            }
        }),
        _ => false,
    }
}

fn is_byte(ty: &Type) -> bool {
    matches!(peeled(ty), Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "u8"))
}

/// Returns the return type as it is written.
pub(crate) fn returned(signature: &Signature) -> Type {
    match &signature.output {
        ReturnType::Default => Type::Tuple(TypeTuple {
            attrs: Vec::new(),
            paren_token: Paren::default(),
            elems: Punctuated::new(),
        }),
        ReturnType::Type(_, ty) => (**ty).clone(),
    }
}

/// Returns true if a type depends on a parameter. It then needs a bound.
pub(crate) fn is_generic(ty: &Type, generics: &Generics) -> bool {
    let is_parameter = |word: &Ident| {
        generics.params.iter().any(|parameter| match parameter {
            GenericParam::Type(parameter) => parameter.ident == *word,
            GenericParam::Const(parameter) => parameter.ident == *word,
            GenericParam::Lifetime(_) => false,
        })
    };
    any(
        ty.to_token_stream(),
        &|token| matches!(token, TokenTree::Ident(word) if is_parameter(word)),
    )
}

/// Returns the reason why generated code cannot repeat a type, if there is one.
pub(crate) fn unnameable(ty: &Type) -> Option<&'static str> {
    let tokens = ty.to_token_stream();
    // Most types have none of the words and are walked once.
    if !any(tokens.clone(), &|token| UNNAMEABLE.iter().any(|(word, _)| is_word(token, word))) {
        return None;
    }
    let problem =
        UNNAMEABLE.iter().find(|(word, _)| any(tokens.clone(), &|token| is_word(token, word)));
    problem.map(|(_, problem)| *problem)
}

/// Words in types that generated code cannot repeat elsewhere, with the advice for each.
const UNNAMEABLE: [(&str, &str); 3] = [
    ("impl", "`impl Trait` is not possible in an endpoint: name the type, for example `&str`"),
    ("Self", "`Self` would be the client: name the type"),
    ("_", "rustc cannot infer a type of an endpoint: name it"),
];

/// Returns true if a type has no size and exists only behind a reference.
pub(crate) fn is_unsized(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.is_ident("str"),
        Type::Slice(_) | Type::TraitObject(_) => true,
        _ => false,
    }
}

/// Returns the owned type to write instead of a type that borrows, if it is known.
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

/// Returns true if a type holds a reference or names a lifetime other than `'static`.
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

/// Returns true if a token at any depth matches. The word of a lifetime does not count.
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
