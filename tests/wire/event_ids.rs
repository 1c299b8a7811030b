//! The `Last-Event-ID` of a stream that connects again (HTML standard sections 9.2.4 and 9.2.6).

use connectors_client::{Client, EventStream, RequestOptions, api_client};
use support::server::{Reply, Server};

use crate::builder;

#[api_client]
trait Feeds {
    #[get("feed", resume, done = "[DONE]")]
    async fn feed(&self) -> EventStream<u32>;

    #[get("from", resume, done = "[DONE]")]
    async fn from(&self, #[header("Last-Event-ID")] id: Option<&str>) -> EventStream<u32>;
}

fn events(text: &str) -> Reply {
    Reply::text(200, "text/event-stream", text)
}

/// Starts a server whose first connection sends `first` and whose second one ends the stream.
fn start(first: &str) -> (Server, Client) {
    let server = Server::start([events(first), events("data: [DONE]\n\n")]);
    let client = builder(&server).build().unwrap();
    (server, client)
}

async fn read(mut stream: EventStream<u32>) {
    while let Some(item) = stream.next().await {
        item.unwrap();
    }
}

fn ids(server: &Server) -> Vec<Option<String>> {
    server
        .requests()
        .iter()
        .map(|request| request.header("last-event-id").map(str::to_owned))
        .collect()
}

const FIRST: Option<&str> = Some("a");

/// The data of the first connection, and the id that the second one sends.
const CASES: [(&str, Option<&str>); 8] = [
    ("data: 1\n\n", FIRST),
    ("id: b\ndata: 1\n\n", Some("b")),
    ("id:\ndata: 1\n\n", None),
    ("id\ndata: 1\n\n", None),
    ("id: \n\n", None),
    ("id: b\ndata: 1\n\nid:\ndata: 2\n\n", None),
    ("id:\ndata: 1\n\nid: c\ndata: 2\n\n", Some("c")),
    // An event that is not complete sets no id.
    ("data: 1\n\nid:\n", FIRST),
];

#[tokio::test]
async fn an_empty_id_clears_the_id_of_an_option() {
    for (first, second) in CASES {
        let (server, client) = start(first);
        let options = RequestOptions::new().header("last-event-id", "a");
        read(FeedsClient::new(client).feed().options(options).await.unwrap()).await;
        assert_eq!(
            ids(&server),
            [FIRST.map(str::to_owned), second.map(str::to_owned)],
            "{first:?}"
        );
    }
}

#[tokio::test]
async fn an_empty_id_clears_the_id_of_an_argument() {
    for (first, second) in CASES {
        let (server, client) = start(first);
        read(FeedsClient::new(client).from().id("a").await.unwrap()).await;
        assert_eq!(
            ids(&server),
            [FIRST.map(str::to_owned), second.map(str::to_owned)],
            "{first:?}"
        );
    }
}

#[tokio::test]
async fn an_empty_id_clears_the_id_of_a_view_of_the_client() {
    for (first, second) in CASES {
        let (server, client) = start(first);
        let feeds = FeedsClient::new(
            client.with_options(RequestOptions::new().header("last-event-id", "a")),
        );
        read(feeds.feed().await.unwrap()).await;
        assert_eq!(
            ids(&server),
            [FIRST.map(str::to_owned), second.map(str::to_owned)],
            "{first:?}"
        );
    }
}

#[test]
fn an_empty_id_clears_the_id_of_a_blocking_stream() {
    let (server, client) = start("id:\ndata: 1\n\n");
    let options = RequestOptions::new().header("last-event-id", "a");
    let stream = BlockingFeedsClient::new(client).feed().options(options).send().unwrap();
    assert!(stream.into_iter().all(|item| item.is_ok()));
    assert_eq!(ids(&server), [FIRST.map(str::to_owned), None]);
}
