//! Event streams ask for a response that no cache keeps.

use connectors_client::{
    ByteStream, EventStream, JsonLines, RequestOptions, ServerSentEvent, api_client,
};
use support::server::{Reply, Server};

use crate::client;

#[api_client]
trait Events {
    #[get("events")]
    async fn events(&self) -> EventStream<ServerSentEvent>;

    #[get("events", accept = "text/event-stream;q=0.5", headers("Cache-Control" = "no-cache"))]
    async fn own(&self) -> EventStream<ServerSentEvent>;

    #[get("events", resume)]
    async fn resumed(&self) -> EventStream<ServerSentEvent>;

    #[get("events")]
    async fn lines(&self) -> JsonLines<u8>;

    #[get("events")]
    async fn bytes(&self) -> ByteStream;
}

fn serve() -> Server {
    Server::answer(|_| Reply::text(200, "text/event-stream", "id: 1\ndata: a\n\n"))
}

fn cache_control(server: &Server) -> Vec<Option<String>> {
    server
        .requests()
        .iter()
        .map(|request| request.header("cache-control").map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn event_streams_are_not_cached() {
    let server = serve();
    let events = EventsClient::new(client(&server));
    events.events().await.unwrap();
    events.own().await.unwrap();
    events
        .events()
        .options(RequestOptions::new().header("Cache-Control", "max-age=0"))
        .await
        .unwrap();
    events.events().options(RequestOptions::new().header("Cache-Control", None)).await.unwrap();
    let by_hand = http::Request::get("/events").body(connectors_client::Body::empty()).unwrap();
    client(&server).send::<EventStream<ServerSentEvent>>(by_hand).await.unwrap();
    let expected = [Some("no-store"), Some("no-cache"), Some("max-age=0"), None, Some("no-store")];
    assert_eq!(cache_control(&server), expected.map(|value| value.map(str::to_owned)));
}

#[tokio::test]
async fn each_connection_of_a_resumed_stream_asks_so() {
    let server = serve();
    let events = EventsClient::new(client(&server));
    let mut stream = events.resumed().await.unwrap();
    for _ in 0..3 {
        stream.next().await.unwrap().unwrap();
    }
    let sent = cache_control(&server);
    assert!(
        sent.len() >= 3 && sent.iter().all(|value| value.as_deref() == Some("no-store")),
        "{sent:?}"
    );
}

#[tokio::test]
async fn other_streams_leave_caching_alone() {
    let server = Server::answer(|_| Reply::text(200, "application/x-ndjson", "1\n"));
    let events = EventsClient::new(client(&server));
    events.lines().await.unwrap();
    events.bytes().await.unwrap();
    assert_eq!(cache_control(&server), [None, None]);
}
