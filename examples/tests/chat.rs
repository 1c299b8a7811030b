//! Chats of the embedded server, as its clients receive them.

use connectors_client::cohere::Cohere;
use connectors_client::{Body, Error, HttpResponse, Text};
use connectors_examples::embedded::Server;
use serde_json::{Value, json};

async fn ask(path: &str, body: Value) -> Result<HttpResponse<Text>, Error> {
    let server = Server::start_with_samples(0).await.unwrap();
    let cohere = Cohere::builder().base_url(server.url()).token("demo-token").build().unwrap();
    cohere.client().send(http::Request::post(path).body(Body::json(&body)).unwrap()).await
}

fn content_type(reply: &HttpResponse<Text>) -> &str {
    reply.headers()["content-type"].to_str().unwrap()
}

fn events(reply: &HttpResponse<Text>) -> Vec<Value> {
    assert!(reply.data.as_str().ends_with('\n'));
    reply.data.as_str().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn types(events: &[Value]) -> Vec<&str> {
    let mut types: Vec<_> =
        events.iter().map(|event| event["event_type"].as_str().unwrap()).collect();
    types.dedup();
    types
}

#[tokio::test]
async fn a_stream_is_a_line_per_event() {
    let body = json!({"message": "What?", "connectors": [{"id": "wiki"}], "stream": true});
    let reply = ask("/v1/chat", body).await.unwrap();
    assert_eq!(content_type(&reply), "application/stream+json");
    let events = events(&reply);
    assert_eq!(
        types(&events),
        [
            "stream-start",
            "search-queries-generation",
            "search-results",
            "text-generation",
            "citation-generation",
            "stream-end",
        ]
    );
    let finished: Vec<_> = events.iter().filter(|event| event["is_finished"] == true).collect();
    assert_eq!(finished, [events.last().unwrap()]);
}

#[tokio::test]
async fn the_last_event_contains_the_whole_answer() {
    let body = json!({"message": "What?", "connectors": [{"id": "wiki"}], "stream": true});
    let events = events(&ask("/v1/chat", body).await.unwrap());
    let text: String = events.iter().filter_map(|event| event["text"].as_str()).collect();
    let response = &events.last().unwrap()["response"];
    assert_eq!(response["text"], text);
    assert_eq!(response["documents"][0]["id"], "wiki_0");
    assert_eq!(response["chat_history"][0], json!({"role": "USER", "message": "What?"}));
}

#[tokio::test]
async fn a_citation_is_at_its_position() {
    let body = json!({"message": "Was?", "connectors": [{"id": "archive"}, {"id": "wiki"}]});
    let reply = ask("/v1/chat", body).await.unwrap();
    let response: Value = serde_json::from_str(reply.data.as_str()).unwrap();
    let citation = &response["citations"][0];
    let place = |name: &str| usize::try_from(citation[name].as_u64().unwrap()).unwrap();
    let text: Vec<_> = response["text"].as_str().unwrap().chars().collect();
    let cited: String = text[place("start")..place("end")].iter().collect();
    assert_eq!(citation["text"], cited);
    assert_eq!(citation["document_ids"], json!(["wiki_0"]));
}

#[tokio::test]
async fn without_stream_the_response_is_one_object() {
    let body = json!({"message": "What?", "connectors": [{"id": "archive"}]});
    let reply = ask("/v1/chat", body).await.unwrap();
    assert_eq!(content_type(&reply), "application/json");
    let response: Value = serde_json::from_str(reply.data.as_str()).unwrap();
    assert_eq!(response["finish_reason"], "COMPLETE");
    let result = &response["search_results"][0];
    assert_eq!(result["connector"]["id"], "archive");
    assert_eq!(result["document_ids"], json!([]));
    assert_eq!(
        result["error_message"],
        "cannot reach https://archive.invalid/search: no such host: archive.invalid"
    );
}

#[tokio::test]
async fn a_request_can_end_at_a_failed_connector() {
    let connector = json!({"id": "archive", "continue_on_failure": false});
    let body = json!({"message": "What?", "connectors": [connector], "stream": true});
    let events = events(&ask("/v1/chat", body).await.unwrap());
    assert_eq!(
        types(&events),
        ["stream-start", "search-queries-generation", "search-results", "stream-end"]
    );
    assert_eq!(events[2]["search_results"][0]["continue_on_failure"], false);
    assert_eq!(events[3]["finish_reason"], "ERROR");
    assert_eq!(events[3]["response"]["error"], "connector request failed");
}

#[tokio::test]
async fn a_chat_without_connectors_searches_nothing() {
    let body = json!({"message": "What?", "stream": true});
    let events = events(&ask("/v1/chat", body).await.unwrap());
    assert_eq!(types(&events), ["stream-start", "text-generation", "stream-end"]);
}

#[tokio::test]
async fn an_unknown_connector_is_an_error() {
    let body = json!({"message": "What?", "connectors": [{"id": "nope"}], "stream": true});
    let error = ask("/v1/chat", body).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("connector nope not found"));
}

#[tokio::test]
async fn a_chat_needs_a_message() {
    let error = ask("/v1/chat", json!({})).await.unwrap_err();
    assert_eq!(error.message(), Some("invalid request: message is required"));
    let error = ask("/v2/chat", json!({"model": "command-a", "messages": []})).await.unwrap_err();
    assert_eq!(error.message(), Some("invalid request: messages must have at least one message"));
}

#[tokio::test]
async fn version_2_streams_server_sent_events_until_done() {
    let message = json!({"role": "user", "content": "hi"});
    let body = json!({"model": "command-a", "messages": [message], "stream": true});
    let reply = ask("/v2/chat", body).await.unwrap();
    assert_eq!(content_type(&reply), "text/event-stream");
    assert!(reply.data.as_str().starts_with("event: message-start\ndata: {"), "{}", reply.data);
    assert!(reply.data.as_str().contains("event: content-delta\ndata: {"), "{}", reply.data);
    assert!(reply.data.as_str().ends_with("\n\ndata: [DONE]\n\n"), "{}", reply.data);
}

#[tokio::test]
async fn version_2_without_stream_is_one_object() {
    let body = json!({"model": "command-a", "messages": [{"role": "user", "content": "hi"}]});
    let reply = ask("/v2/chat", body).await.unwrap();
    let response: Value = serde_json::from_str(reply.data.as_str()).unwrap();
    assert_eq!(response["finish_reason"], "COMPLETE");
    assert_eq!(response["message"]["content"][0]["text"], "There is no model behind this server.");
}
