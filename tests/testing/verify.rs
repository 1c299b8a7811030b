//! Verifying says how the responses of a server differ from the recording.

use connectors_client::{ErrorKind, Recorder, Secret, api_client};
use serde::Deserialize;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::{Folder, builder};

#[derive(Debug, Deserialize)]
struct Thing {
    #[expect(dead_code, reason = "only decoded")]
    token: Option<Secret>,
}

#[api_client]
trait Things {
    #[get("things/<id>")]
    async fn get(&self, id: u32) -> Thing;
}

fn recorded() -> Value {
    json!({"id": 7, "name": "n", "at": "2026-01-01", "tags": ["a", "b"], "token": "canary-one"})
}

async fn record(folder: &Folder, reply: Reply) {
    let server = Server::start([reply]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let _ = ThingsClient::new(client).get(1).await;
    recorder.save().unwrap();
}

/// Returns the difference that a call finds, or `None`.
async fn verified(folder: &Folder, recorder: &Recorder, reply: Reply) -> Option<String> {
    let before = folder.text();
    let server = Server::start([reply]);
    let client = builder(&server.url()).recorder(recorder).build().unwrap();
    let result = ThingsClient::new(client).get(1).await;
    assert_eq!(server.requests().len(), 1);
    recorder.save().unwrap();
    assert_eq!(folder.text(), before, "the file was written");
    let error = result.err().filter(|error| error.kind() != ErrorKind::Api)?;
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    let file = folder.file().display().to_string();
    let start = format!("GET things/<id>: the response differs from `{file}`: ");
    let text = error.to_string();
    Some(text.strip_prefix(&start).unwrap_or_else(|| panic!("{text}")).to_owned())
}

fn changed(pointer: &str, value: Value) -> Reply {
    let mut body = recorded();
    *body.pointer_mut(pointer).unwrap() = value;
    Reply::json(200, &body.to_string())
}

#[tokio::test]
async fn each_difference_is_named() {
    let folder = Folder::new();
    record(&folder, Reply::json(200, &recorded().to_string())).await;
    let mut more = recorded();
    more["size"] = 1.into();
    more.as_object_mut().unwrap().remove("name");
    let text = recorded().to_string();
    for (reply, expected) in [
        (Reply::json(200, &text), None),
        // Another token of the server is expected.
        (changed("/token", "canary-two".into()), None),
        (changed("/name", "m".into()), Some("`/name` is \"m\", not \"n\"")),
        (changed("/id", "7".into()), Some("`/id` is \"7\", not 7")),
        (changed("/tags", json!(["a", "c"])), Some("`/tags/1` is \"c\", not \"b\"")),
        (changed("/tags", json!(["a"])), Some("`/tags` has 1 items, not 2")),
        (Reply::json(200, &more.to_string()), Some("`/name` is gone; `/size` is new")),
        (Reply::json(201, &text), Some("the status is 201, not 200")),
        (
            Reply::text(200, "text/html", &text),
            Some("the media type is `text/html`, not `application/json`"),
        ),
        (Reply::text(200, "application/json", "<p>\n"), Some("line 1 of the body is \"<p>\", not")),
    ] {
        let recorder = Recorder::verify(folder.file());
        let found = verified(&folder, &recorder, reply).await;
        match expected {
            Some(expected) => assert!(found.as_deref().unwrap().starts_with(expected), "{found:?}"),
            None => assert_eq!(found, None),
        }
    }
}

#[tokio::test]
async fn values_that_vary_are_compared_by_type() {
    let folder = Folder::new();
    record(&folder, Reply::json(200, &recorded().to_string())).await;
    let verify = || Recorder::verify(folder.file()).varies("/at").varies("/tags/*");
    assert_eq!(verified(&folder, &verify(), changed("/at", "now".into())).await, None);
    assert_eq!(verified(&folder, &verify(), changed("/tags", json!(["c", "d"]))).await, None);
    let found = verified(&folder, &verify(), changed("/at", 3.into())).await;
    assert_eq!(found.as_deref(), Some("`/at` is 3, not \"2026-01-01\""));
    let found = verified(&folder, &verify(), changed("/name", "m".into())).await;
    assert!(found.is_some());
}

/// An error response is compared too, and its error is not that of the API.
#[tokio::test]
async fn error_responses_are_verified() {
    let folder = Folder::new();
    record(&folder, Reply::json(404, r#"{"message":"gone"}"#)).await;
    let recorder = Recorder::verify(folder.file());
    let found = verified(&folder, &recorder, Reply::json(404, r#"{"message":"never"}"#)).await;
    assert_eq!(found.as_deref(), Some("`/message` is \"never\", not \"gone\""));
}

#[tokio::test]
async fn a_request_without_an_entry_is_not_sent() {
    let folder = Folder::new();
    record(&folder, Reply::json(200, "{}")).await;
    let server = Server::start([Reply::json(200, "{}")]);
    let recorder = Recorder::verify(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let error = ThingsClient::new(client).get(2).await.unwrap_err();
    assert!(
        error.to_string().ends_with("the nearest has `id` = \"1\" instead of \"2\""),
        "{error}"
    );
    assert_eq!(server.requests().len(), 0);
}
