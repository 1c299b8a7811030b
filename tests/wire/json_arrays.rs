//! A JSON array as the response to an endpoint of JSON lines.

use std::time::Duration;

use connectors_client::{ErrorKind, JsonLines, api_client};
use serde::Deserialize;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::client;

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Item {
    n: Vec<Value>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Row(Vec<u32>);

#[api_client]
trait Lists {
    #[get("items")]
    async fn items(&self) -> JsonLines<Item>;

    #[get("skipped", on_invalid_item = skip)]
    async fn skipped(&self) -> JsonLines<Item>;

    #[get("values")]
    async fn values(&self) -> JsonLines<Value>;

    #[get("optional")]
    async fn optional(&self) -> JsonLines<Option<Item>>;

    #[get("rows")]
    async fn rows(&self) -> JsonLines<Vec<u32>>;

    #[get("newtypes")]
    async fn newtypes(&self) -> JsonLines<Row>;

    #[get("pairs")]
    async fn pairs(&self) -> JsonLines<(u32, u32)>;
}

const ARRAYS: [&str; 6] = [
    "[]",
    r#"[{"n": []}, {"n": []}]"#,
    "[\n  {\"n\": []},\n  {\"n\": []}\n]\n",
    " \n\t [1]",
    "\u{feff}[1]",
    "[[1, 2]",
];

async fn all<T: serde::de::DeserializeOwned>(
    mut stream: JsonLines<T>,
) -> (Vec<T>, Option<connectors_client::Error>) {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(error) => {
                assert!(stream.next().await.is_none());
                return (items, Some(error));
            }
        }
    }
    (items, None)
}

fn check<T: std::fmt::Debug>((items, error): (Vec<T>, Option<connectors_client::Error>)) {
    let error = error.unwrap_or_else(|| panic!("no error but {items:?}"));
    assert!(items.is_empty(), "{items:?}");
    assert_eq!(error.kind(), ErrorKind::Decode);
    let expected = "the response is a JSON array, not lines of JSON";
    assert!(error.to_string().contains(expected), "{error}");
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn a_json_array_is_an_error() {
    for media_type in [
        "application/json",
        "application/JSON; charset=utf-8",
        "application/problem+json",
        "text/json",
    ] {
        for array in ARRAYS {
            let server = Server::start([Reply::text(200, media_type, array)]);
            let lists = ListsClient::new(client(&server));
            check(all(lists.items().await.unwrap()).await);
            check(all(lists.skipped().await.unwrap()).await);
            check(all(lists.values().await.unwrap()).await);
            check(all(lists.optional().await.unwrap()).await);
        }
    }
}

#[tokio::test]
async fn a_json_array_in_small_chunks_is_an_error() {
    let reply = Reply::json(200, r#"[{"n": []}]"#).drip(1, Duration::from_millis(1));
    check(all(ListsClient::new(client(&Server::start([reply]))).values().await.unwrap()).await);
}

#[test]
fn a_blocking_client_reports_a_json_array_too() {
    let server = Server::start([Reply::json(200, "[1, 2]")]);
    let mut values = BlockingListsClient::new(client(&server)).values().send().unwrap().into_iter();
    let error = values.next().unwrap().unwrap_err();
    assert!(error.to_string().contains("the response is a JSON array"), "{error}");
    assert!(values.next().is_none());
}

/// Lines may be arrays where the media type or the type of the items says so.
#[tokio::test]
async fn lines_of_arrays_are_items() {
    let text = "[1, 2]\n[3, 4]\n";
    for media_type in ["application/x-ndjson", "application/jsonl", "application/stream+json"] {
        let server = Server::start([Reply::text(200, media_type, text)]);
        let lists = ListsClient::new(client(&server));
        assert_eq!(all(lists.values().await.unwrap()).await.0, [json!([1, 2]), json!([3, 4])]);
    }
    for media_type in ["application/json", "text/plain", "application/octet-stream"] {
        let server = Server::start([Reply::text(200, media_type, text)]);
        let lists = ListsClient::new(client(&server));
        assert_eq!(all(lists.rows().await.unwrap()).await.0, [vec![1, 2], vec![3, 4]]);
        let newtypes = all(lists.newtypes().await.unwrap()).await.0;
        assert_eq!(newtypes, [Row(vec![1, 2]), Row(vec![3, 4])]);
        assert_eq!(all(lists.pairs().await.unwrap()).await.0, [(1, 2), (3, 4)]);
    }
}

/// Only the first item decides. A later line that is an array is decoded like any other, and a
/// struct is not read from it.
#[tokio::test]
async fn lines_of_json_may_have_the_media_type_of_json() {
    let server = Server::start([Reply::json(200, "\n{\"n\": [1]}\n[[2]]\n")]);
    let lists = ListsClient::new(client(&server));
    let (items, error) = all(lists.values().await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [json!({"n": [1]}), json!([[2]])]);
    let (items, error) = all(lists.items().await.unwrap()).await;
    assert_eq!(items.len(), 1);
    assert!(error.unwrap().to_string().contains("line 3"));
}
