//! Tests `OpenSearch`'s endpoints. Responses are the examples of its reference, shortened.

use connectors_client::{Client, CommaSeparated};
use connectors_examples::apis::opensearch::{
    BulkLines, ChangeKind, Failure, Health, OpenSearchClient, Refresh, SearchError,
};
use serde_json::{Value, json};
use support::server::{Recorded, Reply, Server};

use crate::builder;
use crate::sent::whole;

const WRITTEN: &str = r#"{"_index":"books","_id":"1","_version":2,"result":"updated","_seq_no":3,
    "_primary_term":1,"_shards":{"total":2,"successful":1,"failed":0}}"#;

fn hits(ids: &[&str]) -> Value {
    let hit = |id: &&str| json!({"_index": "books", "_id": id, "_score": 1.5, "_source": {"title": "Emma"}});
    json!({
        "_scroll_id": "s1", "took": 5, "timed_out": false,
        "hits": {
            "total": {"value": 2, "relation": "eq"},
            "hits": ids.iter().map(hit).collect::<Vec<_>>()
        },
        "aggregations": {"years": {"buckets": []}}
    })
}

/// Answers as `OpenSearch` does.
fn answer(request: &Recorded) -> Reply {
    let json = match (request.method.as_str(), request.path()) {
        ("GET", "/") => json!({
            "name": "node-1", "cluster_name": "c", "version": {"distribution": "opensearch", "number": "2.19.0"}
        }),
        ("GET", "/_cluster/health") => {
            json!({"status": "yellow", "timed_out": false, "number_of_nodes": 1})
        }
        ("GET", "/_cat/indices/books,logs-%2A") => {
            json!([{"health": "green", "index": "books", "docs.count": "2"},
                {"health": "purple", "index": "logs-1", "docs.count": null}])
        }
        ("GET", "/_cat/health") => return Reply::text(200, "text/plain; charset=UTF-8", "ok\n"),
        ("HEAD", "/none") => return Reply::empty(404),
        ("HEAD", _) => return Reply::empty(200),
        ("PUT" | "DELETE", path) if path.contains("/_doc/") => return Reply::json(200, WRITTEN),
        ("GET", "/books/_doc/9") => {
            return Reply::json(404, r#"{"_index":"books","_id":"9","found":false}"#);
        }
        ("GET", "/books/_doc/1") => {
            json!({"_index": "books", "_id": "1", "_version": 2, "found": true, "_source": {"title": "Emma"}})
        }
        ("POST", "/_bulk") => {
            json!({"took": 1, "errors": true, "items": [{"index": {"status": 201}}, {"delete": {"status": 404}}]})
        }
        ("GET", "/_search/scroll") => hits(&[]),
        ("DELETE", "/_search/scroll") => json!({"succeeded": true, "num_freed": 1}),
        ("GET", "/none/_search") => {
            return Reply::json(
                404,
                r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [none]"}],
                "type":"index_not_found_exception","reason":"no such index [none]"},"status":404}"#,
            );
        }
        ("GET", path) if path.ends_with("/_search") => hits(&["1", "2"]),
        ("GET", path) if path.ends_with("/_count") => json!({"count": 2}),
        _ => json!({"acknowledged": true}),
    };
    Reply::json(200, &json.to_string())
}

fn start() -> (Server, OpenSearchClient) {
    let server = Server::answer(answer);
    let client: Client = builder(&server).build().unwrap();
    (server, OpenSearchClient::new(client))
}

/// Returns the requests, without the headers of JSON.
fn all(server: &Server) -> Vec<String> {
    let short = |request| {
        whole(request)
            .replace("\naccept: application/json", "")
            .replace("\ncontent-type: application/json", "")
            .replace("\n\n", " ")
            .trim_end()
            .to_owned()
    };
    server.requests().iter().map(short).collect()
}

#[tokio::test]
async fn indexes_are_made_listed_and_removed() {
    let (server, search) = start();
    assert_eq!(search.info().await.unwrap().version.number, "2.19.0");
    let health = search.health().wait_for_status(Health::Yellow).timeout("50s").await.unwrap();
    assert_eq!((health.status, health.timed_out), (Health::Yellow, false));
    let mut rows = search.indexes(&["books", "logs-*"]).await.unwrap();
    let mut seen = Vec::new();
    while let Some(row) = rows.next().await {
        let row = row.unwrap();
        seen.push((row.index, row.health, row.docs_count));
    }
    let purple = Health::Other("purple".to_owned());
    assert_eq!(
        seen,
        [
            ("books".to_owned(), Health::Green, Some("2".to_owned())),
            ("logs-1".to_owned(), purple, None)
        ]
    );
    let settings = json!({"number_of_shards": 1});
    let created = search.create_index("books").settings(settings.as_object().unwrap()).await;
    assert!(created.unwrap().acknowledged);
    assert!(search.delete_indexes(&["a", "b/c"]).await.unwrap().acknowledged);
    assert_eq!(search.has_index("books").await.unwrap(), Some(()));
    assert_eq!(search.has_index("none").await.unwrap(), None);
    assert_eq!(search.health_table().v(true).await.unwrap().as_ref(), "ok\n");
    assert_eq!(
        all(&server),
        [
            "GET /",
            "GET /_cluster/health?wait_for_status=yellow&timeout=50s",
            "GET /_cat/indices/books,logs-%2A?format=json",
            r#"PUT /books {"settings":{"number_of_shards":1}}"#,
            "DELETE /a,b%2Fc",
            "HEAD /books\naccept: */*",
            "HEAD /none\naccept: */*",
            "GET /_cat/health?v=true\naccept: text/plain, */*;q=0.5",
        ]
    );
}

#[tokio::test]
async fn documents_are_stored_and_changed_in_bulk() {
    let (server, search) = start();
    let book = json!({"title": "Emma"});
    let written = search.put("books", "1", &book).refresh(Refresh::WaitFor).if_seq_no(2);
    let written = written.if_primary_term(1).await.unwrap();
    assert_eq!((written.result, written.seq_no), (ChangeKind::Updated, 3));
    let read = search.get("books", "1").source_includes(CommaSeparated(&["title", "year"]));
    assert_eq!(read.await.unwrap().unwrap().source["title"], "Emma");
    assert_eq!(search.get("books", "9").await.unwrap(), None);
    search.delete("books", "1").refresh(Refresh::True).await.unwrap();
    let lines = BulkLines::new()
        .action(&json!({"index": {"_index": "books", "_id": "2"}}))
        .and_then(|lines| lines.document(&book))
        .and_then(|lines| lines.action(&json!({"delete": {"_index": "books", "_id": "3"}})));
    let bulk = search.bulk(lines.unwrap().into()).refresh(Refresh::False).await.unwrap();
    assert!(bulk.errors && bulk.items[1]["delete"]["status"] == 404);
    assert_eq!(
        all(&server),
        [
            r#"PUT /books/_doc/1?refresh=wait_for&if_seq_no=2&if_primary_term=1 {"title":"Emma"}"#,
            "GET /books/_doc/1?_source_includes=title,year",
            "GET /books/_doc/9",
            "DELETE /books/_doc/1?refresh=true",
            "POST /_bulk?refresh=false\ncontent-type: application/x-ndjson \
             {\"index\":{\"_id\":\"2\",\"_index\":\"books\"}}\n{\"title\":\"Emma\"}\n\
             {\"delete\":{\"_id\":\"3\",\"_index\":\"books\"}}",
        ]
    );
}

#[tokio::test]
async fn a_search_is_a_get_with_a_body_and_can_be_scrolled() {
    let (server, search) = start();
    let query = json!({"match": {"title": "emma"}});
    let aggs = json!({"years": {"terms": {"field": "year"}}});
    let found = search.search(&["books", "logs"]).query(&query).size(2).source(&["title"]);
    let found = found.aggs(aggs.as_object().unwrap()).scroll("1m").routing("a b").await.unwrap();
    assert_eq!((found.hits.hits.len(), found.hits.total.unwrap().value), (2, 2));
    assert!(found.aggregations.contains_key("years"));
    let id = found.scroll_id.unwrap();
    assert!(search.scroll(&id, "1m").await.unwrap().hits.hits.is_empty());
    assert_eq!(search.clear_scroll(&[&id]).await.unwrap().num_freed, 1);
    assert_eq!(search.count(&["books"]).query(&query).await.unwrap().count, 2);
    assert_eq!(
        all(&server),
        [
            r#"GET /books,logs/_search?routing=a+b&scroll=1m {"query":{"match":{"title":"emma"}},"size":2,"_source":["title"],"aggs":{"years":{"terms":{"field":"year"}}}}"#,
            r#"GET /_search/scroll {"scroll_id":"s1","scroll":"1m"}"#,
            r#"DELETE /_search/scroll {"scroll_id":["s1"]}"#,
            r#"GET /books/_count {"query":{"match":{"title":"emma"}}}"#,
        ]
    );
}

#[tokio::test]
async fn an_error_has_its_causes() {
    let (_server, search) = start();
    let error = search.search(&["none"]).await.unwrap_err();
    let Some(SearchError::NotFound(Some(Failure { error: cause, status: 404 }))) = error.class()
    else {
        panic!("{error:?}");
    };
    assert_eq!(cause.root_cause[0].kind, "index_not_found_exception");
}
