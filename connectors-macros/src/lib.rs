//! The macros of `connectors-client`. The re-exports there document them.
//!
//! ```text
//! trait ──api──> model: ApiDef, Endpoint, Arg, Template ──expand──> the trait and its clients
//!          └───> errors ────────────────────────────────────────> compile errors beside them
//! ```

mod api;
mod derive;
mod errors;
mod expand;
mod model;
mod name_registry;
#[cfg(test)]
mod snapshots;
mod syntax;

use derive::{
    error_class, from_event, from_response, group, open_enum, open_union, page, skip_unset,
};
use proc_macro::TokenStream;

/// See `connectors_client::api_client`.
#[proc_macro_attribute]
pub fn api_client(arguments: TokenStream, item: TokenStream) -> TokenStream {
    api::expand(arguments.into(), &item.into()).into()
}

/// See `connectors_client::ErrorClass`.
#[proc_macro_derive(ErrorClass, attributes(status, error_class))]
pub fn error_class(item: TokenStream) -> TokenStream {
    error_class::expand(item.into()).into()
}

/// See `connectors_client::FromResponse`.
#[proc_macro_derive(FromResponse, attributes(status, header, with, body, from_response))]
pub fn from_response(item: TokenStream) -> TokenStream {
    from_response::expand(item.into()).into()
}

/// See `connectors_client::FromEvent`.
#[proc_macro_derive(FromEvent, attributes(event, from_event))]
pub fn from_event(item: TokenStream) -> TokenStream {
    from_event::expand(item.into()).into()
}

/// See `connectors_client::Page`.
#[proc_macro_derive(Page, attributes(page))]
pub fn page(item: TokenStream) -> TokenStream {
    page::expand(item.into()).into()
}

/// See `connectors_client::OpenEnum`.
#[proc_macro_derive(OpenEnum, attributes(open_enum))]
pub fn open_enum(item: TokenStream) -> TokenStream {
    open_enum::expand(item.into()).into()
}

/// See `connectors_client::OpenUnion`.
#[proc_macro_derive(OpenUnion, attributes(open_union))]
pub fn open_union(item: TokenStream) -> TokenStream {
    open_union::expand(item.into()).into()
}

/// See `connectors_client::ApiClient`.
#[proc_macro_derive(ApiClient, attributes(api_client))]
pub fn api_client_group(item: TokenStream) -> TokenStream {
    group::expand(item.into()).into()
}

/// See `connectors_client::skip_unset`.
#[proc_macro_attribute]
pub fn skip_unset(arguments: TokenStream, item: TokenStream) -> TokenStream {
    skip_unset::expand(&arguments.into(), &item.into()).into()
}
