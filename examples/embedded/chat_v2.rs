//! Chats without connectors, as in `POST /v2/chat`: one JSON object or server-sent events.

use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use futures_util::TryStreamExt;
use serde::Deserialize;
use serde_json::{Value, json};

use super::paced::{paced, words};
use super::reply::Problem;
use super::request::Fields;
use super::store::{Shared, random_id};

const TEXT: &str = "There is no model behind this server.";

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/v2/chat", post(chat))
}

/// The content of a message does not matter, because the answer is always the same.
#[derive(Deserialize)]
struct Message {
    #[serde(rename = "role")]
    _role: String,
}

async fn chat(fields: Fields) -> Result<Response, Problem> {
    fields.text("model")?.ok_or_else(|| Problem::invalid("model is required"))?;
    let messages = fields.change::<Vec<Message>>("messages")?.set().unwrap_or_default();
    if messages.is_empty() {
        return Err(Problem::invalid("messages must have at least one message"));
    }
    let stream = fields.change("stream")?.set().unwrap_or(false);
    Ok(if stream { server_sent() } else { Json(response()).into_response() })
}

fn server_sent() -> Response {
    let mut events: Vec<_> = events().iter().map(event).collect();
    events.push(Event::default().data("[DONE]"));
    Sse::new(paced(events).map_err(|never| match never {})).into_response()
}

fn event(value: &Value) -> Event {
    let name = value["type"].as_str().unwrap_or_default();
    Event::default().event(name).data(value.to_string())
}

fn events() -> Vec<Value> {
    let id = random_id();
    let message = json!({"role": "assistant", "content": [], "tool_plan": "", "tool_calls": [], "citations": []});
    let mut events = vec![
        json!({"type": "message-start", "id": id, "delta": {"message": message}}),
        json!({"type": "content-start", "index": 0, "delta": {"message": {"content": {"type": "text", "text": ""}}}}),
    ];
    events.extend(words(TEXT).map(
        |text| json!({"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": text}}}}),
    ));
    events.push(json!({"type": "content-end", "index": 0}));
    let end = json!({"finish_reason": "COMPLETE", "usage": usage()});
    events.push(json!({"type": "message-end", "id": id, "delta": end}));
    events
}

fn response() -> Value {
    json!({
        "id": random_id(),
        "finish_reason": "COMPLETE",
        "message": {"role": "assistant", "content": [{"type": "text", "text": TEXT}]},
        "usage": usage(),
    })
}

fn usage() -> Value {
    json!({"tokens": {"input_tokens": 0, "output_tokens": words(TEXT).count()}})
}
