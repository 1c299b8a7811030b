//! Names the lifetimes that a signature leaves out, so that they can have bounds.

use proc_macro2::Span;
use syn::{
    FnArg, GenericArgument, GenericParam, Lifetime, LifetimeParam, Path, PathArguments,
    ReceiverKind, Signature, Type, TypeParamBound,
};

/// Names elided lifetimes as parameters. In the result they become the lifetime of `&self`, as
/// rustc's rules say.
///
/// ```text
/// fn f(&self, a: &str, b: Cow<'_, str>) -> &str
/// fn f<'__0, '__1, '__2>(&'__0 self, a: &'__1 str, b: Cow<'__2, str>) -> &'__0 str
/// ```
pub(crate) fn name(signature: &mut Signature, result: &mut Type) {
    let mut fresh = Vec::new();
    let mut next = || {
        let lifetime = Lifetime::new(&format!("'__{}", fresh.len()), Span::mixed_site());
        fresh.push(lifetime.clone());
        lifetime
    };
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                if let ReceiverKind::Reference(_, lifetime, _) = &mut receiver.kind {
                    let own = named(lifetime, &mut next);
                    in_type(result, &mut || own.clone());
                }
            }
            FnArg::Typed(arg) => in_type(&mut arg.ty, &mut next),
        }
    }
    let parameters =
        fresh.into_iter().map(|lifetime| GenericParam::Lifetime(LifetimeParam::new(lifetime)));
    signature.generics.params.extend(parameters);
}

/// Returns the lifetime of a reference, and names it if it is elided.
fn named(lifetime: &mut Option<Lifetime>, next: &mut dyn FnMut() -> Lifetime) -> Lifetime {
    lifetime.take_if(|lifetime| lifetime.ident == "_");
    lifetime.get_or_insert_with(next).clone()
}

/// Names the elided lifetimes of a type. Lifetimes in `Fn(..)` and `fn(..)` stay, because they are
/// bound there.
fn in_type(ty: &mut Type, next: &mut dyn FnMut() -> Lifetime) {
    match ty {
        Type::Reference(reference) => {
            named(&mut reference.lifetime, next);
            in_type(&mut reference.elem, next);
        }
        Type::Path(path) => {
            if let Some(qself) = &mut path.qself {
                in_type(&mut qself.ty, next);
            }
            in_path(&mut path.path, next);
        }
        Type::TraitObject(object) => {
            for bound in &mut object.bounds {
                match bound {
                    TypeParamBound::Trait(bound) => in_path(&mut bound.path, next),
                    TypeParamBound::Lifetime(lifetime) if lifetime.ident == "_" => {
                        *lifetime = next();
                    }
                    _ => {}
                }
            }
        }
        Type::Array(array) => in_type(&mut array.elem, next),
        Type::Slice(slice) => in_type(&mut slice.elem, next),
        Type::Ptr(pointer) => in_type(&mut pointer.elem, next),
        Type::Paren(paren) => in_type(&mut paren.elem, next),
        Type::Group(group) => in_type(&mut group.elem, next),
        Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(|ty| in_type(ty, next)),
        _ => {}
    }
}

fn in_path(path: &mut Path, next: &mut dyn FnMut() -> Lifetime) {
    for segment in &mut path.segments {
        let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else { continue };
        for argument in &mut arguments.args {
            match argument {
                GenericArgument::Lifetime(lifetime) if lifetime.ident == "_" => *lifetime = next(),
                GenericArgument::Type(ty) => in_type(ty, next),
                GenericArgument::AssocType(assoc) => in_type(&mut assoc.ty, next),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens as _, quote};
    use syn::{ReturnType, Signature};

    fn named(signature: &str) -> String {
        let mut signature: Signature = syn::parse_str(signature).unwrap();
        let mut output = std::mem::replace(&mut signature.output, ReturnType::Default);
        if let ReturnType::Type(_, ty) = &mut output {
            super::name(&mut signature, ty);
        }
        signature.output = output;
        signature.to_token_stream().to_string()
    }

    #[test]
    fn each_gets_one_of_its_own_but_for_those_of_closures() {
        let expected = quote! {
            fn f<'a, '__0, '__1, '__2, '__3>(
                &'__0 self, a: &'a [&'__1 str], b: Option<(Cow<'__2, str>, Vec<u8>)>, c: &'static dyn Fn(&str) -> &str,
                d: Box<dyn Iterator<Item = &'__3 u8> >, e: fn(&u8),
            ) -> &'__0 str
        };
        let signature = "fn f<'a>(&self, a: &'a [&str], b: Option<(Cow<'_, str>, Vec<u8>)>, c: &'static dyn Fn(&str) -> &str, \
                         d: Box<dyn Iterator<Item = &u8> >, e: fn(&u8),) -> &str";
        assert_eq!(named(signature), expected.to_string());
        assert_eq!(
            named("fn f<'a>(&'a self) -> Cow<'_, str>"),
            quote!(fn f<'a>(&'a self) -> Cow<'a, str>).to_string()
        );
    }
}
