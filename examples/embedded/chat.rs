//! Chats with connectors, as in `POST /v1/chat`: one JSON object, or a line of JSON per event.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use futures_util::TryStreamExt;
use serde_json::Value;

use super::answer::Answer;
use super::paced::paced;
use super::reply::Problem;
use super::request::Fields;
use super::search::{ChatConnector, Findings};
use super::store::Shared;

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/v1/chat", post(chat))
}

async fn chat(State(store): State<Shared>, fields: Fields) -> Result<Response, Problem> {
    let question =
        fields.text("message")?.ok_or_else(|| Problem::invalid("message is required"))?;
    let connectors = fields.change::<Vec<ChatConnector>>("connectors")?.set().unwrap_or_default();
    let stream = fields.change("stream")?.set().unwrap_or(false);
    let findings = Findings::of(&question, &connectors, &*store.lock().await)?;
    let answer = Answer::of(question, findings);
    Ok(if stream { lines(answer.events()) } else { Json(answer.response()).into_response() })
}

/// Each event is one line, which ends together with the event.
fn lines(events: Vec<Value>) -> Response {
    let lines = paced(events).map_ok(|event| format!("{event}\n"));
    ([(CONTENT_TYPE, "application/stream+json")], Body::from_stream(lines)).into_response()
}
