//! A connectors server on loopback, so that examples and tests run without an account or a network.
//!
//! It serves the six operations of Cohere's connectors API as documented, chats, and the list of
//! models, from memory:
//!
//! | call | answer |
//! |---|---|
//! | `GET /v1/connectors?limit&offset` | a page in order of creation, and `total_count` |
//! | `POST /v1/connectors` | the new connector; its id is made from its name |
//! | `GET /v1/connectors/{id}` | the connector |
//! | `PATCH /v1/connectors/{id}` | the connector, changed by the keys of the body; an explicit null clears |
//! | `DELETE /v1/connectors/{id}` | `{}` |
//! | `POST /v1/connectors/{id}/oauth/authorize?after_token_redirect` | `redirect_url` |
//! | `POST /v1/chat` | the findings of the requested connectors: one object, or with `stream` a line per event |
//! | `POST /v2/chat` | an answer without connectors: one object, or with `stream` server-sent events |
//! | `GET /v1/models?page_size&endpoint` | a handful of models |
//!
//! No chat really searches. A connector finds a document if it is active, authorized if it uses
//! OAuth, and its host is not under `.invalid`, which never resolves. Otherwise its search result
//! has an `error_message`.
//!
//! Any bearer token is accepted. Errors are `{"message": .., "id": ..}`, and the id is that of the
//! `x-request-id` header of every response. No user follows a redirect URL, so asking for one
//! counts as consent.

mod answer;
mod auth;
mod change;
mod chat;
mod chat_v2;
mod connector;
mod connectors;
mod models;
mod paced;
mod reply;
mod request;
mod samples;
mod search;
mod server;
mod store;
mod token;

use axum::{Router, middleware};

use store::{Shared, Store};
use tokio::sync::Mutex;

pub use server::Server;

/// Builds the routes over a store.
fn router(store: Store) -> Router {
    Router::new()
        .merge(chat::routes())
        .merge(chat_v2::routes())
        .merge(connectors::routes())
        .merge(models::routes())
        .fallback(reply::no_such_endpoint)
        .method_not_allowed_fallback(reply::no_such_method)
        .layer(middleware::from_fn(token::check))
        .layer(middleware::from_fn(reply::finish))
        .with_state(Shared::new(Mutex::new(store)))
}
