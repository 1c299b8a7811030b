//! Arrays where objects are expected: no item is filled by position, and no list is one item.

use connectors_client::{ErrorKind, EventStream, JsonArray, JsonLines, api_client};
use serde::Deserialize;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::client;

#[derive(Debug, Deserialize, PartialEq)]
struct Item {
    id: u32,
    name: String,
}

#[api_client]
trait Lists {
    #[get("values")]
    async fn values(&self) -> JsonLines<Value>;

    #[get("lines")]
    async fn lines(&self) -> JsonLines<Item>;

    #[get("array")]
    async fn array(&self) -> JsonArray<Item>;

    #[get("events")]
    async fn events(&self) -> EventStream<Item>;
}

#[tokio::test]
async fn a_json_array_under_any_other_type_is_not_one_item() {
    for media_type in ["text/plain", "application/octet-stream", "text/json", "application/json"] {
        let server = Server::start([Reply::text(200, media_type, r#"[{"id":1},{"id":2}]"#)]);
        let lists = ListsClient::new(client(&server));
        let error = lists.values().await.unwrap().next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{media_type}");
        assert!(error.to_string().contains("is a JSON array"), "{error}");
        let error = lists.lines().await.unwrap().next().await.unwrap().unwrap_err();
        assert!(error.to_string().contains("is a JSON array"), "{error}");
    }
}

#[tokio::test]
async fn an_array_in_a_line_of_json_is_an_item() {
    for media_type in [
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonlines; charset=utf-8",
        "application/json-lines",
    ] {
        let server = Server::start([Reply::text(200, media_type, "[1]\n[2,3]\n")]);
        let mut lines = ListsClient::new(client(&server)).values().await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap(), json!([1]), "{media_type}");
        assert_eq!(lines.next().await.unwrap().unwrap(), json!([2, 3]));
        assert!(lines.next().await.is_none());
    }
}

#[tokio::test]
async fn no_struct_of_a_stream_is_filled_by_position() {
    let server = Server::start([
        Reply::text(200, "application/x-ndjson", "[1, \"a\"]\n"),
        Reply::json(200, r#"[[1, "a"]]"#),
        Reply::text(200, "text/event-stream", "data: [1, \"a\"]\n\n"),
    ]);
    let lists = ListsClient::new(client(&server));
    for error in [
        lists.lines().await.unwrap().next().await.unwrap().unwrap_err(),
        lists.array().await.unwrap().next().await.unwrap().unwrap_err(),
        lists.events().await.unwrap().next().await.unwrap().unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains("array"), "{error}");
    }
}
