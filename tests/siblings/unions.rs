//! Unions whose content is missing, a number, or a union that leads back to them.

use connectors_client::{OpenUnion, api_client};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::client;

#[derive(Debug, Deserialize, Serialize, PartialEq)]
struct Position {
    x: u8,
}

#[derive(Debug, OpenUnion, PartialEq)]
#[open_union(tag = "kind", content = "value", rename_all = "snake_case")]
enum Event {
    Ping(Option<Position>),
    Raw(Value),
    #[open_union(other)]
    Unknown(Value),
}

#[test]
fn content_that_is_missing_is_not_written() {
    for text in [
        r#"{"kind":"ping"}"#,
        r#"{"kind":"ping","value":{"x":1}}"#,
        r#"{"kind":"raw","value":null}"#,
        r#"{"kind":"new"}"#,
    ] {
        let event: Event = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), text, "{event:?}");
    }
}

/// Two unions that hold each other.
#[derive(Clone, Debug, OpenUnion, PartialEq)]
#[open_union(tag = "op", content = "of", rename_all = "lowercase")]
enum Filter {
    Cond(Cond),
    All(Vec<Filter>),
    Name(String),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, OpenUnion, PartialEq)]
#[open_union(tag = "op", content = "of", rename_all = "lowercase")]
enum Cond {
    #[open_union(recursive)]
    Not(Box<Filter>),
    #[open_union(recursive)]
    Any(Vec<Filter>),
    #[open_union(other)]
    Unknown(Value),
}

#[api_client]
trait Searches {
    #[post("find")]
    async fn find(&self, #[body] filter: &Filter) -> Filter;
}

#[tokio::test]
async fn unions_that_hold_each_other_are_sent_as_they_were_read() {
    let name = || json!({"op": "name", "of": "a"});
    let not = json!({"op": "not", "of": {"op": "cond", "of": {"op": "any", "of": [name()]}}});
    let sent = json!({"op": "cond", "of": not});
    let filter: Filter = serde_json::from_value(sent.clone()).unwrap();
    assert!(matches!(&filter, Filter::Cond(Cond::Not(_))), "{filter:?}");
    let server = Server::start([Reply::json(200, &sent.to_string())]);
    let searches = SearchesClient::new(client(&server));
    assert_eq!(searches.find(&filter).await.unwrap(), filter);
    assert_eq!(serde_json::from_str::<Value>(server.requests()[0].text()).unwrap(), sent);
}

/// Serializes as a number of `serde_json` does if its feature `arbitrary_precision` is on.
#[derive(Debug, Deserialize, PartialEq)]
struct Precise(u8);

impl Serialize for Precise {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const NAME: &str = "$serde_json::private::Number";
        let mut number = serializer.serialize_struct(NAME, 1)?;
        number.serialize_field(NAME, &self.0.to_string())?;
        number.end()
    }
}

#[derive(Debug, OpenUnion)]
#[open_union(tag = "kind", rename_all = "snake_case")]
enum Loose {
    Number(Precise),
    #[open_union(other)]
    Unknown(Value),
}

#[test]
fn a_number_beside_a_tag_is_an_error_under_each_feature() {
    let error = serde_json::to_string(&Loose::Number(Precise(5))).unwrap_err();
    assert!(error.to_string().contains("the content of `number` is not an object"), "{error}");
    // Control: other values are written.
    assert_eq!(serde_json::to_string(&Loose::Unknown(json!(5))).unwrap(), "5");
}
