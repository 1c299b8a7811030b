//! Runtimes: async calls run on any Tokio runtime, blocking calls on any thread that may block.

use std::time::Duration;

use connectors_client::cohere::{BlockingConnectorsClient, ConnectorsClient, ConnectorsError};
use connectors_client::{ErrorKind, Fake, FakeReply};
use support::server::{Reply, Server};

use crate::{CONNECTOR, client};

fn server() -> Server {
    Server::start([Reply::json(200, CONNECTOR)])
}

#[test]
fn a_blocking_call_needs_no_runtime() {
    let server = server();
    let connectors = BlockingConnectorsClient::new(client(&server));
    assert_eq!(connectors.get("c1").send().unwrap().connector.id, "c1");
    let raw = connectors.with_raw_response().get("c1").send().unwrap();
    assert_eq!((raw.status().as_u16(), raw.data.connector.name.as_str()), (200, "n"));
}

#[test]
fn blocking_calls_from_many_threads_do_not_wait_for_each_other() {
    let server = Server::start([Reply::json(200, CONNECTOR).delay(Duration::from_millis(100))]);
    let connectors = BlockingConnectorsClient::new(client(&server));
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| connectors.get("c").send().unwrap());
        }
    });
    // Sequential calls would share a connection.
    assert!(server.connections() >= 8, "{}", server.connections());
}

#[test]
fn a_blocking_call_inside_a_task_is_an_error() {
    let server = server();
    let connectors = BlockingConnectorsClient::new(client(&server));
    for mut builder in
        [tokio::runtime::Builder::new_current_thread(), tokio::runtime::Builder::new_multi_thread()]
    {
        let runtime = builder.enable_all().build().unwrap();
        let in_block_on = runtime.block_on(async { connectors.get("c").send().unwrap_err() });
        let clone = connectors.clone();
        let in_task = runtime
            .block_on(runtime.spawn(async move { clone.get("c").send().unwrap_err() }))
            .unwrap();
        for error in [in_block_on, in_task] {
            assert_eq!(error.kind(), ErrorKind::Runtime);
            assert!(!error.may_have_executed());
        }
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_blocking_call_works_on_threads_that_may_block() {
    let server = server();
    let connectors = BlockingConnectorsClient::new(client(&server));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (one, two) = (connectors.clone(), connectors.clone());
    runtime.block_on(runtime.spawn_blocking(move || one.get("c").send().unwrap())).unwrap();
    runtime
        .block_on(
            runtime
                .spawn(async move { tokio::task::block_in_place(|| two.get("c").send().unwrap()) }),
        )
        .unwrap();
    let _entered = runtime.enter();
    connectors.get("c").send().unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_call_outside_a_runtime_is_an_error() {
    let server = server();
    let connectors =
        ConnectorsClient::new(support::client(server.url()).env_proxies(false).build().unwrap());
    let error = poll_by_hand(connectors.get("c").send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
    assert!(error.to_string().contains("outside a Tokio runtime"), "{error}");
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_call_that_leaves_its_runtime_is_an_error() {
    let server = Server::start([Reply::stall()]);
    let client = support::client(server.url()).build().unwrap();
    let mut future = Box::pin(ConnectorsClient::new(client).get("c").send());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_millis(50), &mut future).await.unwrap_err();
    });
    assert_eq!(poll_by_hand(future).unwrap_err().kind(), ErrorKind::Runtime);
}

#[test]
fn a_custom_clock_does_not_replace_the_runtime() {
    let server = server();
    let error = poll_by_hand(ConnectorsClient::new(client(&server)).get("c").send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
}

#[test]
#[should_panic(expected = "the handler of the fake")]
fn a_panic_in_a_fake_reaches_the_test() {
    fn handler(_: &http::Request<bytes::Bytes>) -> FakeReply {
        panic!("the handler of the fake")
    }
    let fake = Fake::new().on(ConnectorsClient::GET, handler);
    let _ = BlockingConnectorsClient::new(fake.client()).get("c").send();
}

/// Polls a future that must be ready at once.
fn poll_by_hand<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("the future is not ready"),
    }
}

#[test]
fn a_client_outlives_its_first_runtime() {
    let server = server();
    let connectors = ConnectorsClient::new(client(&server));
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { connectors.get("c").await.unwrap() });
    }
}

#[test]
fn a_fake_answers_blocking_and_raw_clients() {
    let fake = Fake::new().on(ConnectorsClient::GET, |request| {
        assert_eq!(request.uri().path(), "/v1/connectors/nope");
        FakeReply::json(404, serde_json::json!({"message": "no such connector"}))
            .header("x-request-id", "r")
    });
    let connectors = BlockingConnectorsClient::new(fake.client());
    let error = connectors.with_raw_response().get("nope").send().unwrap_err();
    assert_eq!(error.class(), Some(ConnectorsError::NotFound));
    assert_eq!(
        error.to_string(),
        "GET v1/connectors/<id>: 404 NotFound: no such connector (request id r)"
    );
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn a_fake_without_a_response_suggests_a_fix() {
    let error = ConnectorsClient::new(Fake::new().client()).delete("c").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("add `.on(ConnectorsClient::DELETE, ..)`"), "{error}");
}

#[tokio::test]
async fn a_call_can_be_dropped_after_any_of_its_polls() {
    use futures_util::FutureExt as _;

    let answer = |_: &support::server::Recorded| {
        Reply::json(200, CONNECTOR).drip(40, Duration::from_millis(1))
    };
    let server = Server::answer(answer);
    let connectors = ConnectorsClient::new(client(&server));
    let mut finished = 0;
    for polls in 0..60 {
        let mut call = Box::pin(connectors.get("c").send());
        for _ in 0..polls {
            if (&mut call).now_or_never().is_some() {
                finished += 1;
                break;
            }
            // The connection makes progress in the meantime.
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
        drop(call);
        if polls % 10 == 0 {
            connectors.get("after").await.unwrap();
        }
    }
    assert!(
        (1..60).contains(&finished),
        "some calls must be dropped and some finish: {finished} finished"
    );
    connectors.get("after").await.unwrap();
    assert_eq!(server.rejected(), Vec::<String>::new());
}
