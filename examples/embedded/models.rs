//! Models of the account, an endpoint that users declare themselves.

use axum::extract::Query;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::reply::Problem;
use super::request::{Given, number};
use super::store::Shared;

#[derive(Serialize)]
struct Model {
    name: &'static str,
    endpoints: &'static [&'static str],
    context_length: u32,
}

static MODELS: [Model; 5] = [
    Model { name: "command-a-03-2025", endpoints: &["chat"], context_length: 256_000 },
    Model {
        name: "command-r-plus-08-2024",
        endpoints: &["chat", "generate"],
        context_length: 128_000,
    },
    Model { name: "command-r7b-12-2024", endpoints: &["chat"], context_length: 128_000 },
    Model { name: "embed-v4.0", endpoints: &["embed", "classify"], context_length: 128_000 },
    Model { name: "rerank-v3.5", endpoints: &["rerank"], context_length: 4_096 },
];

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/v1/models", get(async |Given(Query(filter)): Given<Query<Filter>>| list(&filter)))
}

#[derive(Deserialize)]
struct Filter {
    page_size: Option<String>,
    endpoint: Option<String>,
}

#[derive(Serialize)]
struct Page {
    models: Vec<&'static Model>,
}

fn list(filter: &Filter) -> Result<Json<Page>, Problem> {
    let page_size = number("page_size", filter.page_size.as_deref(), 20, 1..=1000)?;
    let endpoint = filter.endpoint.as_deref();
    let wanted =
        MODELS.iter().filter(|model| endpoint.is_none_or(|name| model.endpoints.contains(&name)));
    Ok(Json(Page { models: wanted.take(page_size).collect() }))
}
