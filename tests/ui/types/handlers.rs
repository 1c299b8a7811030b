//! Handlers of axum that return our errors, or that share a client by its trait.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use connectors_client::{Error, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

async fn handler(State(things): State<ThingsClient>) -> Result<String, Error> {
    things.get("x").await
}

fn routes() -> Router<ThingsClient> {
    //~ An `Error` is no response of axum.
    Router::new().route("/", get(handler))
}

//~ The trait is not dyn compatible.
async fn shared(State(things): State<Arc<dyn Things>>) -> String {
    //~ Its methods cannot be called either.
    things.get("x").await.unwrap_or_default()
}

fn main() {}
