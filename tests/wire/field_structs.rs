//! Structs and maps whose fields are fields of the body, and bodies without fields.

use std::collections::BTreeMap;

use connectors_client::{ErrorKind, RequestOptions, api_client};
use serde::Serialize;
use support::server::{Recorded, Reply, Server};

use crate::{client, whole};

#[derive(Serialize)]
struct Sampling {
    temperature: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f32>,
    stop: Vec<&'static str>,
    model: &'static str,
}

fn sampling() -> Sampling {
    Sampling { temperature: 0.5, top_p: None, stop: vec!["a", "b"], model: "own" }
}

#[api_client]
trait Chat {
    #[post("chat", fields(stream = true))]
    async fn chat(
        &self,
        model: &str,
        #[fields] sampling: &Sampling,
        #[fields] more: Option<BTreeMap<&str, u8>>,
        user: Option<&str>,
    );

    #[post("form", form)]
    async fn form(&self, model: &str, #[fields] sampling: &Sampling);

    #[post("parts", multipart)]
    async fn parts(&self, #[fields] sampling: &Sampling, model: &str);

    #[get("search", empty_body = none)]
    async fn search(&self, #[field] query: Option<&str>, #[fields] more: &BTreeMap<&str, u8>);

    #[post("default")]
    async fn default(&self, name: Option<&str>);

    #[post("none", form, empty_body = none)]
    async fn none(&self, name: Option<&str>);

    #[post("wrong")]
    async fn wrong(&self, #[fields] list: &[u8]);
}

fn chat() -> (Server, ChatClient) {
    let server = Server::start([Reply::empty(204)]);
    let chat = ChatClient::new(client(&server));
    (server, chat)
}

#[tokio::test]
async fn the_fields_of_a_struct_are_fields_of_the_body() {
    let (server, chat) = chat();
    let more = BTreeMap::from([("stop", 1), ("user", 2), ("z", 3)]);
    chat.chat("m", &sampling()).more(more).user("u").await.unwrap();
    chat.form("m", &sampling()).await.unwrap();
    let head = "accept: */*\nauthorization: Bearer test-token\n";
    let body = r#"{"model":"m","temperature":0.5,"stop":["a","b"],"z":3,"user":"u","stream":true}"#;
    let form = "model=m&temperature=0.5&stop=a&stop=b";
    assert_eq!(
        server.requests().iter().map(whole).collect::<Vec<_>>(),
        [
            format!(
                "POST /chat HTTP/1.1\n{head}content-type: application/json\naccept-encoding: gzip\n\
                 content-length: {}\n\n{}",
                body.len(),
                body.as_bytes().escape_ascii()
            ),
            format!(
                "POST /form HTTP/1.1\n{head}content-type: application/x-www-form-urlencoded\n\
                 accept-encoding: gzip\ncontent-length: {}\n\n{form}",
                form.len()
            ),
        ]
    );
}

#[tokio::test]
async fn the_fields_of_a_struct_are_parts_of_a_form() {
    let (server, chat) = chat();
    let options = RequestOptions::new().body_field("temperature", 1);
    chat.parts(&sampling(), "m").options(options).await.unwrap();
    let request: Recorded = server.request();
    let names: Vec<_> = request
        .text()
        .split("name=\"")
        .skip(1)
        .map(|part| {
            let (name, rest) = part.split_once('"').unwrap();
            (name, rest.split("\r\n\r\n").nth(1).unwrap().split("\r\n").next().unwrap())
        })
        .collect();
    assert_eq!(names, [("temperature", "1"), ("stop", "a"), ("stop", "b"), ("model", "m")]);
}

#[tokio::test]
async fn a_body_without_fields_is_sent_as_the_endpoint_says() {
    let (server, chat) = chat();
    chat.default().await.unwrap();
    chat.search(&BTreeMap::new()).await.unwrap();
    chat.none().await.unwrap();
    chat.search(&BTreeMap::from([("query", 1)])).query("q").await.unwrap();
    chat.none().name("n").await.unwrap();
    let options = RequestOptions::new().body_field("a", 1);
    chat.search(&BTreeMap::new()).options(options).await.unwrap();
    let sent: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| (request.header("content-type").is_some(), request.text().to_owned()))
        .collect();
    let expected = [
        (true, "{}"),
        (false, ""),
        (false, ""),
        (true, r#"{"query":"q"}"#),
        (true, "name=n"),
        (true, r#"{"a":1}"#),
    ];
    assert_eq!(sent, expected.map(|(has_type, body)| (has_type, body.to_owned())));
}

#[tokio::test]
async fn a_value_without_names_cannot_be_spread() {
    let (server, chat) = chat();
    let error = chat.wrong(&[1]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("`list` must be a struct or a map"), "{error}");
    assert!(server.requests().is_empty());
}
