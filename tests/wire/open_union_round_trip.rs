//! Open unions and enums are written as they were read: tags, contents and unknown values.

use std::collections::BTreeMap;
use std::fmt::Debug;

use connectors_client::{OpenEnum, OpenUnion, api_client};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use support::server::{Reply, Server};

/// The fields of the content stand beside the tag.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "kind", rename_all = "kebab-case")]
enum Bird {
    Sparrow(Sparrow),
    #[open_union(rename = "corvus corax")]
    Raven(Box<Raven>),
    /// Holds the union itself.
    Flock(Flock),
    Wrapped(Wrapper),
    Loose(Value),
    Fields(BTreeMap<String, Value>),
    Flattened(Flattened),
    Extinct,
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Sparrow {
    wingspan: f32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// A content that has a field for the tag.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Raven {
    age: u64,
    kind: String,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
enum Place {
    Tower,
    Elsewhere(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Flock {
    birds: Vec<Bird>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Wrapper(Flock);

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Flattened {
    id: u8,
    #[serde(flatten)]
    more: BTreeMap<String, Value>,
}

/// The content has a field of its own.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "t", content = "value", rename_all = "SCREAMING_SNAKE_CASE")]
enum Enveloped {
    Object(Sparrow),
    Number(u64),
    Text(String),
    Maybe(Option<u8>),
    /// Holds the union directly.
    TheList(Vec<Enveloped>),
    Nothing,
    #[open_union(other)]
    Unknown(Value),
}

/// Reads a value, writes it, and returns what was read.
fn round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug>(value: &Value) -> T {
    let read: T = serde_json::from_str(&value.to_string()).unwrap();
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), *value);
    assert_eq!(serde_json::to_value(&read).unwrap(), *value);
    assert_eq!(serde_json::from_str::<T>(&written).unwrap(), read);
    read
}

#[test]
fn a_known_object_is_written_with_its_tag() {
    let sparrow: Bird = round_trip(&json!({"kind": "sparrow", "wingspan": 1.0}));
    assert_eq!(sparrow, Bird::Sparrow(Sparrow { wingspan: 1.0, name: None }));
    for value in [
        json!({"kind": "extinct"}),
        json!({"kind": "loose", "x": [1, {"kind": 2}]}),
        json!({"kind": "fields", "x": 1, "y": null}),
        json!({"kind": "flattened", "id": 1, "x": {"kind": "sparrow"}}),
        json!({"kind": "flock", "birds": [{"kind": "extinct"}, {"kind": "new", "x": 1}, 5]}),
        json!({"kind": "wrapped", "birds": []}),
    ] {
        let bird: Bird = round_trip(&value);
        assert!(!matches!(bird, Bird::Unknown(_)), "{value}");
    }
}

#[test]
fn a_content_with_the_tag_writes_it_once() {
    let raven = json!({"kind": "corvus corax", "age": 9_007_199_254_740_993_u64, "place": "moon"});
    let Bird::Raven(mut raven) = round_trip(&raven) else { panic!() };
    raven.kind = "sparrow".to_owned();
    let written = serde_json::to_string(&Bird::Raven(raven)).unwrap();
    assert_eq!(written, r#"{"kind":"corvus corax","age":9007199254740993,"place":"moon"}"#);
    let map = BTreeMap::from([("a".to_owned(), json!(1)), ("kind".to_owned(), json!("sparrow"))]);
    assert_eq!(serde_json::to_string(&Bird::Fields(map)).unwrap(), r#"{"kind":"fields","a":1}"#);
}

#[test]
fn an_unknown_value_is_written_unchanged() {
    for value in [
        json!({"kind": "new", "x": {"y": [1, -2, 0.5, u64::MAX, "\u{0}"]}}),
        json!({"kind": "Sparrow"}),
        json!({"kind": 5, "value": 1}),
        json!({"value": 1}),
        json!({}),
        json!([]),
        json!("extinct"),
        json!(5),
        json!(null),
    ] {
        assert_eq!(round_trip::<Bird>(&value), Bird::Unknown(value.clone()));
        assert_eq!(round_trip::<Enveloped>(&value), Enveloped::Unknown(value));
    }
}

#[test]
fn numbers_of_a_content_are_written_by_their_own_type() {
    let sparrow = Sparrow { wingspan: 0.1, name: None };
    let beside = serde_json::to_string(&Bird::Sparrow(sparrow.clone())).unwrap();
    assert_eq!(beside, r#"{"kind":"sparrow","wingspan":0.1}"#);
    let inside = serde_json::to_string(&Enveloped::Object(sparrow)).unwrap();
    assert_eq!(inside, r#"{"t":"OBJECT","value":{"wingspan":0.1}}"#);
}

#[test]
fn an_enveloped_content_may_be_any_value() {
    for (value, expected) in [
        (json!({"t": "NUMBER", "value": 5}), Enveloped::Number(5)),
        (json!({"t": "TEXT", "value": ""}), Enveloped::Text(String::new())),
        (json!({"t": "MAYBE"}), Enveloped::Maybe(None)),
        (json!({"t": "MAYBE", "value": 5}), Enveloped::Maybe(Some(5))),
        (json!({"t": "NOTHING"}), Enveloped::Nothing),
        (
            json!({"t": "THE_LIST", "value": [{"t": "NOTHING"}, {"t": "NEW"}]}),
            Enveloped::TheList(vec![Enveloped::Nothing, Enveloped::Unknown(json!({"t": "NEW"}))]),
        ),
    ] {
        assert_eq!(round_trip::<Enveloped>(&value), expected);
    }
    let absent: Enveloped = serde_json::from_str(r#"{"t":"MAYBE"}"#).unwrap();
    assert_eq!(absent, Enveloped::Maybe(None));
}

#[test]
fn a_missing_content_is_an_error_that_names_its_field() {
    for text in [r#"{"t":"NUMBER"}"#, r#"{"number":5,"t":"NUMBER"}"#] {
        let error = serde_json::from_str::<Enveloped>(text).unwrap_err().to_string();
        assert!(error.starts_with("the object tagged `NUMBER` has no field `value`"), "{error}");
    }
    let error =
        serde_json::from_str::<Enveloped>(r#"{"t":"NUMBER","value":"x"}"#).unwrap_err().to_string();
    assert!(error.starts_with("the object tagged `NUMBER` does not fit its type: "), "{error}");
}

#[derive(Debug, OpenUnion)]
#[open_union(tag = "kind")]
enum Odd {
    List(Vec<u8>),
    Raw(Box<RawValue>),
    #[open_union(other)]
    Unknown(Value),
}

#[test]
fn a_content_that_is_not_an_object_is_an_error() {
    let error = serde_json::to_string(&Odd::List(vec![1])).unwrap_err().to_string();
    assert_eq!(error, "the content of `List` is not an object, so it cannot have the field `kind`");
    let error = serde_json::to_string(&Bird::Loose(json!("x"))).unwrap_err().to_string();
    assert_eq!(
        error,
        "the content of `loose` is not an object, so it cannot have the field `kind`"
    );
}

#[test]
fn raw_json_is_written_as_it_was_read() {
    let text = r#"{"kind":"Raw","x":1}"#;
    let odd: Odd = serde_json::from_str(text).unwrap();
    assert!(matches!(odd, Odd::Raw(_)));
    assert_eq!(serde_json::to_string(&odd).unwrap(), text);
}

/// A union of contents that only deserialize compiles, and is read.
#[derive(Debug, OpenUnion)]
#[open_union(tag = "kind")]
enum OnlyRead {
    Text(Text),
    #[open_union(other)]
    Unknown(Anything),
}

#[derive(Debug, Deserialize)]
struct Text {
    text: String,
}

#[derive(Debug)]
struct Anything;

impl From<Value> for Anything {
    fn from(_: Value) -> Self {
        Self
    }
}

#[test]
fn a_union_that_is_only_read_needs_no_content_that_serializes() {
    let read: Vec<OnlyRead> = serde_json::from_str(r#"[{"kind":"Text","text":"a"},5]"#).unwrap();
    assert!(
        matches!(&read[..], [OnlyRead::Text(Text { text }), OnlyRead::Unknown(Anything)] if text == "a")
    );
}

#[api_client]
trait Birds {
    #[get("birds")]
    async fn list(&self) -> Vec<Bird>;

    #[put("birds")]
    async fn replace(&self, #[body] birds: &[Bird]);

    #[post("birds")]
    async fn add(&self, bird: &Bird, envelope: Option<&Enveloped>);

    #[post("birds/form", form)]
    async fn add_by_form(&self, bird: &Bird);
}

#[tokio::test]
async fn a_response_is_sent_back_as_it_was() {
    let text =
        r#"[{"kind":"sparrow","wingspan":1.5},{"kind":"extinct"},{"kind":"new","x":[1]},null]"#;
    let server = Server::start([Reply::json(200, text), Reply::json(200, "{}")]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let birds = BirdsClient::new(client);
    let list = birds.list().await.unwrap();
    birds.replace(&list).await.unwrap();
    assert_eq!(server.requests()[1].text(), text);
}

#[tokio::test]
async fn a_union_can_be_a_field_of_json_and_of_a_form() {
    let server = Server::start([Reply::json(200, "{}"), Reply::json(200, "{}")]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let birds = BirdsClient::new(client);
    let sparrow = Bird::Sparrow(Sparrow { wingspan: 0.5, name: None });
    birds.add(&sparrow).envelope(&Enveloped::Number(5)).await.unwrap();
    let expected =
        r#"{"bird":{"kind":"sparrow","wingspan":0.5},"envelope":{"t":"NUMBER","value":5}}"#;
    birds.add_by_form(&sparrow).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].text(), expected);
    assert_eq!(requests[1].text(), "bird%5Bkind%5D=sparrow&bird%5Bwingspan%5D=0.5");
}
