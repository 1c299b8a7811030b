//! Promised shapes: sizes, bounds, and use in tasks and `select!`.

use connectors_client::cohere::{Connectors, ConnectorsClient, ListConnectorsResponse};
use connectors_client::{Client, Endpoint, Error, HttpResponse, RequestOptions, ResponseFuture};
use support::server::{Reply, Server};

use crate::connectors;

fn is_send_static<T: Send + 'static>(_: &T) {}
fn is_shared<T: Send + Sync + Clone + 'static>(_: &T) {}

fn is_error<T: std::error::Error + Send + Sync + 'static>() {}

fn server() -> Server {
    Server::start([Reply::json(200, r#"{"connectors": []}"#)])
}

#[test]
fn an_error_is_one_pointer_wide_and_shared_between_threads() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    is_error::<Error>();
}

#[test]
fn clients_are_sync_and_requests_and_futures_are_send() {
    let server = server();
    let connectors = connectors(&server);
    is_shared(&connectors);
    is_shared(&connectors.with_raw_response());
    is_shared::<Client>(&crate::client(&server));
    let request = connectors.list().limit(1);
    is_send_static(&request);
    is_send_static(&request.clone());
    let future: ResponseFuture<ListConnectorsResponse> = request.send();
    is_send_static(&future);
    let raw: ResponseFuture<HttpResponse<ListConnectorsResponse>> =
        connectors.with_raw_response().list().send();
    is_send_static(&raw);
    let description: &'static Endpoint = ConnectorsClient::LIST;
    assert_eq!(format!("{description}"), "GET v1/connectors");
    assert_eq!((description.api(), description.name()), ("Connectors", "list"));
}

#[tokio::test]
async fn calls_run_in_tasks_join_sets_and_select() {
    let server = server();
    let connectors = connectors(&server);
    let request = connectors.list().limit(1);
    // The client may be dropped before its requests.
    drop(connectors);
    let mut set = tokio::task::JoinSet::new();
    set.spawn(request.clone().send());
    set.spawn(request.clone().into_future());
    while let Some(result) = set.join_next().await {
        result.unwrap().unwrap();
    }
    tokio::spawn(async move { request.await.unwrap() }).await.unwrap();
    let connectors = crate::connectors(&server);
    let (one, two) = tokio::join!(connectors.list().send(), connectors.list().limit(2).send());
    one.and(two).unwrap();
    tokio::select! {
        result = connectors.list().send() => drop(result.unwrap()),
        () = std::future::pending() => unreachable!(),
    }
    assert_eq!(server.requests().len(), 6);
}

async fn count(connectors: impl Connectors) -> Result<usize, Error> {
    Ok(connectors.list(Some(3), None).await?.connectors.len())
}

#[tokio::test]
async fn a_generic_function_takes_a_client_a_reference_or_an_arc() {
    let server = server();
    let connectors = connectors(&server);
    let view = connectors.with_options(RequestOptions::new().header("x-tenant", "t"));
    assert_eq!(count(&connectors).await.unwrap(), 0);
    assert_eq!(count(std::sync::Arc::new(view)).await.unwrap(), 0);
    assert_eq!(count(connectors).await.unwrap(), 0);
    let requests = server.requests();
    assert_eq!(requests[0].target, "/v1/connectors?limit=3");
    assert_eq!(requests[1].header("x-tenant"), Some("t"));
}

#[tokio::test]
async fn a_dropped_call_is_not_sent() {
    let server = server();
    let connectors = connectors(&server);
    drop(connectors.list().send());
    #[expect(unused_must_use, reason = "the test drops the call on purpose")]
    {
        connectors.list();
    }
    assert_eq!(server.connections(), 0);
}
