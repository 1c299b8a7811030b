//! Unions in an envelope whose content is missing.

use connectors_client::OpenUnion;
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
