//! Enums of objects that keep unknown objects: by tag, in lists and as a response.

use connectors_client::{ErrorKind, OpenUnion, api_client};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use support::server::{Reply, Server};

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "event_type", rename_all = "kebab-case")]
enum Event {
    StreamStart(StreamStart),
    #[open_union(rename = "text-generation")]
    Text(Box<Text>),
    SearchResults(Value),
    Ping,
    Nested(Nested),
    #[open_union(other)]
    Unknown(Value),
}

/// A payload with a field for the tag.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct StreamStart {
    event_type: String,
    generation_id: String,
}

/// A payload without a field for the tag.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Text {
    text: String,
    index: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Nested {
    events: Vec<Event>,
}

#[api_client]
trait Events {
    #[get("events")]
    async fn list(&self) -> Vec<Event>;

    #[get("events/last")]
    async fn last(&self) -> Option<Event>;
}

fn start(reply: &str) -> (Server, EventsClient) {
    let server = Server::start([Reply::json(200, reply)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    (server, EventsClient::new(client))
}

fn read(value: &Value) -> Result<Event, serde_json::Error> {
    let read = serde_json::from_str(&value.to_string());
    let of_value = Event::deserialize(value);
    match (&read, &of_value) {
        (Ok(read), Ok(of_value)) => assert_eq!(read, of_value),
        _ => assert_eq!(read.is_err(), of_value.is_err()),
    }
    read
}

fn text(text: &str) -> Event {
    Event::Text(Box::new(Text { text: text.to_owned(), index: None }))
}

#[test]
fn a_known_object_is_read_as_its_variant() {
    let start =
        read(&json!({"event_type": "stream-start", "generation_id": "g1", "more": 1})).unwrap();
    let fields =
        StreamStart { event_type: "stream-start".to_owned(), generation_id: "g1".to_owned() };
    assert_eq!(start, Event::StreamStart(fields));
}

#[test]
fn a_renamed_variant_is_read_only_by_its_new_name() {
    assert_eq!(read(&json!({"event_type": "text-generation", "text": "C6"})).unwrap(), text("C6"));
    let by_name = json!({"event_type": "text", "text": "C6"});
    assert_eq!(read(&by_name).unwrap(), Event::Unknown(by_name));
}

#[test]
fn the_tag_may_come_last() {
    let event: Event =
        serde_json::from_str(r#"{"text": "C6", "event_type": "text-generation"}"#).unwrap();
    assert_eq!(event, text("C6"));
}

#[test]
fn a_payload_may_be_any_value() {
    let results = json!({"event_type": "search-results", "documents": [{"id": "d1"}]});
    assert_eq!(read(&results).unwrap(), Event::SearchResults(results));
}

#[test]
fn a_variant_without_fields_ignores_the_rest() {
    assert_eq!(read(&json!({"event_type": "ping", "sequence": [7]})).unwrap(), Event::Ping);
    assert_eq!(read(&json!({"event_type": "ping"})).unwrap(), Event::Ping);
}

#[test]
fn an_unknown_object_is_kept_unchanged() {
    let unknown = [
        json!({"event_type": "brand-new", "x": {"y": [1, -2, 0.5, u64::MAX, "\u{0}"]}}),
        json!({"event_type": "Ping"}),
        json!({"event_type": ""}),
        json!({"event_type": "unknown"}),
        json!({"event_type": 5}),
        json!({"event_type": null}),
        json!({"event_type": ["ping"]}),
        json!({"type": "ping"}),
        json!({"message": "internal", "id": "e1"}),
        json!({}),
        json!(["event_type", "ping"]),
        json!("ping"),
        json!(5),
        json!(true),
        json!(null),
    ];
    for value in unknown {
        assert_eq!(read(&value).unwrap(), Event::Unknown(value));
    }
}

#[test]
fn an_invalid_object_is_an_error_that_names_its_tag() {
    let error = read(&json!({"event_type": "text-generation"})).unwrap_err();
    let text = error.to_string();
    let expected =
        "the object tagged `text-generation` does not fit its type: missing field `text`";
    assert_eq!(text.split(" at line ").next(), Some(expected));
    let error =
        read(&json!({"event_type": "text-generation", "text": "C6", "index": "no"})).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the object tagged `text-generation` does not fit its type: ")
    );
}

#[test]
fn an_error_in_a_nested_object_names_both_tags() {
    let nested = json!({"event_type": "nested", "events": [{"event_type": "ping"}, {"event_type": "brand-new"}]});
    let inner = vec![Event::Ping, Event::Unknown(json!({"event_type": "brand-new"}))];
    assert_eq!(read(&nested).unwrap(), Event::Nested(Nested { events: inner }));

    let nested = json!({"event_type": "nested", "events": [{"event_type": "stream-start"}]});
    let error = read(&nested).unwrap_err().to_string();
    assert!(error.contains("`nested`") && error.contains("`stream-start`"), "{error}");
    assert!(error.contains("missing field `generation_id`"), "{error}");
}

#[test]
fn invalid_json_is_not_an_unknown_object() {
    for text in ["", "{", "{\"event_type\": \"ping\"", "ping", "{\"a\": 1,}"] {
        assert!(serde_json::from_str::<Event>(text).is_err(), "{text}");
    }
}

#[tokio::test]
async fn an_open_union_can_be_returned() {
    let (server, events) = start(r#"[{"event_type": "ping"}, {"event_type": "brand-new"}, 5]"#);
    let brand_new = Event::Unknown(json!({"event_type": "brand-new"}));
    assert_eq!(events.list().await.unwrap(), [Event::Ping, brand_new, Event::Unknown(json!(5))]);
    assert_eq!(server.request().header("accept"), Some("application/json"));
    let (_server, events) = start("null");
    assert_eq!(events.last().await.unwrap(), None);
}

#[tokio::test]
async fn an_invalid_object_fails_the_response_at_its_path() {
    let (_server, events) = start(r#"[{"event_type": "ping"}, {"event_type": "text-generation"}]"#);
    let error = events.list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = error.to_string();
    assert!(text.contains("`text-generation`") && text.contains("missing field `text`"), "{text}");
    assert!(text.contains("[1]"), "{text}");
}

/// Variants without a tag are tried if no tag is known.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "snake_case")]
enum Source {
    File(File),
    #[open_union(untagged)]
    Pair(Pair),
    #[open_union(untagged)]
    Single(Single),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct File {
    id: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Pair {
    id: String,
    parent: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Single {
    id: String,
}

#[test]
fn untagged_variants_are_tried_if_no_tag_is_known() {
    let (id, parent) = ("1".to_owned(), "2".to_owned());
    let single = Source::Single(Single { id: id.clone() });
    let pair = Source::Pair(Pair { id: id.clone(), parent });
    for (value, expected) in [
        (json!({"type": "file", "id": "1", "parent": "2"}), Source::File(File { id })),
        (json!({"id": "1", "parent": "2"}), pair.clone()),
        (json!({"type": "folder", "id": "1", "parent": "2"}), pair.clone()),
        (json!({"id": "1", "parent": 2}), single.clone()),
        (json!({"type": 5, "id": "1"}), single.clone()),
        (json!({"name": "1"}), Source::Unknown(json!({"name": "1"}))),
        // serde would read a struct from a list.
        (json!(["1"]), Source::Unknown(json!(["1"]))),
    ] {
        assert_eq!(serde_json::from_value::<Source>(value.clone()).unwrap(), expected, "{value}");
    }
    assert!(serde_json::from_value::<Source>(json!({"type": "file"})).is_err());
    assert_eq!(serde_json::to_string(&single).unwrap(), r#"{"id":"1"}"#);
    assert_eq!(serde_json::to_string(&pair).unwrap(), r#"{"id":"1","parent":"2"}"#);
}
