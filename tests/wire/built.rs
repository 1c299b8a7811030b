//! Requests built without being sent, and requests sent without being declared.

use connectors_client::{
    Body, Client, Endpoint, ErrorClass, ErrorKind, Fake, FakeReply, HttpResponse, Part,
    RequestOptions, Text, api_client,
};
use support::clock::TestClock;
use support::server::{Reply, Server};

#[derive(Debug, ErrorClass, PartialEq)]
enum Problem {
    #[status(404)]
    NotFound,
}

#[api_client(error = Problem)]
trait Things {
    #[post("things/<id>?<dry>", idempotent)]
    async fn change(&self, id: &str, dry: Option<bool>, name: &str) -> Text;

    #[get("things/<id>", none_on = 404)]
    async fn find(&self, id: &str) -> Option<u8>;

    #[get("open", auth = none)]
    async fn open(&self);

    #[put("upload", multipart)]
    async fn upload(&self, data: Part);

    #[put("file")]
    async fn put(&self, #[body] content: Body);
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, Client) {
    let server = Server::start(replies);
    let builder = support::client(format!("{}/v1", server.url())).env_proxies(false);
    let client = builder.bearer_token("token").clock(TestClock::new()).build().unwrap();
    (server, client)
}

#[tokio::test]
async fn a_built_request_equals_the_request_sent_by_the_call() {
    let (server, client) = start([Reply::text(200, "text/plain", "ok")]);
    let call = ThingsClient::new(client.clone()).change("a/b", "n").dry(true);
    let call = call.options(RequestOptions::new().header("X-Trace", "1"));
    let built = call.clone().build().unwrap();
    assert_eq!(server.connections(), 0);
    assert_eq!(built.method(), "POST");
    assert_eq!(built.uri().to_string(), format!("{}/v1/things/a%2Fb?dry=true", server.url()));
    assert_eq!(built.headers()["authorization"], "Bearer token");
    assert!(built.headers()["authorization"].is_sensitive());
    assert_eq!(built.body().as_bytes(), Some(&b"{\"name\":\"n\"}"[..]));
    assert_eq!(built.extensions().get::<&'static Endpoint>(), Some(&ThingsClient::CHANGE));
    call.await.unwrap();
    let text: Text = client.send(built).await.unwrap();
    assert_eq!(text.as_str(), "ok");
    let requests = server.requests();
    let mut heads: Vec<Vec<_>> = requests
        .iter()
        .map(|request| request.head().to_lowercase().lines().map(str::to_owned).collect())
        .collect();
    for head in &mut heads {
        head[1..].sort();
    }
    assert_eq!(heads[0], heads[1]);
    assert_eq!(requests[0].body, requests[1].body);
}

#[tokio::test]
async fn a_built_request_keeps_the_settings_of_its_endpoint() {
    let (server, client) = start([Reply::empty(503), Reply::empty(404)]);
    let things = ThingsClient::new(client.clone());
    let error = client.send::<Text>(things.change("1", "n").build().unwrap()).await.unwrap_err();
    // The endpoint is declared idempotent, so its call is retried.
    assert_eq!((error.attempts(), server.requests().len()), (2, 2));
    assert_eq!(error.to_string(), "POST things/<id>: 404 NotFound (after 2 attempts)");
    let built = things.find("1").build().unwrap();
    assert_eq!(client.send::<Option<u8>>(built).await.unwrap(), None);
}

#[tokio::test]
async fn a_failed_build_returns_the_error_of_the_call() {
    let (server, client) = start([Reply::empty(204)]);
    let error = ThingsClient::new(client).change("..", "n").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().starts_with("POST things/<id>: `id` is a dot segment"), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_undeclared_request_gets_client_auth_and_retries() {
    let (server, client) = start([Reply::empty(503), Reply::text(200, "text/plain", "ok")]);
    let request =
        http::Request::get("/other?a=1").header("X-Own", "1").body(Body::empty()).unwrap();
    let view = client.with_options(RequestOptions::new().query("b", 2));
    let reply: HttpResponse<Text> = view.send(request).await.unwrap();
    assert_eq!((reply.data.as_ref() as &str, reply.attempts()), ("ok", 2));
    let request = server.requests().pop().unwrap();
    assert_eq!(request.target, "/v1/other?a=1&b=2");
    assert_eq!(request.header("authorization"), Some("Bearer token"));
    assert_eq!(request.header("x-own"), Some("1"));
    assert_eq!(request.header("accept"), Some("text/plain, */*;q=0.5"));

    let custom = http::Request::builder()
        .method("PURGE")
        .uri(format!("{}/cache", server.url()))
        .header("Authorization", "Own")
        .body(Body::json(&1))
        .unwrap();
    client.send::<()>(custom).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PURGE", "/cache"));
    assert_eq!(request.header("authorization"), Some("Own"));
    assert_eq!((request.header("content-type"), request.text()), (Some("application/json"), "1"));
}

#[tokio::test]
async fn errors_of_undeclared_requests_name_only_the_method() {
    let (server, client) = start([Reply::json(404, r#"{"message": "no such thing"}"#)]);
    let request = http::Request::post("/secret-path?token=secret").body("x").unwrap();
    let error = client.send::<()>(request).await.unwrap_err();
    assert_eq!(error.to_string(), "POST (not declared): 404 Not Found: no such thing");
    assert_eq!(error.class(), Some(Problem::NotFound));
    let request = http::Request::builder().method("PURGE").uri("/x").body("").unwrap();
    let error = client.send::<()>(request).await.unwrap_err();
    assert_eq!(error.to_string(), "REQUEST (not declared): 404 Not Found: no such thing");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_request_to_another_origin_is_not_sent() {
    let (server, client) = start([Reply::empty(204)]);
    let other = Server::start([Reply::empty(204)]);
    let elsewhere =
        [other.url(), format!("http://user:secret@127.0.0.1:{}/", server.port()), "*".to_owned()];
    for uri in elsewhere {
        let request = http::Request::get(&uri).body(Body::empty()).unwrap();
        let error = client.send::<()>(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{uri}");
        assert!(error.to_string().starts_with("GET (not declared): the URL "), "{error}");
    }
    assert_eq!((server.connections(), other.connections()), (0, 0));
}

#[test]
fn blocking_calls_send_undeclared_requests() {
    let server = Server::start([Reply::json(200, "5")]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let request = http::Request::put("/x").body("text").unwrap();
    assert_eq!(client.send_blocking::<u8>(request).unwrap(), 5);
    assert_eq!((server.request().method.as_str(), server.request().text()), ("PUT", "text"));
}

#[tokio::test]
async fn a_stream_in_an_undeclared_request_is_sent_once() {
    let (server, client) = start([Reply::empty(503)]);
    let stream = futures_util::stream::iter(["a"].map(Ok::<_, std::io::Error>));
    let request = http::Request::put("/x").body(Body::from_stream(stream)).unwrap();
    let error = client.send::<()>(request).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_built_request_is_sent_without_its_removed_headers() {
    let (server, client) = start([Reply::empty(204)]);
    let things = ThingsClient::new(client.clone());
    client.send::<()>(things.open().build().unwrap()).await.unwrap();
    assert_eq!(server.requests()[0].header("authorization"), None);
    let options = RequestOptions::new().header("Authorization", None).header("User-Agent", None);
    client.send::<()>(things.put(Body::empty()).options(options).build().unwrap()).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!((request.header("authorization"), request.header("user-agent")), (None, None));
}

#[tokio::test]
async fn a_built_request_keeps_its_body_source_and_options() {
    let (server, client) = start([Reply::empty(503)]);
    let things = ThingsClient::new(client.clone());
    let again = || Body::from_fn(|| Body::from("made"));
    let requests = [
        things.upload(Part::new("x")).build().unwrap(),
        things.put(again()).build().unwrap(),
        things.put(Body::from("bytes")).build().unwrap(),
    ];
    for request in requests {
        assert_eq!(client.send::<()>(request).await.unwrap_err().attempts(), 3);
    }
    let bodies: Vec<_> = server.requests().iter().map(|request| request.body.clone()).collect();
    assert_eq!(bodies[0], bodies[2], "the boundary stays the one in the header");
    assert_eq!(bodies[3..6], [b"made"; 3]);
    let once = things
        .upload(Part::new("x"))
        .options(RequestOptions::new().max_retries(0))
        .build()
        .unwrap();
    assert_eq!(client.send::<()>(once).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn an_undeclared_request_cannot_set_transport_headers() {
    let (server, client) = start([Reply::empty(204)]);
    let cases = [
        (
            http::Request::put("/x").header("content-length", "2"),
            "the header `content-length` follows from the body",
        ),
        (
            http::Request::put("/x").header("transfer-encoding", "gzip"),
            "the header `transfer-encoding` follows",
        ),
        (http::Request::builder().method("CONNECT").uri("/x"), "`CONNECT` is for proxies"),
        (http::Request::get("/../admin"), "the URL has a dot segment"),
        (http::Request::get("/a/%2e%2E/b"), "the URL has a dot segment"),
    ];
    for (request, text) in cases {
        let error = client.send::<()>(request.body("body").unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().contains(text), "{error}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn client_options_apply_to_undeclared_requests() {
    let (server, client) = start([Reply::empty(204)]);
    let view = client.with_options(RequestOptions::new().body_field("b", 2));
    view.send::<()>(
        http::Request::post("/x").body(Body::json(&serde_json::json!({"a": 1}))).unwrap(),
    )
    .await
    .unwrap();
    assert_eq!(server.request().text(), "{\"a\":1,\"b\":2}");
    let error = view.send::<()>(http::Request::post("/x").body("text").unwrap()).await.unwrap_err();
    assert!(error.to_string().contains("a body field cannot be merged"), "{error}");
}

#[tokio::test]
async fn a_fake_answers_undeclared_requests_only_with_otherwise() {
    let request = || http::Request::get("/x").body(Body::empty()).unwrap();
    let error = Fake::new().client().send::<()>(request()).await.unwrap_err();
    assert!(error.to_string().ends_with("add `.otherwise(..)`"), "{error}");
    let fake = Fake::new().otherwise(|request| FakeReply::json(200, request.uri().path()));
    assert_eq!(fake.client().send::<String>(request()).await.unwrap(), "/x");
}

#[tokio::test]
async fn client_options_do_not_change_a_built_request() {
    let (server, client) = start([Reply::text(200, "text/plain", "ok")]);
    let options = RequestOptions::new().header("x-trace", "view").query("a", 1).body_field("b", 2);
    let view = client.with_options(options);
    let mine = RequestOptions::new().header("x-trace", "call");
    let built = ThingsClient::new(client).change("1", "n").options(mine).build().unwrap();
    view.send::<Text>(built).await.unwrap();
    let request = server.request();
    assert_eq!((request.target.as_str(), request.text()), ("/v1/things/1", "{\"name\":\"n\"}"));
    assert_eq!(request.header("x-trace"), Some("call"));
}

#[tokio::test]
async fn a_form_sent_once_fails_with_the_error_of_the_server() {
    let (server, client) = start([Reply::empty(503), Reply::text(200, "text/plain", "ok")]);
    let once = Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>("piece")]));
    let built = ThingsClient::new(client.clone()).upload(Part::new(once)).build().unwrap();
    let error = client.send::<()>(built).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1), "{error}");
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_blocking_call_can_be_built() {
    let (server, client) = start([Reply::empty(204)]);
    let built = BlockingThingsClient::new(client).change("1", "n").build().unwrap();
    assert_eq!((built.method().as_str(), built.uri().path()), ("POST", "/v1/things/1"));
    assert_eq!(server.connections(), 0);
}
