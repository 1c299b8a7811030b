//! Streams keep their chunks, and their secrets are replaced across them.

use std::time::Duration;

use connectors_client::{
    ByteStream, EventStream, JsonArray, JsonLines, Recorder, Secret, api_client,
};
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::{Folder, builder};

const CANARY: &str = "canary-token/of+a=stream";
const SHORT: &str = "9753";

#[derive(Debug, Deserialize)]
struct Item {
    at: u32,
    token: Option<Secret>,
}

#[api_client]
trait Streams {
    #[get("events")]
    async fn events(&self) -> EventStream<Item>;

    #[get("lines")]
    async fn lines(&self) -> JsonLines<Value>;

    #[get("bytes")]
    async fn bytes(&self) -> ByteStream;

    #[get("rows")]
    async fn rows(&self) -> JsonArray<Value>;
}

/// Records a response while `read` reads it. Returns a client that replays it.
async fn recorded<T>(
    folder: &Folder,
    reply: Reply,
    read: impl AsyncFn(StreamsClient) -> T,
) -> (T, StreamsClient) {
    let server = Server::start([reply]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let live = read(StreamsClient::new(client)).await;
    recorder.save().unwrap();
    drop(server);
    let recorder = Recorder::replay(folder.file());
    let client = builder("http://localhost:9").recorder(&recorder).build().unwrap();
    (live, StreamsClient::new(client))
}

fn content(folder: &Folder) -> Value {
    folder.entries()[0]["response"]["content"].clone()
}

#[tokio::test]
async fn lines_keep_their_chunks() {
    let folder = Folder::new();
    let text = "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n";
    let reply = Reply::text(200, "application/x-ndjson", text).drip(12, Duration::from_millis(30));
    let read = async |client: StreamsClient| -> Vec<Value> {
        client.lines().await.unwrap().try_collect().await.unwrap()
    };
    let (live, client) = recorded(&folder, reply, read).await;
    assert_eq!(read(client).await, live);
    let content = content(&folder);
    assert_eq!(content["_chunks"], json!(["{\"a\":1}\n{\"a\"", ":2}\n{\"a\":3}\n"]));
    assert_eq!(content["text"], text);
}

/// The chunks of a replay are those of the recording, also within a character.
#[tokio::test]
async fn chunks_that_are_not_text_are_base64() {
    let folder = Folder::new();
    let text = "[\"caf\u{e9}\"]\n[1]\n";
    let reply = Reply::text(200, "application/jsonl", text).drip(6, Duration::from_millis(30));
    let read = async |client: StreamsClient| -> Vec<bytes::Bytes> {
        client.bytes().await.unwrap().try_collect().await.unwrap()
    };
    let (live, client) = recorded(&folder, reply, read).await;
    assert_eq!(live.len(), 3, "{live:?}");
    assert_eq!(read(client).await, live);
    assert_eq!(content(&folder)["encoding"], "base64");
    assert_eq!(content(&folder)["_chunks"], json!(["WyJjYWbD", "qSJdClsx", "XQo="]));
}

#[tokio::test]
async fn bytes_that_are_not_text_are_base64() {
    let folder = Folder::new();
    let reply = Reply::bytes(200, "image/png", vec![0x89, b'P', b'N', b'G', 0xff, 0]);
    let read = async |client: StreamsClient| -> Vec<u8> {
        let chunks: Vec<bytes::Bytes> = client.bytes().await.unwrap().try_collect().await.unwrap();
        chunks.concat()
    };
    let (live, client) = recorded(&folder, reply, read).await;
    assert_eq!(read(client).await, live);
    let content = content(&folder);
    assert_eq!((&content["encoding"], &content["text"]), (&json!("base64"), &json!("iVBOR/8A")));
    assert_eq!(content.get("_chunks"), None);
}

fn events() -> Reply {
    let item = |at: u32, token: &str| {
        format!("data: {}\n\n", json!({"at": at, "token": token, "note": format!("a {token}")}))
    };
    let text = format!(": {CANARY}\n{}{}{}", item(1, SHORT), item(2, CANARY), item(3, CANARY));
    Reply::text(200, "text/event-stream", &text).drip(17, Duration::from_millis(5))
}

/// A secret that is cut in two by the chunks is found, and one of an item that was not read.
#[tokio::test]
async fn the_secrets_of_a_stream_are_replaced() {
    for count in [3, 2] {
        let folder = Folder::new();
        let read = async move |client: StreamsClient| -> Vec<u32> {
            let events = client.events().await.unwrap().take(count);
            let items: Vec<Item> = events.try_collect().await.unwrap();
            assert!(items.iter().all(|item| item.token.is_some()));
            items.iter().map(|item| item.at).collect()
        };
        let (live, client) = recorded(&folder, events(), read).await;
        let text = folder.text();
        assert!(!text.contains("canary") && !text.contains("\\\"9753\\\""), "{text}");
        assert!(text.contains("{token:1}") && text.contains("{token:2}"), "{text}");
        let content = content(&folder);
        let chunks = content["_chunks"].as_array().unwrap();
        // A slow reader gets several of them at once.
        assert!(chunks.len() > 1, "{chunks:?}");
        let joined: String = chunks.iter().map(|chunk| chunk.as_str().unwrap()).collect();
        assert_eq!(joined, content["text"].as_str().unwrap());
        assert_eq!(read(client).await, live);
    }
}

const ROWS: &str = r#"[{"a": 1}, {"a": 2}, {"a": 3}]"#;

/// A container engine sends events as `application/json` and logs as a type of its own.
#[tokio::test]
async fn a_stream_of_any_media_type_keeps_its_chunks() {
    let folder = Folder::new();
    let reply = Reply::json(200, ROWS).chunked([13]);
    let read = async |client: StreamsClient| -> Vec<Value> {
        client.rows().await.unwrap().try_collect().await.unwrap()
    };
    let (live, client) = recorded(&folder, reply, read).await;
    assert_eq!(read(client).await, live);
    assert_eq!(content(&folder)["_chunks"], json!([ROWS[..13], ROWS[13..26], ROWS[26..]]));

    let folder = Folder::new();
    let raw = "application/vnd.docker.raw-stream";
    let reply = Reply::text(200, raw, "one two three").chunked([4]);
    let read = async |client: StreamsClient| -> Vec<bytes::Bytes> {
        client.bytes().await.unwrap().try_collect().await.unwrap()
    };
    let (live, client) = recorded(&folder, reply, read).await;
    assert_eq!(live, ["one ", "two ", "thre", "e"]);
    assert_eq!(read(client).await, live);
}

#[tokio::test]
async fn verifying_does_not_wait_for_the_end_of_a_stream() {
    let folder = Folder::new();
    let read = async |client: StreamsClient| -> Vec<Value> {
        client.rows().await.unwrap().try_collect().await.unwrap()
    };
    recorded(&folder, Reply::json(200, ROWS), read).await;
    let endless = Server::start([Reply::json(200, ROWS).chunked([10]).stall_after(13)]);
    let recorder = Recorder::verify(folder.file());
    let client = builder(&endless.url()).recorder(&recorder).build().unwrap();
    let first = async { StreamsClient::new(client).rows().await?.next().await.unwrap() };
    let first = tokio::time::timeout(Duration::from_secs(5), first).await;
    assert_eq!(first.expect("the item has arrived").unwrap(), json!({"a": 1}));
    // Control: at its end the stream is compared.
    let other = Server::start([Reply::json(200, r#"[{"a": 1}, {"a": 5}]"#)]);
    let recorder = Recorder::verify(folder.file());
    let client = builder(&other.url()).recorder(&recorder).build().unwrap();
    let rows = StreamsClient::new(client).rows().await.unwrap();
    let items: Vec<_> = rows.collect().await;
    let error = items.last().unwrap().as_ref().unwrap_err().to_string();
    assert!(
        error.contains("the response differs from") && error.contains("2 items, not 3"),
        "{error}"
    );
}
