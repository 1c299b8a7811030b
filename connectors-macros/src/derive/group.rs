//! `#[derive(ApiClient)]`: a struct of clients over one `Client`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Field, Fields, Path};

use crate::errors::Errors;
use crate::syntax::options;

/// ```text
/// #[derive(ApiClient)] pub struct Tracker { pub users: UsersClient }
///
/// impl Tracker { pub fn new(client: Client) -> Self; pub fn with_options(&self, options: RequestOptions) -> Self }
/// impl ApiClient for Tracker { .. }
/// ```
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let root = options::root(&input.attrs, "api_client", &mut errors);
    let fields = fields(&input, &mut errors);
    let (news, views): (Vec<_>, Vec<_>) = match &fields {
        Some(fields) => fields.iter().map(|field| members(field, &root)).unzip(),
        None => (Vec::new(), Vec::new()),
    };
    let (new, view) = match fields {
        Some(_) => (quote!(Self { #(#news),* }), quote!(Self { #(#views),* })),
        // A struct with a mistake gets the functions too, so that its uses do not produce follow-up
        // errors.
        None => (quote!(::core::unreachable!()), quote!(::core::unreachable!())),
    };
    let expanded = implementations(&input, &root, &new, &view);
    let errors = errors.into_tokens();
    quote!(#expanded #errors)
}

fn implementations(
    input: &DeriveInput,
    root: &Path,
    new: &TokenStream,
    view: &TokenStream,
) -> TokenStream {
    let (ident, vis) = (&input.ident, &input.vis);
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(dead_code, unused_variables, clippy::diverging_sub_expression)]
        impl #impl_generics #ident #type_generics #where_clause {
            /// Creates clients with the base URL, authentication and connections of `client`.
            #[must_use]
            #vis fn new(client: #root::Client) -> Self {
                #new
            }

            /// Returns clients that apply these options to every call.
            #[must_use]
            #vis fn with_options(&self, options: #root::RequestOptions) -> Self {
                #view
            }
        }

        #[automatically_derived]
        impl #impl_generics #root::ApiClient for #ident #type_generics #where_clause {
            fn new(client: #root::Client) -> Self {
                Self::new(client)
            }

            fn with_options(&self, options: #root::RequestOptions) -> Self {
                Self::with_options(self, options)
            }
        }
    }
}

/// Prints a field of `new`, and of `with_options`.
fn members(field: &Field, root: &Path) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&field.ident, &field.ty);
    let clone = quote!(::core::clone::Clone::clone);
    let new = quote_spanned!(ty.span()=> <#ty as #root::ApiClient>::new);
    (
        quote!(#ident: #new(#clone(&client))),
        quote!(#ident: #root::ApiClient::with_options(&self.#ident, #clone(&options))),
    )
}

/// Returns the fields of a struct with named fields, and reports any other item.
fn fields<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<&'a Fields> {
    let written = "write `struct Api { users: UsersClient }`";
    match &input.data {
        Data::Struct(data) => match &data.fields {
            fields @ Fields::Named(_) if !fields.is_empty() => return Some(fields),
            Fields::Unnamed(fields) => {
                errors
                    .at(fields, format!("the fields of a struct of clients need names: {written}"));
            }
            _ => errors.at(&input.ident, format!("`{}` has no clients: {written}", input.ident)),
        },
        _ => errors
            .at(&input.ident, format!("`ApiClient` is derived for a struct of clients: {written}")),
    }
    None
}
