//! Prints the trait, which clients and fakes implement.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    FnArg, GenericArgument, ItemTrait, Path, PathArguments, ReturnType, Signature, Token,
    TraitItemFn, Type, parse_quote,
};

use crate::model::ApiDef;
use crate::syntax::rust_type::{is_unsized, peeled, returned, unnameable};

/// Prints the trait with the supertraits `Send + Sync`.
pub(super) fn api_trait(api: &ApiDef) -> TokenStream {
    let ItemTrait { attrs, vis, trait_token, ident, generics, supertraits, items, .. } = &api.item;
    let where_clause = &generics.where_clause;
    let bounds = supertraits.iter();
    quote! {
        #(#attrs)*
        #[allow(clippy::too_many_arguments)]
        #vis #trait_token #ident #generics: #(#bounds +)* ::core::marker::Send + ::core::marker::Sync #where_clause {
            #(#items)*
        }
    }
}

/// The return type of an endpoint's method.
pub(crate) struct Future {
    /// Tokens before and after the type of the data.
    around: (TokenStream, TokenStream),
}

impl Future {
    pub(crate) fn new(root: &Path) -> Self {
        let before = quote!(impl ::core::future::Future<Output = ::core::result::Result<);
        let after = quote!(, #root::Error>> + ::core::marker::Send);
        Self { around: (before, after) }
    }

    /// Declares a sound endpoint in the trait.
    ///
    /// ```text
    /// async fn get(&self, id: &str) -> Connector;
    /// fn get(&self, id: &str) -> impl Future<Output = Result<Connector, Error>> + Send;
    /// ```
    pub(crate) fn declare(&self, method: &mut TraitItemFn) {
        let (before, after) = &self.around;
        let output = returned(&method.sig);
        returning(&mut method.sig, quote!(#before #output #after));
    }

    /// Declares a method with a mistake. It keeps a form that compiles, and a body, so that fakes
    /// need not implement it.
    pub(crate) fn declare_broken(&self, method: &mut TraitItemFn) {
        if is_impossible(&returned(&method.sig)) {
            method.sig.output = ReturnType::Default;
        }
        self.declare(method);
        method.sig.constness = None;
        method.sig.abi = None;
        method.sig.safety = syn::Safety::Default;
        match method.sig.inputs.first_mut() {
            Some(FnArg::Receiver(receiver)) => *receiver = parse_quote!(&self),
            _ => method.sig.inputs.insert(0, parse_quote!(&self)),
        }
        for input in &mut method.sig.inputs {
            if let FnArg::Typed(arg) = input {
                *arg.pat = parse_quote!(_);
                if is_impossible(&arg.ty) {
                    *arg.ty = parse_quote!(());
                }
            }
        }
        let allowed = quote!(unused, clippy::all);
        method.attrs.push(parse_quote!(#[allow(#allowed)]));
        method.default = Some(parse_quote!({ async { ::core::unreachable!() } }));
        method.semi_token = None;
    }
}

/// Sets the return type of a method. The tokens are not parsed, since nothing here looks into them.
pub(super) fn returning(signature: &mut Signature, future: TokenStream) {
    signature.asyncness = None;
    signature.output =
        ReturnType::Type(Token![->](Span::call_site()), Box::new(Type::Verbatim(future)));
}

/// Returns true if a type would be an error of its own in the trait.
fn is_impossible(ty: &Type) -> bool {
    let inner = match peeled(ty) {
        Type::Path(path) => path.path.segments.last().and_then(|last| match &last.arguments {
            PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
                Some(GenericArgument::Type(inner)) => Some(inner.clone()),
                _ => None,
            },
            _ => None,
        }),
        _ => None,
    };
    unnameable(ty).is_some()
        || is_unsized(peeled(ty))
        || inner.is_some_and(|inner| is_unsized(peeled(&inner)))
}
