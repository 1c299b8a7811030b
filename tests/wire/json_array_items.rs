//! The items of a JSON array as they come.

use std::time::Duration;

use connectors_client::{ErrorKind, JsonArray, RequestOptions, api_client};
use serde::Deserialize;
use support::server::{Reply, Server};

use crate::{client, whole};

#[derive(Debug, Deserialize, PartialEq)]
struct Row {
    id: u32,
}

#[api_client]
trait Export {
    #[get("rows?<n>")]
    async fn rows(&self, n: Option<u8>) -> JsonArray<Row>;

    #[post("rows", envelope = "data", on_invalid_item = skip)]
    async fn enveloped(&self) -> JsonArray<Row>;
}

fn export(reply: Reply) -> (Server, ExportClient) {
    let server = Server::start([reply]);
    let export = ExportClient::new(client(&server));
    (server, export)
}

async fn all(mut rows: JsonArray<Row>) -> (Vec<u32>, Vec<(ErrorKind, String)>) {
    let (mut ids, mut errors) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next().await {
        match row {
            Ok(row) => ids.push(row.id),
            Err(error) => errors.push((error.kind(), error.to_string())),
        }
    }
    (ids, errors)
}

#[tokio::test]
async fn items_arrive_one_by_one() {
    let body = r#"[{"id": 1}, {"id": 2}]"#;
    let (server, export) = export(Reply::json(200, body).chunked([12, 3, 7]).stall_after(14));
    let mut rows = export.rows().n(5).await.unwrap();
    // The server never sends the rest, and the first item is there.
    assert_eq!(rows.next().await.unwrap().unwrap(), Row { id: 1 });
    assert_eq!(
        whole(&server.request()),
        "GET /rows?n=5 HTTP/1.1\naccept: application/json\nauthorization: Bearer test-token\n\
         accept-encoding: gzip\n\n"
    );
}

#[tokio::test]
async fn an_array_in_an_envelope_is_read_and_invalid_items_are_skipped() {
    let body =
        r#"{"time": {"data": [0]}, "data": [{"id": 1}, {"id": "x"}, {"id": 3}], "next": null}"#;
    let (_server, export) = export(Reply::json(200, body));
    let (ids, errors) = all(export.enveloped().await.unwrap()).await;
    assert_eq!(ids, [1, 3]);
    let [(kind, text)] = &errors[..] else { panic!("{errors:?}") };
    assert_eq!(*kind, ErrorKind::Decode);
    assert!(text.contains("item 2 of the stream does not fit at `id`"), "{text}");
}

#[tokio::test]
async fn errors_say_what_the_response_is_not() {
    for (reply, expected_ids, kind, expected) in [
        (
            Reply::json(200, r#"{"id": 1}"#),
            &[][..],
            ErrorKind::Decode,
            "the response is not a JSON array",
        ),
        (
            Reply::json(200, r#"[{"id": 1} 2]"#),
            &[1],
            ErrorKind::Decode,
            "is not valid JSON where item 2 would be",
        ),
        (
            Reply::json(200, r#"[{"id": 1}, {"id":"#),
            &[1],
            ErrorKind::StreamTruncated,
            "the stream ended within an item",
        ),
        (
            Reply::json(200, r#"[{"id": 1}, "#),
            &[1],
            ErrorKind::StreamTruncated,
            "the stream ended within an item",
        ),
        (
            Reply::json(200, r#"[{"id": 1}, {"id": true}, {"id": 3}]"#),
            &[1],
            ErrorKind::Decode,
            "item 2 of the stream does not fit at `id`",
        ),
    ] {
        let (_server, export) = export(reply);
        let (ids, errors) = all(export.rows().await.unwrap()).await;
        assert_eq!(ids, expected_ids, "{expected}");
        let [(own, text)] = &errors[..] else { panic!("{errors:?}") };
        assert_eq!(*own, kind, "{text}");
        assert!(text.contains(expected), "{text}");
    }
    let (_server, export) = export(Reply::json(200, r#"{"rows": []}"#));
    let (ids, errors) = all(export.enveloped().await.unwrap()).await;
    assert!(
        ids.is_empty() && errors[0].1.contains("has no field `data`, which its envelope names"),
        "{errors:?}"
    );
}

#[tokio::test]
async fn limits_are_those_of_streams() {
    let body = format!("[{{\"id\": 1}}, {{\"id\": 2, \"text\": \"{}\"}}]", "x".repeat(1000));
    let (_server, export) = export(Reply::json(200, &body));
    let options = RequestOptions::new().max_item(500).idle_timeout(Duration::from_secs(9));
    let (ids, errors) = all(export.rows().options(options).await.unwrap()).await;
    assert_eq!((ids, errors[0].0), (vec![1], ErrorKind::TooLarge));
    let (_server, export) = self::export(Reply::text(200, "text/html", "<p>"));
    assert_eq!(export.rows().await.unwrap_err().kind(), ErrorKind::Decode);
    let (_server, export) = self::export(Reply::empty(204));
    assert_eq!(all(export.rows().await.unwrap()).await, (vec![], vec![]));
}

#[test]
fn a_blocking_call_iterates_over_the_items() {
    let server = Server::start([Reply::json(200, r#"[{"id": 1}, {"id": 2}]"#)]);
    let export = BlockingExportClient::new(client(&server));
    let ids: Vec<_> =
        export.rows().send().unwrap().into_iter().map(|row| row.unwrap().id).collect();
    assert_eq!(ids, [1, 2]);
}
