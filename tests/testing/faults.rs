//! Failures of the network are entries too.

use std::time::Duration;

use connectors_client::{ErrorKind, Recorder, Text, api_client};
use support::server::{Reply, Server};

use crate::{Folder, builder};

#[api_client]
trait Faulty {
    #[get("things")]
    async fn get(&self) -> Text;

    #[post("things", attempt_timeout = "200ms")]
    async fn post(&self) -> Text;

    #[get("slow", attempt_timeout = "200ms")]
    async fn slow(&self) -> Text;
}

/// Records a call and replays it with the server gone. Returns both results and the entries.
async fn both<T: std::fmt::Debug>(
    replies: Vec<Reply>,
    call: impl AsyncFn(FaultyClient) -> T,
) -> (T, T, Vec<serde_json::Value>) {
    let folder = Folder::new();
    let server = Server::start(replies);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let live = call(FaultyClient::new(client)).await;
    recorder.save().unwrap();
    drop(server);
    let recorder = Recorder::replay(folder.file());
    let client = builder("http://localhost:9").recorder(&recorder).build().unwrap();
    (live, call(FaultyClient::new(client)).await, folder.entries())
}

#[tokio::test]
async fn a_call_that_succeeds_after_failures_is_replayed_with_them() {
    let replies = vec![Reply::reset(), Reply::empty(503), Reply::text(200, "text/plain", "ok")];
    let call = async |client: FaultyClient| {
        let response = client.with_raw_response().get().await.unwrap();
        (response.attempts(), response.data.to_string())
    };
    let (live, replayed, entries) = both(replies, call).await;
    assert_eq!(live, (3, "ok".to_owned()));
    assert_eq!(replayed, live);
    let errors: Vec<_> = entries.iter().map(|entry| entry.get("_error").cloned()).collect();
    assert_eq!(errors, [Some("interrupted".into()), None, None]);
    assert_eq!(entries[0]["response"]["status"], 0);
}

#[tokio::test]
async fn a_body_that_breaks_off_does_so_in_a_replay() {
    let reply = Reply::text(200, "text/plain", "half of it").cut_body_after(4);
    let call = async |client: FaultyClient| {
        let error = client.post().await.unwrap_err();
        (error.kind(), error.may_have_executed(), error.body().cloned())
    };
    let (live, replayed, _) = both(vec![reply], call).await;
    assert_eq!(live, (ErrorKind::Interrupted, true, Some("half".into())));
    assert_eq!(replayed, live);
}

#[tokio::test]
async fn timeouts_are_replayed_without_waiting() {
    let late = Reply::text(200, "text/plain", "late").delay(Duration::from_secs(5));
    let replies = vec![late, Reply::text(200, "text/plain", "ok")];
    let call = async |client: FaultyClient| {
        let response = client.with_raw_response().slow().await.unwrap();
        (response.attempts(), response.data.to_string())
    };
    let (live, replayed, entries) = both(replies, call).await;
    assert_eq!(live, (2, "ok".to_owned()));
    assert_eq!(replayed, live);
    assert_eq!(entries[0]["_error"], "timeout");
}

#[tokio::test]
async fn a_call_that_is_cancelled_leaves_no_entry() {
    let late = Reply::text(200, "text/plain", "late").delay(Duration::from_secs(5));
    let call = async |client: FaultyClient| {
        let call = client.get();
        tokio::time::timeout(Duration::from_millis(100), async { call.await }).await.is_err()
    };
    let folder = Folder::new();
    let server = Server::start([late]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    assert!(call(FaultyClient::new(client)).await);
    recorder.save().unwrap();
    assert_eq!(folder.entries().len(), 0);
}

#[tokio::test]
async fn a_refused_connection_is_replayed_as_one() {
    let folder = Folder::new();
    let recorder = Recorder::record(folder.file());
    let url = support::server::refused_url();
    let client = builder(&url).max_retries(0).recorder(&recorder).build().unwrap();
    let live = FaultyClient::new(client).post().await.unwrap_err();
    recorder.save().unwrap();
    assert_eq!(folder.entries()[0]["_error"], "connect, not sent");
    let recorder = Recorder::replay(folder.file());
    let client = builder("http://localhost:9").max_retries(0).recorder(&recorder).build().unwrap();
    let replayed = FaultyClient::new(client).post().await.unwrap_err();
    let facts = |error: &connectors_client::Error| (error.kind(), error.may_have_executed());
    assert_eq!(facts(&replayed), facts(&live));
    assert_eq!(facts(&live), (ErrorKind::Connect, false));
}
