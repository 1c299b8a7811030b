//! Marks in nested fields, of operations and of pages.

use connectors_client::{Page, api_client};
use serde::{Deserialize, Serialize};
use support::server::{Reply, Server};

use crate::{client, whole};

#[derive(Debug, Deserialize)]
struct Operation {
    progress: u8,
}

#[derive(Debug, Deserialize, Page)]
struct List<T> {
    #[page(items, cursor = meta.id)]
    data: Vec<T>,
    #[page(has_more = more, total_items = count)]
    paging: Paging,
}

#[derive(Debug, Deserialize)]
struct Paging {
    more: bool,
    count: Option<u64>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Item {
    meta: Meta,
}

#[derive(Debug, Deserialize, Serialize)]
struct Meta {
    id: u64,
}

#[derive(Debug, Deserialize, Page)]
struct Linked {
    #[page(items)]
    value: Vec<u8>,
    #[serde(rename = "@odata.nextLink")]
    #[page(next)]
    next: Option<String>,
}

#[derive(Debug, Deserialize, Page)]
struct Nested {
    #[page(items)]
    value: Vec<u8>,
    #[page(next = cursors.after)]
    paging: Cursors,
}

#[derive(Debug, Deserialize)]
struct Cursors {
    cursors: After,
}

#[derive(Debug, Deserialize)]
struct After {
    after: Option<String>,
}

/// A page whose mark is a number.
#[derive(Debug, Deserialize, Page)]
struct Numbered {
    #[page(items)]
    value: Vec<u8>,
    #[page(has_more)]
    more: u8,
}

#[api_client]
trait Things {
    #[get("numbered?<page>", paginate(page = page))]
    async fn numbered(&self, page: Option<u64>) -> Numbered;

    #[get(
        "operation",
        poll(every = "1s"),
        done(progress = 100, "state.name" = "end"),
        failed(error.code),
        failed(status.state = "lost", progress = -1)
    )]
    async fn operation(&self) -> Operation;

    #[get("list?<after>", paginate(cursor = after))]
    async fn list(&self, after: Option<u64>) -> List<Item>;

    #[post("query", paginate(url))]
    async fn query(&self, filter: &str) -> Linked;

    #[get("nested?<after>", paginate(cursor = after))]
    async fn nested(&self, after: Option<&str>) -> Nested;
}

fn things<'a>(replies: impl IntoIterator<Item = &'a str>) -> (Server, ThingsClient) {
    let server = Server::start(replies.into_iter().map(|body| Reply::json(200, body)));
    let things = ThingsClient::new(client(&server));
    (server, things)
}

#[tokio::test]
async fn marks_are_found_in_nested_fields_and_as_numbers() {
    let (_server, things) = things([
        r#"{"progress": 10, "state": {"name": "end"}, "error": {"code": null}}"#,
        r#"{"progress": 100.0}"#,
    ]);
    assert!(things.operation().poll().await.is_err(), "100.0 is no u8, but is the end");
    let (_server, things) = self::things([r#"{"progress": 1}"#, r#"{"progress": 100}"#]);
    assert_eq!(things.operation().poll().await.unwrap().progress, 100);
    let (_server, things) = self::things([r#"{"progress": 1, "state.name": "end"}"#]);
    assert_eq!(things.operation().poll().await.unwrap().progress, 1);
    for failed in [
        r#"{"progress": 1, "error": {"code": 5}}"#,
        r#"{"progress": 1, "status": {"state": "lost"}}"#,
    ] {
        let (_server, things) = self::things([failed]);
        let error = things.operation().poll().await.unwrap_err();
        assert_eq!(error.kind(), connectors_client::ErrorKind::Api, "{failed}");
    }
}

#[tokio::test]
async fn a_generic_list_continues_after_its_last_item() {
    let (server, things) = things([
        r#"{"data": [{"meta": {"id": 1}}, {"meta": {"id": 7}}], "paging": {"more": true, "count": 3}}"#,
        r#"{"data": [{"meta": {"id": 9}}], "paging": {"more": false, "count": 3}}"#,
    ]);
    let mut items = things.list().items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().meta.id);
    }
    assert_eq!(ids, [1, 7, 9]);
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/list", "/list?after=7"]);
}

#[tokio::test]
async fn a_mark_can_be_in_a_field_of_a_field() {
    let (server, things) = things([
        r#"{"value": [1], "paging": {"cursors": {"after": "b c"}}}"#,
        r#"{"value": [2], "paging": {"cursors": {"after": null}}}"#,
    ]);
    let mut items = things.nested().items();
    while let Some(item) = items.next().await {
        item.unwrap();
    }
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/nested", "/nested?after=b+c"]);
}

#[tokio::test]
async fn a_list_begins_by_post_and_continues_by_get() {
    let server = Server::start([
        Reply::json(200, r#"{"value": [1, 2], "@odata.nextLink": "/query?page=2"}"#),
        Reply::empty(503),
        Reply::json(200, r#"{"value": [3]}"#),
    ]);
    let mut items = ThingsClient::new(client(&server)).query("x").items();
    let mut values = Vec::new();
    while let Some(item) = items.next().await {
        values.push(item.unwrap());
    }
    assert_eq!(values, [1, 2, 3]);
    let head = " HTTP/1.1\naccept: application/json\nauthorization: Bearer test-token\n";
    let first = format!(
        "POST /query{head}content-type: application/json\naccept-encoding: gzip\n\
         content-length: 14\n\n{{\\\"filter\\\":\\\"x\\\"}}"
    );
    let next = format!("GET /query?page=2{head}accept-encoding: gzip\n\n");
    assert_eq!(
        server.requests().iter().map(whole).collect::<Vec<_>>(),
        [first, next.clone(), next]
    );
}

#[tokio::test]
async fn a_number_says_that_more_pages_follow() {
    let (server, things) = things([
        r#"{"value": [1], "more": 1}"#,
        r#"{"value": [2], "more": 2}"#,
        r#"{"value": [3], "more": 0}"#,
    ]);
    let mut items = things.numbered().items();
    let mut values = Vec::new();
    while let Some(item) = items.next().await {
        values.push(item.unwrap());
    }
    assert_eq!((values, server.requests().len()), (vec![1, 2, 3], 3));
}
