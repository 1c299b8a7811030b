//! The arguments that a layer sees: by name, with secrets masked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use connectors_client::cohere::{ConnectorsClient, CreateConnectorServiceAuth};
use connectors_client::{
    Arguments, Body, Client, CommaSeparated, Fake, FakeReply, NextTransport, Nullable, Part,
    RequestOptions, Secret, Text, Transport, TransportFuture, api_client,
};
use serde::Serialize;
use support::server::{Reply, Server};

use crate::builder;

type Seen = Arc<Mutex<Vec<Arguments>>>;

struct Noting(NextTransport, Seen);

impl Transport for Noting {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let arguments = request.extensions().get::<Arguments>().expect("there are arguments");
        self.1.lock().unwrap().push(arguments.clone());
        self.0.send(request)
    }
}

fn noting(server: &Server) -> (Client, Seen) {
    let seen = Seen::default();
    let noted = Arc::clone(&seen);
    (builder(server).layer(|next| Noting(next, noted)).build().unwrap(), seen)
}

fn shown(arguments: &Arguments) -> BTreeMap<&'static str, String> {
    arguments.pairs().map(|(name, text)| (name, text.into_owned())).collect()
}

/// Asserts the arguments of the only request.
#[track_caller]
fn assert_seen<const N: usize>(seen: &Seen, expected: [(&'static str, &str); N]) {
    let seen = seen.lock().unwrap();
    let expected = BTreeMap::from(expected.map(|(name, text)| (name, text.to_owned())));
    assert_eq!(seen.iter().map(shown).collect::<Vec<_>>(), [expected]);
}

#[derive(Serialize)]
struct Filter<'a> {
    kind: &'a str,
}

#[api_client]
trait Api {
    #[post("things/<id>/<name>?<limit>&<tags>&<ids>&<key>&<filter>")]
    #[expect(clippy::too_many_arguments, reason = "one argument of each kind")]
    async fn json(
        &self,
        id: &str,
        name: &Secret,
        limit: Option<u32>,
        tags: &[&str],
        ids: CommaSeparated<&[u32]>,
        key: &Secret,
        filter: &Filter<'_>,
        title: &str,
        note: Nullable<&str>,
        token: &Secret,
        point: &Filter<'_>,
        points: &[Filter<'_>],
        numbers: &[f64],
        #[header("X-Trace")] trace: &str,
        #[header("X-Key", sensitive)] own: &str,
        #[header("X-Secret")] secret: &Secret,
        #[header("Cookie")] cookie: &str,
    );

    #[post("form?<spread..>", form)]
    async fn form(&self, spread: &Filter<'_>, name: &str, password: &Secret, item: &Filter<'_>);

    #[post("parts", multipart)]
    async fn parts(&self, name: &str, data: Part);

    #[put("bytes")]
    async fn bytes(&self, #[body] content: Body);

    #[put("text")]
    async fn text(&self, #[body] content: Text);

    #[get("")]
    async fn follow(&self, #[url] next: &str);

    #[get("")]
    async fn follow_secret(&self, #[url] next: &Secret);
}

const CANARY: &str = "canary";

fn secret(place: &str) -> Secret {
    Secret::new(format!("{CANARY}-{place}"))
}

fn ok() -> Server {
    Server::start([Reply::empty(204)])
}

#[tokio::test]
async fn each_argument_is_shown_by_name_and_secrets_are_masked() {
    let server = ok();
    let (client, seen) = noting(&server);
    let hidden = Filter { kind: "canary-in-a-struct" };
    ApiClient::new(client)
        .json(
            "a/b c",
            &secret("path"),
            &["x y", "z"],
            CommaSeparated(&[1, 2]),
            &secret("query"),
            &hidden,
            "say \"hi\"",
            &secret("field"),
            &hidden,
            &[Filter { kind: "canary-in-a-list" }],
            &[0.5, 2.0],
            "t1",
            "canary-sensitive",
            &secret("header"),
            "canary-cookie",
        )
        .limit(3)
        .note_null()
        .await
        .unwrap();
    assert_seen(
        &seen,
        [
            ("id", "a/b c"),
            ("name", "***"),
            ("limit", "3"),
            ("tags", "x y,z"),
            ("ids", "1,2"),
            ("key", "***"),
            ("filter", "{..}"),
            ("title", "say \"hi\""),
            ("note", "null"),
            ("token", "***"),
            ("point", "{..}"),
            ("points", "[..]"),
            ("numbers", "[0.5,2.0]"),
            ("trace", "t1"),
            ("own", "***"),
            ("secret", "***"),
            ("cookie", "***"),
        ],
    );
    // The control: the server got them all.
    let request = server.request();
    let sent = format!("{}{}", request.head(), request.text());
    assert_eq!(sent.matches(CANARY).count(), 9, "{sent}");
    let debug = format!("{:?}", seen.lock().unwrap());
    assert!(debug.contains("\"cookie\"") && !debug.contains(CANARY) && !debug.contains("a/b"));
}

#[tokio::test]
async fn form_fields_are_shown_and_secrets_are_masked() {
    let server = ok();
    let (client, seen) = noting(&server);
    let hidden = Filter { kind: "canary-in-a-struct" };
    let form = ApiClient::new(client).form(&hidden, "n m", &secret("form"), &hidden);
    form.await.unwrap();
    assert_seen(
        &seen,
        [("spread", "{..}"), ("name", "n m"), ("password", "***"), ("item", "{..}")],
    );
    assert!(server.request().text().contains("password=canary-form"));
}

#[tokio::test]
async fn bodies_and_parts_are_described() {
    for (call, expected) in [
        (0, vec![("name", "(body, 6 bytes)"), ("data", "(text/csv, 12 bytes)")]),
        (1, vec![("content", "(application/octet-stream, 6 bytes)")]),
        (2, vec![("content", "(text/plain, 6 bytes)")]),
        (3, vec![("content", "(body)")]),
    ] {
        let server = ok();
        let (client, seen) = noting(&server);
        let api = ApiClient::new(client);
        let bytes = || Body::from(CANARY).with_content_type("application/octet-stream");
        match call {
            0 => api.parts(CANARY, Part::new("canary,file\n").content_type("text/csv")).await,
            1 => api.bytes(bytes()).await,
            2 => api.text(CANARY.into()).await,
            _ => api.bytes(Body::from_fn(|| Body::from(CANARY))).await,
        }
        .unwrap();
        let seen = seen.lock().unwrap();
        let seen: Vec<_> = seen[0].pairs().collect();
        let seen: Vec<_> = seen.iter().map(|(name, text)| (*name, text.as_ref())).collect();
        assert_eq!(seen, expected);
        let request = server.request();
        assert!(String::from_utf8_lossy(&request.body).contains(CANARY));
    }
}

#[tokio::test]
async fn the_query_of_a_url_is_masked() {
    let server = ok();
    let (client, seen) = noting(&server);
    let api = ApiClient::new(client);
    api.follow("/page?sig=canary").await.unwrap();
    assert_seen(&seen, [("next", "/page?***")]);
    seen.lock().unwrap().clear();
    api.follow_secret(&Secret::new("/canary")).await.unwrap();
    assert_seen(&seen, [("next", "***")]);
    assert_eq!(server.requests()[0].target, "/page?sig=canary");
}

/// The token of a connector is a field of an argument.
#[tokio::test]
async fn secrets_within_an_argument_are_hidden() {
    let server = ok();
    let (client, seen) = noting(&server);
    let auth = CreateConnectorServiceAuth::new("bearer".into(), "canary-service");
    let create = ConnectorsClient::new(client).create("n", "u").service_auth(&auth);
    let _ = create.await;
    assert_seen(&seen, [("name", "n"), ("url", "u"), ("service_auth", "{..}")]);
    assert!(server.request().text().contains("canary-service"));
}

/// A request that was built from a call has the call's arguments; one by hand has none.
#[tokio::test]
async fn built_requests_keep_their_arguments() {
    let server = ok();
    let (client, seen) = noting(&server);
    let built = ApiClient::new(client.clone()).follow("/a").build().unwrap();
    client.send::<()>(built).await.unwrap();
    assert_seen(&seen, [("next", "/a")]);
    seen.lock().unwrap().clear();
    let by_hand = http::Request::get("/b").body(Body::empty()).unwrap();
    client.send::<()>(by_hand).await.unwrap();
    assert_seen(&seen, []);
}

/// An option replaces what is sent, but not the argument.
#[tokio::test]
async fn options_are_not_arguments() {
    let fake = Fake::new().otherwise(|_| FakeReply::new(204, ""));
    let options = RequestOptions::new().query("extra", "canary").header("x-more", "canary");
    ApiClient::new(fake.client()).follow("/a").options(options).await.unwrap();
    let requests = fake.requests();
    let arguments = requests[0].extensions().get::<Arguments>().unwrap();
    assert_eq!(shown(arguments), BTreeMap::from([("next", "/a".to_owned())]));
    assert_eq!(arguments.get("next").as_deref(), Some("/a"));
    assert_eq!(arguments.get("extra"), None);
}
