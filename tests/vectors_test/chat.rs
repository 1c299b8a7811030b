//! The recorded chat streams: each event is read as its variant, with all of its data.
//!
//! The framing has its own tests. Here the lines and the data of events are split plainly.

use connectors_client::cohere::chat::{
    ChatConnector, ChatContent, ChatMessage, ChatResponse, ChatResponseV2, ChatRole,
    ChatStreamEvent, ChatStreamEventV2, FinishReason, TextContent,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize)]
struct File {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    request: Request,
    reply: Reply,
}

#[derive(Deserialize)]
struct Request {
    json: Value,
}

#[derive(Deserialize)]
struct Reply {
    status: u16,
    #[serde(default)]
    chunks: Vec<Chunk>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Chunk {
    Text(String),
    Bytes {
        #[serde(rename = "$latin1")]
        latin1: String,
    },
}

impl Chunk {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.as_bytes().to_vec(),
            Self::Bytes { latin1 } => {
                latin1.chars().map(|byte| u8::try_from(byte).unwrap()).collect()
            }
        }
    }
}

impl Vector {
    fn text(&self) -> String {
        assert_eq!(self.reply.status, 200, "{}", self.name);
        String::from_utf8(self.reply.chunks.iter().flat_map(Chunk::bytes).collect()).unwrap()
    }

    /// Returns the complete JSON values in the text, one per line, after the given prefix.
    fn values(&self, before: &str) -> Vec<Value> {
        let text = self.text();
        let lines = text.split(['\n', '\r']).filter_map(|line| line.strip_prefix(before));
        lines.filter_map(|line| serde_json::from_str(line).ok()).collect()
    }
}

/// Returns the vectors of a version that have a stream.
fn vectors(version: &str) -> Vec<Vector> {
    let file: File = serde_json::from_str(include_str!("../vectors/chat-streams.json")).unwrap();
    let is_of = |vector: &Vector| vector.name.starts_with(version) && vector.reply.status == 200;
    file.vectors.into_iter().filter(is_of).collect()
}

fn vector(name: &str) -> Vector {
    vectors(name).into_iter().find(|vector| vector.name == name).unwrap()
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_str(&value.to_string()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

/// Returns the variant name of an event, written like its tag.
fn tag(shown: &str) -> String {
    let name = shown.split('(').next().unwrap();
    let mut tag = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !tag.is_empty() {
            tag.push('-');
        }
        tag.push(character.to_ascii_lowercase());
    }
    tag
}

/// Asserts that every string and number of a value appears in the debug output of the event.
/// `is_finished` is excluded, since every line has it.
fn assert_kept(value: &Value, shown: &str) {
    match value {
        Value::Object(fields) => {
            let said = fields.iter().filter(|(name, _)| *name != "is_finished");
            said.for_each(|(_, value)| assert_kept(value, shown));
        }
        Value::Array(items) => items.iter().for_each(|item| assert_kept(item, shown)),
        Value::String(text) => {
            let text = format!("{text:?}");
            assert!(
                plain(shown).contains(&plain(text.trim_matches('"'))),
                "{text} is lost in {shown}"
            );
        }
        other => assert!(plain(shown).contains(&other.to_string()), "{other} is lost in {shown}"),
    }
}

/// Normalizes a text, since the debug output may show it as the name of a variant.
fn plain(text: &str) -> String {
    text.to_lowercase().replace(['-', '_'], "")
}

/// Returns true if all that was written stands in the value that was read. Fields that our types do
/// not know are not written.
fn is_part(written: &Value, read: &Value) -> bool {
    match (written, read) {
        (Value::Object(written), Value::Object(read)) => {
            let is_kept = |(name, value)| read.get(name).is_some_and(|read| is_part(value, read));
            written.iter().all(is_kept)
        }
        (Value::Array(written), Value::Array(read)) => {
            written.len() == read.len()
                && written.iter().zip(read).all(|(written, read)| is_part(written, read))
        }
        // The API sends counts as floats.
        (Value::Number(written), Value::Number(read)) => written.as_f64() == read.as_f64(),
        _ => written == read,
    }
}

/// Asserts that an event is written with its tag and its data, and with nothing else.
fn assert_written<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    event: &T,
    value: &Value,
    field: &str,
) {
    let written = serde_json::to_value(event).unwrap();
    assert_eq!(written.get(field), value.get(field), "{written}");
    assert!(is_part(&written, value), "{written} is written for {value}");
    assert_eq!(read::<T>(&written), *event, "{written}");
}

/// Reads and writes each value of each stream of a version, and returns the number of values.
fn check<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    version: &str,
    before: &str,
    field: &str,
    unknown: &[&str],
) -> usize {
    let mut read_events = 0;
    for vector in vectors(version) {
        for value in vector.values(before) {
            let event = read::<T>(&value);
            assert_written(&event, &value, field);
            let shown = format!("{event:?}");
            let named =
                value.get(field).and_then(Value::as_str).filter(|name| !unknown.contains(name));
            assert_eq!(tag(&shown), named.unwrap_or("unknown"), "{}: {value}", vector.name);
            assert_kept(&value, &shown);
            read_events += 1;
        }
    }
    read_events
}

#[test]
fn each_version_one_line_is_read_as_its_event() {
    assert_eq!(check::<ChatStreamEvent>("v1/", "", "event_type", &["brand-new"]), 63);
}

#[test]
fn each_version_two_event_is_read_from_its_data() {
    assert_eq!(check::<ChatStreamEventV2>("v2/", "data: ", "type", &["brand-new"]), 61);
}

/// Reads the documented example of a failed connector.
#[test]
fn a_connector_error_is_read_as_data() {
    let events = vector("v1/connector_error_docs_shape").values("");
    let ChatStreamEvent::SearchResults(found) = read(&events[1]) else { panic!("{}", events[1]) };
    let [result] = found.search_results.as_slice() else { panic!("{found:?}") };
    assert_eq!(result.connector.id, "connector_id");
    assert_eq!(result.error_message.as_deref(), Some("connector error message"));
    assert_eq!((result.document_ids.len(), &result.search_query), (0, &None));
}

#[test]
fn the_end_has_its_reason_and_the_connector_error() {
    let events = vector("v1/connector_error_fatal").values("");
    let ChatStreamEvent::StreamEnd(end) = read(&events[3]) else { panic!("{}", events[3]) };
    assert_eq!(end.finish_reason, Some(FinishReason::Error));
    assert_eq!(end.response.unwrap().error.as_deref(), Some("connector request failed"));

    let events = vector("v1/connector_error").values("");
    let ChatStreamEvent::StreamEnd(end) = read(&events[5]) else { panic!("{}", events[5]) };
    let response = end.response.unwrap();
    assert_eq!(
        response.search_results[0].error_message.as_deref(),
        Some("connector error message")
    );
    assert_eq!(response.meta.unwrap().tokens.unwrap().input_tokens, Some(66.0));
}

#[test]
fn an_error_in_the_stream_is_not_a_message() {
    let events = vector("v2/error_object").values("data: ");
    assert_eq!(
        read::<ChatStreamEventV2>(&events[1]),
        ChatStreamEventV2::Unknown(events[1].clone())
    );
}

#[test]
fn version_two_text_and_usage_are_read() {
    let events = vector("v2/normal").values("data: ");
    let ChatStreamEventV2::ContentDelta(delta) = read(&events[2]) else { panic!("{}", events[2]) };
    assert_eq!((delta.index, delta.delta.message.content.text.as_deref()), (Some(0), Some("C6")));
    let ChatStreamEventV2::MessageEnd(end) = read(&events[6]) else { panic!("{}", events[6]) };
    assert_eq!(end.delta.finish_reason, Some(FinishReason::Complete));
    assert_eq!(end.delta.usage.unwrap().billed_units.unwrap().output_tokens, Some(2.0));
}

#[test]
fn connectors_and_messages_are_sent_as_recorded() {
    let connectors = [ChatConnector::new("example_connector_id")];
    assert_eq!(json!(connectors), vector("v1/normal").request.json["connectors"]);
    let messages = [ChatMessage::user("hi")];
    assert_eq!(json!(messages), vector("v2/normal").request.json["messages"]);
}

#[test]
fn connector_options_are_sent_and_the_token_is_hidden() {
    let connector = ChatConnector::new("web-search")
        .user_access_token("t0k3n")
        .continue_on_failure(false)
        .option("site", "wikipedia.org");
    let sent = json!({
        "id": "web-search", "user_access_token": "t0k3n", "continue_on_failure": false,
        "options": {"site": "wikipedia.org"},
    });
    assert_eq!(json!(connector), sent);
    assert!(!format!("{connector:?}").contains("t0k3n"));
}

#[test]
fn the_end_of_a_stream_holds_a_version_one_response() {
    let events = vector("v1/normal").values("");
    let reply: ChatResponse = read(&events[6]["response"]);
    let ChatStreamEvent::StreamEnd(end) = read(&events[6]) else { panic!("{}", events[6]) };
    assert_eq!(reply.text, "C6H12O6");
    assert_eq!(end.response, Some(reply));
    assert_eq!(read::<ChatResponse>(&json!({})), ChatResponse::default());
}

#[test]
fn a_version_two_response_has_contents() {
    let reply: ChatResponseV2 = read(&json!({
        "id": "m1",
        "finish_reason": "TOOL_CALL",
        "message": {
            "role": "assistant",
            "tool_plan": "I will look.",
            "content": [{"type": "text", "text": "C6"}, {"type": "image", "url": "u"}],
            "tool_calls": [{"id": "t1", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
        },
        "usage": {"tokens": {"input_tokens": 3, "output_tokens": 4}},
    }));
    assert_eq!(reply.finish_reason, Some(FinishReason::ToolCall));
    assert_eq!(reply.message.role, Some(ChatRole::Assistant));
    let mut text = TextContent::default();
    "C6".clone_into(&mut text.text);
    let text = ChatContent::TextContent(text);
    assert_eq!(json!(text), json!({"type": "text", "text": "C6"}));
    let image = ChatContent::Unknown(json!({"type": "image", "url": "u"}));
    assert_eq!(reply.message.content, [text, image]);
    let function = reply.message.tool_calls[0].function.as_ref().unwrap();
    assert_eq!((function.name.as_deref(), function.arguments.as_deref()), (Some("f"), Some("{}")));
}

/// The recorded streams have no tool events of version two and no debug events.
#[test]
fn unrecorded_events_are_read() {
    let events = [
        json!({"type": "tool-plan-delta", "delta": {"message": {"tool_plan": "I will"}}}),
        json!({"type": "tool-call-start", "index": 0, "delta": {"message": {"tool_calls":
            {"id": "t1", "type": "function", "function": {"name": "f", "arguments": ""}}}}}),
        json!({"type": "tool-call-delta", "index": 0, "delta": {"message": {"tool_calls":
            {"function": {"arguments": "{\n"}}}}}),
        json!({"type": "tool-call-end", "index": 0}),
        json!({"type": "content-delta", "index": 1, "delta": {"message": {"content": {"thinking": "so"}}}}),
        json!({"type": "debug", "prompt": "<|USER|>"}),
        json!({"type": "content-delta", "index": 0}),
    ];
    for event in events {
        let read_event = read::<ChatStreamEventV2>(&event);
        assert_written(&read_event, &event, "type");
        let shown = format!("{read_event:?}");
        let name = event["type"].as_str().unwrap();
        assert!(tag(&shown).starts_with(name), "{shown}");
        assert_kept(&event, &shown);
    }
    let debug = json!({"event_type": "debug", "prompt": "<|USER|>"});
    assert!(matches!(read(&debug), ChatStreamEvent::DebugPrompt(_)));
}
