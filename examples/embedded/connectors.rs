//! Six operations on connectors.

use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::connector::{Connector, ConnectorUpdate, NewConnector};
use super::reply::Problem;
use super::request::{Fields, Given, number};
use super::store::Shared;

type Reply<T> = Result<Json<T>, Problem>;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/v1/connectors", get(list).post(create))
        .route("/v1/connectors/{id}", get(find).patch(update).delete(delete))
        .route("/v1/connectors/{id}/oauth/authorize", post(authorize))
}

#[derive(Deserialize)]
struct Range {
    limit: Option<String>,
    offset: Option<String>,
}

#[derive(Serialize)]
struct Page {
    connectors: Vec<Connector>,
    total_count: usize,
}

async fn list(
    State(store): State<Shared>,
    Given(Query(range)): Given<Query<Range>>,
) -> Reply<Page> {
    let limit = number("limit", range.limit.as_deref(), 30, 0..=100)?;
    let offset = number("offset", range.offset.as_deref(), 0, 0..=usize::MAX)?;
    let store = store.lock().await;
    Ok(Json(Page { connectors: store.page(limit, offset), total_count: store.count() }))
}

#[derive(Serialize)]
struct Found {
    connector: Connector,
}

async fn create(State(store): State<Shared>, fields: Fields) -> Reply<Found> {
    let new = NewConnector::read(&fields)?;
    Ok(Json(Found { connector: store.lock().await.create(new) }))
}

async fn find(State(store): State<Shared>, Given(Path(id)): Given<Path<String>>) -> Reply<Found> {
    Ok(Json(Found { connector: store.lock().await.get(&id)? }))
}

async fn update(
    State(store): State<Shared>,
    Given(Path(id)): Given<Path<String>>,
    fields: Fields,
) -> Reply<Found> {
    let mut store = store.lock().await;
    store.get(&id)?;
    let update = ConnectorUpdate::read(&fields)?;
    Ok(Json(Found { connector: store.update(&id, update)? }))
}

#[derive(Serialize)]
struct Deleted {}

async fn delete(
    State(store): State<Shared>,
    Given(Path(id)): Given<Path<String>>,
) -> Reply<Deleted> {
    store.lock().await.delete(&id)?;
    Ok(Json(Deleted {}))
}

#[derive(Deserialize)]
struct Authorize {
    after_token_redirect: Option<String>,
}

#[derive(Serialize)]
struct Authorizing {
    redirect_url: String,
}

async fn authorize(
    State(store): State<Shared>,
    Given(Path(id)): Given<Path<String>>,
    Given(Query(query)): Given<Query<Authorize>>,
) -> Reply<Authorizing> {
    let redirect_url = store.lock().await.authorize(&id, query.after_token_redirect.as_deref())?;
    Ok(Json(Authorizing { redirect_url }))
}
