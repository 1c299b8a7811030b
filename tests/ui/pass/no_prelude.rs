//! All macros in a module without a prelude.

#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code)]

use ::connectors_client::{
    ApiClient, ErrorClass, EventStream, Fake, FakeReply, FromEvent, FromResponse, Nullable,
    OpenEnum, OpenUnion, Page, api_client,
};
use ::core::option::Option::{self, Some};
use ::core::prelude::v1::{derive, test};
use ::std::string::String;
use ::std::vec::Vec;
use ::std::{assert_eq, matches};

#[derive(::core::fmt::Debug, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
enum State {
    Open,
    Unknown(String),
}

#[derive(::core::fmt::Debug, OpenEnum)]
enum Level {
    #[open_enum(number = 1)]
    Low,
    Unknown(i64),
}

#[derive(::core::fmt::Debug, OpenUnion)]
#[open_union(tag = "type")]
enum Union {
    Named(Named),
    Ping,
    #[open_union(other)]
    Unknown(::serde_json::Value),
}

#[derive(::core::fmt::Debug, OpenUnion)]
#[open_union(tag = "type", content = "value")]
enum Envelope {
    Named(Named),
    Ping,
    #[open_union(other)]
    Unknown(::serde_json::Value),
}

#[derive(::core::fmt::Debug, ::serde::Serialize, ::serde::Deserialize)]
struct Named {
    name: String,
}

#[derive(FromEvent)]
enum Event {
    #[event("tick")]
    Tick(Named),
    #[event(other)]
    Other,
}

#[derive(ErrorClass)]
enum Problem {
    #[status(404)]
    Missing,
    #[status(409)]
    Taken(Option<Named>),
    #[status(other)]
    Other,
}

#[derive(FromResponse)]
enum Job {
    #[status(200)]
    Done(Named),
    #[status(202)]
    Accepted {
        #[header("Retry-After")]
        wait: Option<u64>,
    },
}

#[derive(FromResponse)]
struct Report {
    #[header("X-Total")]
    total: Option<u64>,
    #[body]
    names: Vec<Named>,
}

#[derive(::serde::Deserialize, Page)]
struct Names {
    #[page(items)]
    items: Vec<String>,
    #[page(next)]
    next: Option<String>,
}

const VERSION: &str = "1";

#[api_client(prefix = "v1", error = Problem, headers("X-Version" = VERSION), dyn_compatible)]
trait Things {
    #[get("things/<id>?<limit>&<cursor>", paginate(cursor))]
    async fn list(&self, id: u8, limit: Option<u8>, cursor: Option<&str>) -> Names;

    #[patch("things/<id>", timeout = "5s", at_most_one(name, state))]
    async fn update(&self, id: u8, name: Nullable<&str>, state: Option<&State>) -> Job;

    #[post("things", multipart)]
    async fn upload(&self, data: ::connectors_client::Part);

    #[post("things/union")]
    async fn union(&self, #[body] union: &Union, #[header("X-A")] a: Option<u8>);

    #[head("things/<id>", none_on = 404)]
    async fn exists(&self, id: u8) -> Option<()>;

    #[get("report")]
    async fn report(&self) -> Report;

    #[get("job/<id>", poll, done(status = "done"))]
    async fn job(&self, id: u8) -> ::serde_json::Value;

    #[get("events", done = "[DONE]", resume)]
    async fn events(&self, #[url] next: Option<&str>) -> EventStream<Event>;

    async fn count(&self, id: u8) -> usize {
        let names = self.list(id, Option::None, Option::None).await;
        names.map_or(0, |names| names.items.len())
    }
}

#[derive(ApiClient)]
struct Api {
    things: ThingsClient,
}

#[test]
fn generated_code_needs_no_prelude() {
    let runtime = ::tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let fake = Fake::new()
        .on(ThingsClient::LIST, |_| FakeReply::new(200, r#"{"items":["a"],"next":null}"#))
        .on(ThingsClient::UPDATE, |_| FakeReply::new(200, r#"{"name":"b"}"#));
    let api = <Api as ApiClient>::new(fake.client());
    runtime.block_on(async {
        assert_eq!(api.things.list(1).limit(2).await.unwrap().items, ["a"]);
        assert_eq!(api.things.count(1).await, 1);
        let job = api.things.update(1).name_null().await.unwrap();
        assert!(matches!(job, Job::Done(Named { name }) if name == "b"));
    });
    let union: Union = ::serde_json::from_str(r#"{"type":"Ping"}"#).unwrap();
    assert_eq!(::serde_json::to_string(&union).unwrap(), r#"{"type":"Ping"}"#);
    let state = <State as ::core::convert::From<&str>>::from("x");
    assert_eq!(state.as_str(), "x");
    let _ = Some(0_u8);
}
