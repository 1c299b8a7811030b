//! A connectors server on loopback, so that examples and tests run without an account or a network.
//!
//! It serves the six operations of Cohere's connectors API as documented, and the list of models, from memory:
//!
//! | call | answer |
//! |---|---|
//! | `GET /v1/connectors?limit&offset` | a page in order of creation, and `total_count` |
//! | `POST /v1/connectors` | the new connector; its id is made from its name |
//! | `GET /v1/connectors/{id}` | the connector |
//! | `PATCH /v1/connectors/{id}` | the connector, changed where the body has a key; an explicit null clears |
//! | `DELETE /v1/connectors/{id}` | `{}` |
//! | `POST /v1/connectors/{id}/oauth/authorize?after_token_redirect` | `redirect_url` |
//! | `GET /v1/models?page_size&endpoint` | a handful of models |
//!
//! Any bearer token is accepted. Errors are `{"message": .., "id": ..}`, and the id is that of the `x-request-id`
//! header which every reply carries. Nobody is there to follow a redirect URL, so asking for one counts as consent.

mod auth;
mod change;
mod connector;
mod connectors;
mod models;
mod reply;
mod request;
mod server;
mod store;
mod token;

use axum::{Router, middleware};

pub use server::Server;

/// Makes the routes over a store of their own, which starts empty.
pub fn router() -> Router {
    Router::new()
        .merge(connectors::routes())
        .merge(models::routes())
        .fallback(reply::no_such_endpoint)
        .method_not_allowed_fallback(reply::no_such_method)
        .layer(middleware::from_fn(token::check))
        .layer(middleware::from_fn(reply::finish))
        .with_state(store::Shared::default())
}
