//! Tests Qdrant's endpoints. Responses are the examples of its description, shortened.

use connectors_client::{Client, ErrorKind};
use connectors_examples::apis::qdrant::{
    AliasAction, CollectionStatus, Distance, Failure, Ordering, Payload, Point, PointId,
    PointVectors, QdrantClient, QdrantError, UpdateStatus, VectorParams,
};
use serde_json::{Value, json};
use support::server::{Recorded, Reply, Server};

use crate::builder;
use crate::sent::whole;

const UPDATED: &str =
    r#"{"usage":null,"time":0.002,"status":"ok","result":{"status":"completed","operation_id":7}}"#;
const TRUE: &str = r#"{"time":0.002,"status":"ok","result":true}"#;

/// Answers as Qdrant does.
fn answer(request: &Recorded) -> Reply {
    let path = request.path();
    let result = match (request.method.as_str(), path) {
        ("GET", "/") => {
            return Reply::json(
                200,
                r#"{"title":"qdrant - vector search engine","version":"1.13.0"}"#,
            );
        }
        ("GET", "/healthz" | "/metrics") => {
            return Reply::text(200, "text/plain; charset=utf-8", "healthz check passed");
        }
        ("GET", "/collections") => json!({"collections": [{"name": "arxiv"}]}),
        (_, path) if path.ends_with("/exists") => json!({"exists": true}),
        (_, path) if path.ends_with("aliases") && request.method == "GET" => {
            json!({"aliases": [{"alias_name": "papers", "collection_name": "arxiv"}]})
        }
        (_, path) if path.ends_with("/scroll") => scrolled(request),
        (_, path) if path.ends_with("/count") => json!({"count": 42}),
        (_, path) if path.ends_with("/facet") => json!({"hits": [{"value": "red", "count": 3}]}),
        (_, path) if path.ends_with("/query/batch") => json!([found(), found()]),
        (_, path) if path.ends_with("/query") => found(),
        ("GET", "/collections/arxiv/snapshots/a%2Fb.snapshot") => {
            return Reply::bytes(200, "application/octet-stream", b"snapshot".to_vec());
        }
        ("GET", "/collections/arxiv/snapshots") => json!([snapshot()]),
        ("POST", "/collections/arxiv/snapshots") => snapshot(),
        ("GET", "/collections/arxiv/points/40") => record(40),
        ("POST", "/collections/arxiv/points") => json!([record(40), record(41)]),
        ("GET", "/collections/arxiv") => json!({
            "status": "green", "optimizer_status": "ok", "points_count": 5, "segments_count": 1,
            "payload_schema": {}, "config": {"params": {}}
        }),
        ("GET", "/collections/none") => {
            return Reply::json(
                404,
                r#"{"status":{"error":"Not found: Collection `none` doesn't exist!"},"time":1.5e-5}"#,
            );
        }
        (_, "/collections/arxiv" | "/collections/aliases") => return Reply::json(200, TRUE),
        ("DELETE", path) if path.contains("/snapshots/") => return Reply::json(200, TRUE),
        _ => return Reply::json(200, UPDATED),
    };
    Reply::json(200, &json!({"result": result, "status": "ok", "time": 0.001}).to_string())
}

fn record(id: u64) -> Value {
    json!({"id": id, "payload": {"city": "London"}, "vector": [0.5, 0.25]})
}

fn found() -> Value {
    json!({"points": [{"id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "version": 3, "score": 0.75}]})
}

fn snapshot() -> Value {
    json!({"name": "a/b.snapshot", "creation_time": "2022-08-04T10:49:10", "size": 1_000_000})
}

/// Two pages.
fn scrolled(request: &Recorded) -> Value {
    if request.text().contains("\"offset\":42") {
        json!({"points": [record(42)], "next_page_offset": null})
    } else {
        json!({"points": [record(40), record(41)], "next_page_offset": 42})
    }
}

fn start() -> (Server, QdrantClient) {
    let server = Server::answer(answer);
    let client: Client = builder(&server).header("api-key", "key").build().unwrap();
    (server, QdrantClient::new(client))
}

/// Returns the requests since the last call, without what is in all of them.
fn taken(server: &Server, from: &mut usize) -> Vec<String> {
    let requests = server.requests();
    let new = requests[*from..].iter().map(|request| {
        let text = whole(request);
        assert!(text.contains("api-key: key"), "{text}");
        text.replace("\naccept: application/json", "")
            .replace("\napi-key: key", "")
            .replace("\ncontent-type: application/json", "")
            .replace("\n\n", " ")
            .trim_end()
            .to_owned()
    });
    let new = new.collect();
    *from = requests.len();
    new
}

#[tokio::test]
async fn collections_aliases_and_indexes() {
    let (server, qdrant) = start();
    let mut from = 0;
    assert_eq!(qdrant.version().await.unwrap().version, "1.13.0");
    assert_eq!(qdrant.health().await.unwrap().as_ref(), "healthz check passed");
    qdrant.metrics().anonymize(true).await.unwrap();
    assert_eq!(qdrant.collections().await.unwrap().collections[0].name, "arxiv");
    let collection = qdrant.collection("arxiv").await.unwrap();
    assert_eq!((collection.status, collection.points_count), (CollectionStatus::Green, Some(5)));
    assert!(qdrant.has_collection("arxiv").await.unwrap().exists);
    let vectors = VectorParams { size: 4, distance: Distance::Cosine };
    assert!(qdrant.create_collection("arxiv", &vectors).shard_number(2).timeout(60).await.unwrap());
    let params = json!({"replication_factor": 2});
    assert!(qdrant.update_collection("arxiv").params(params.as_object().unwrap()).await.unwrap());
    assert!(qdrant.delete_collection("arxiv").timeout(5).await.unwrap());
    let create = AliasAction::CreateAlias {
        collection_name: "arxiv".to_owned(),
        alias_name: "papers".to_owned(),
    };
    let rename = AliasAction::RenameAlias {
        old_alias_name: "papers".to_owned(),
        new_alias_name: "p".to_owned(),
    };
    let delete = AliasAction::DeleteAlias { alias_name: "p".to_owned() };
    assert!(qdrant.update_aliases(&[create, rename, delete]).await.unwrap());
    assert_eq!(qdrant.collection_aliases("arxiv").await.unwrap().aliases[0].alias_name, "papers");
    assert_eq!(qdrant.aliases().await.unwrap().aliases[0].collection_name, "arxiv");
    let index = qdrant.create_index("arxiv", "city").field_schema("keyword").wait(true);
    assert_eq!(index.await.unwrap().status, UpdateStatus::Completed);
    qdrant.delete_index("arxiv", "a.b[]").ordering(Ordering::Strong).await.unwrap();
    assert_eq!(
        taken(&server, &mut from),
        [
            "GET /",
            "GET /healthz\naccept: text/plain, */*;q=0.5",
            "GET /metrics?anonymize=true\naccept: text/plain, */*;q=0.5",
            "GET /collections",
            "GET /collections/arxiv",
            "GET /collections/arxiv/exists",
            r#"PUT /collections/arxiv?timeout=60 {"vectors":{"size":4,"distance":"Cosine"},"shard_number":2}"#,
            r#"PATCH /collections/arxiv {"params":{"replication_factor":2}}"#,
            "DELETE /collections/arxiv?timeout=5",
            r#"POST /collections/aliases {"actions":[{"create_alias":{"collection_name":"arxiv","alias_name":"papers"}},{"rename_alias":{"old_alias_name":"papers","new_alias_name":"p"}},{"delete_alias":{"alias_name":"p"}}]}"#,
            "GET /collections/arxiv/aliases",
            "GET /aliases",
            r#"PUT /collections/arxiv/index?wait=true {"field_name":"city","field_schema":"keyword"}"#,
            "DELETE /collections/arxiv/index/a.b%5B%5D?ordering=strong",
        ]
    );
}

#[tokio::test]
async fn points_and_their_payloads_are_changed() {
    let (server, qdrant) = start();
    let (ids, filter) = ([PointId::Number(40), PointId::Uuid("u".to_owned())], json!({"must": []}));
    let payload: Payload = json!({"city": "Rome"}).as_object().unwrap().clone();
    let point = Point { id: ids[0].clone(), vector: vec![0.5, 0.25], payload: payload.clone() };
    qdrant.upsert("arxiv", &[point]).wait(true).ordering(Ordering::Weak).await.unwrap();
    qdrant.delete_points("arxiv").points(&ids).await.unwrap();
    qdrant.delete_points("arxiv").filter(&filter).wait(false).await.unwrap();
    let vector = [("image".to_owned(), vec![1.0])].into();
    let vectors = PointVectors { id: PointId::Number(1), vector };
    qdrant.update_vectors("arxiv", &[vectors]).await.unwrap();
    qdrant.delete_vectors("arxiv", &["image"]).points(&ids[..1]).await.unwrap();
    qdrant.set_payload("arxiv", &payload).points(&ids).key("a.b").await.unwrap();
    qdrant.overwrite_payload("arxiv", &payload).filter(&filter).await.unwrap();
    qdrant.delete_payload("arxiv", &["city"]).points(&ids[..1]).await.unwrap();
    let updated = qdrant.clear_payload("arxiv").points(&ids[..1]).await.unwrap();
    assert_eq!((updated.operation_id, updated.status), (Some(7), UpdateStatus::Completed));
    let both = qdrant.clear_payload("arxiv").points(&ids).filter(&filter).await.unwrap_err();
    assert_eq!(both.kind(), ErrorKind::Build);
    assert_eq!(
        taken(&server, &mut 0),
        [
            r#"PUT /collections/arxiv/points?wait=true&ordering=weak {"points":[{"id":40,"vector":[0.5,0.25],"payload":{"city":"Rome"}}]}"#,
            r#"POST /collections/arxiv/points/delete {"points":[40,"u"]}"#,
            r#"POST /collections/arxiv/points/delete?wait=false {"filter":{"must":[]}}"#,
            r#"PUT /collections/arxiv/points/vectors {"points":[{"id":1,"vector":{"image":[1.0]}}]}"#,
            r#"POST /collections/arxiv/points/vectors/delete {"vector":["image"],"points":[40]}"#,
            r#"POST /collections/arxiv/points/payload {"payload":{"city":"Rome"},"points":[40,"u"],"key":"a.b"}"#,
            r#"PUT /collections/arxiv/points/payload {"payload":{"city":"Rome"},"filter":{"must":[]}}"#,
            r#"POST /collections/arxiv/points/payload/delete {"keys":["city"],"points":[40]}"#,
            r#"POST /collections/arxiv/points/payload/clear {"points":[40]}"#,
        ]
    );
}

#[tokio::test]
async fn points_are_found_counted_and_listed_in_pages() {
    let (server, qdrant) = start();
    let (filter, red) = (json!({"must": []}), json!({"must_not": []}));
    let ids = [PointId::Number(40), PointId::Number(41)];
    let point = qdrant.point("arxiv", &ids[0]).consistency("quorum").await.unwrap();
    assert_eq!(point.payload.unwrap()["city"], "London");
    assert_eq!(qdrant.points("arxiv", &ids).with_vector(true).await.unwrap().len(), 2);
    let mut all = qdrant.scroll("arxiv").limit(2).filter(&filter).items();
    let mut listed = Vec::new();
    while let Some(point) = all.next().await {
        listed.push(point.unwrap().id);
    }
    assert_eq!(listed, [40, 41, 42].map(PointId::Number));
    assert_eq!(qdrant.count("arxiv").exact(true).await.unwrap().count, 42);
    assert_eq!(
        qdrant.facet("arxiv", "color").limit(5).filter(&red).await.unwrap().hits[0].count,
        3
    );
    let query = json!([0.1, 0.2]);
    let found = qdrant.query("arxiv", &query).limit(1).score_threshold(0.5).await.unwrap();
    let uuid = PointId::Uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8".to_owned());
    assert_eq!((&found.points[0].id, found.points[0].score), (&uuid, 0.75));
    let searches = [json!({"query": 1}), json!({"query": 2})];
    assert_eq!(qdrant.query_batch("arxiv", &searches).await.unwrap().len(), 2);
    assert_eq!(
        taken(&server, &mut 0),
        [
            "GET /collections/arxiv/points/40?consistency=quorum",
            r#"POST /collections/arxiv/points {"ids":[40,41],"with_vector":true}"#,
            r#"POST /collections/arxiv/points/scroll {"limit":2,"filter":{"must":[]}}"#,
            r#"POST /collections/arxiv/points/scroll {"offset":42,"limit":2,"filter":{"must":[]}}"#,
            r#"POST /collections/arxiv/points/count {"exact":true}"#,
            r#"POST /collections/arxiv/facet {"key":"color","limit":5,"filter":{"must_not":[]}}"#,
            r#"POST /collections/arxiv/points/query {"query":[0.1,0.2],"score_threshold":0.5,"limit":1}"#,
            r#"POST /collections/arxiv/points/query/batch {"searches":[{"query":1},{"query":2}]}"#,
        ]
    );
}

#[tokio::test]
async fn snapshots_are_made_and_downloaded() {
    let (server, qdrant) = start();
    assert_eq!(qdrant.create_snapshot("arxiv").wait(true).await.unwrap().size, 1_000_000);
    let name = qdrant.snapshots("arxiv").await.unwrap().remove(0).name;
    let mut content = qdrant.snapshot("arxiv", &name).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = content.next().await {
        bytes.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(bytes, b"snapshot");
    assert!(qdrant.delete_snapshot("arxiv", &name).await.unwrap());
    assert_eq!(
        taken(&server, &mut 0),
        [
            "POST /collections/arxiv/snapshots?wait=true",
            "GET /collections/arxiv/snapshots",
            "GET /collections/arxiv/snapshots/a%2Fb.snapshot\naccept: */*",
            "DELETE /collections/arxiv/snapshots/a%2Fb.snapshot",
        ]
    );
}

#[tokio::test]
async fn an_error_has_its_words_and_a_result_without_the_envelope_says_so() {
    let (_server, qdrant) = start();
    let error = qdrant.collection("none").await.unwrap_err();
    let Some(QdrantError::NotFound(Some(Failure { status, .. }))) = error.class() else {
        panic!("{error:?}");
    };
    assert_eq!(status.error, "Not found: Collection `none` doesn't exist!");
    let server = Server::start([Reply::json(200, r#"{"status":"ok"}"#)]);
    let qdrant = QdrantClient::new(builder(&server).build().unwrap());
    let error = qdrant.count("arxiv").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("`result`"), "{error}");
}
