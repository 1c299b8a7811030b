//! The places of credentials in a request, and signatures of the whole of it.

use connectors_client::auth::{
    AccessToken, AuthError, AuthRequest, TokenProvider, basic, bearer, cookie, from_fn, header,
    query,
};
use connectors_client::{Body, Part, RequestOptions, Text, api_client};
use support::server::{Recorded, Reply, Server};

use crate::servers::{builder, things};

#[api_client]
trait Orders {
    #[get("orders?<page>")]
    async fn list(&self, page: Option<u32>) -> Text;

    #[post("orders/<id>")]
    async fn change(&self, id: &str, name: &str) -> Text;

    #[put("file")]
    async fn put(&self, #[body] content: Body) -> Text;

    #[put("parts", multipart)]
    async fn parts(&self, data: Part) -> Text;

    #[get("old")]
    async fn moved(&self) -> Text;
}

fn server() -> Server {
    Server::start([Reply::text(200, "text/plain", "ok")])
}

/// Returns the request line and the headers with credentials.
fn shown(request: &Recorded) -> String {
    let names = ["authorization", "x-api-key", "cookie"];
    let headers = request.headers.iter().filter(|(name, _)| names.contains(&&*name.to_lowercase()));
    let mut lines: Vec<_> =
        headers.map(|(name, value)| format!("{}: {value}", name.to_lowercase())).collect();
    lines.sort();
    lines.insert(0, format!("{} {}", request.method, request.target));
    lines.join("\n")
}

macro_rules! sent {
    ($scheme:expr) => {{
        let server = server();
        OrdersClient::new(builder(&server).auth($scheme).build().unwrap())
            .list()
            .page(2)
            .await
            .unwrap();
        shown(&server.request())
    }};
}

#[tokio::test]
async fn fixed_credentials_are_sent_in_their_places() {
    assert_eq!(sent!(bearer("abc")), "GET /orders?page=2\nauthorization: Bearer abc");
    assert_eq!(sent!(basic("u", "p")), "GET /orders?page=2\nauthorization: Basic dTpw");
    assert_eq!(sent!(header("X-Api-Key", "k")), "GET /orders?page=2\nx-api-key: k");
    assert_eq!(sent!(query("a key", "k&1=é ")), "GET /orders?page=2&a+key=k%261%3D%C3%A9+");
    assert_eq!(sent!(cookie("session", "s-1")), "GET /orders?page=2\ncookie: session=s-1");
}

#[tokio::test]
async fn two_schemes_are_sent_together() {
    assert_eq!(
        sent!((header("X-Api-Key", "k"), bearer("abc"))),
        "GET /orders?page=2\nauthorization: Bearer abc\nx-api-key: k"
    );
    assert_eq!(
        sent!((cookie("a", "1"), (cookie("b", "2"), query("c", "3")))),
        "GET /orders?page=2&c=3\ncookie: a=1; b=2"
    );
    let server = server();
    let both = builder(&server).auth_header("X-Api-Key", "k").auth(bearer("abc"));
    things(both.build().unwrap()).list().await.unwrap();
    assert_eq!(shown(&server.request()), "GET /things\nauthorization: Bearer abc\nx-api-key: k");
}

#[tokio::test]
async fn a_provider_puts_its_token_where_it_is_told() {
    let provider = || TokenProvider::new(|| async { Ok(AccessToken::new("t-1")) });
    assert_eq!(sent!(provider()), "GET /orders?page=2\nauthorization: Bearer t-1");
    assert_eq!(sent!(provider().in_header("X-Api-Key")), "GET /orders?page=2\nx-api-key: t-1");
    assert_eq!(sent!(provider().in_query("token")), "GET /orders?page=2&token=t-1");
    assert_eq!(sent!(provider().in_cookie("session")), "GET /orders?page=2\ncookie: session=t-1");
}

#[tokio::test]
async fn a_query_or_a_cookie_of_the_caller_stays() {
    let server = Server::start([Reply::text(200, "text/plain", "ok")]);
    let orders = OrdersClient::new(
        builder(&server).auth((query("page", "9"), cookie("session", "s-1"))).build().unwrap(),
    );
    let own = RequestOptions::new().header("cookie", "theme=dark; session=own");
    orders.list().page(2).options(own).await.unwrap();
    orders.list().options(RequestOptions::new().header("cookie", "theme=dark")).await.unwrap();
    let requests = server.requests();
    assert_eq!(shown(&requests[0]), "GET /orders?page=2\ncookie: theme=dark; session=own");
    assert_eq!(shown(&requests[1]), "GET /orders?page=9\ncookie: theme=dark; session=s-1");
}

#[tokio::test]
async fn a_scheme_is_stronger_than_a_default_header_of_the_client() {
    let server = server();
    let client = builder(&server).bearer_token("default").auth(bearer("scheme")).build().unwrap();
    things(client).list().await.unwrap();
    assert_eq!(shown(&server.request()), "GET /things\nauthorization: Bearer scheme");
}

/// Describes all that a signature can cover.
fn seen(request: &AuthRequest) -> String {
    let body = request.body().map_or("not seen".to_owned(), |body| body.escape_ascii().to_string());
    let content_type = request.headers().get("content-type").map(|value| value.to_str().unwrap());
    let path = request.url().path_and_query().unwrap();
    format!("{} {path} {} {body}", request.method(), content_type.unwrap_or("-"))
}

#[tokio::test]
async fn a_signature_sees_the_whole_request() {
    let server = server();
    let sign = from_fn(|request: &mut AuthRequest| {
        let seen = seen(request);
        request.set_header("x-seen", seen)
    });
    let orders = OrdersClient::new(builder(&server).auth(sign).build().unwrap());
    orders.list().page(2).await.unwrap();
    orders.change("a/b", "n").await.unwrap();
    // The progress of an upload hides nothing.
    let counted = RequestOptions::new().on_upload(|_| {});
    orders.put(Body::from("x,y").with_content_type("text/csv")).options(counted).await.unwrap();
    orders
        .put(Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>("a")])))
        .await
        .unwrap();
    orders.parts(Part::new("p")).await.unwrap();
    let seen: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("x-seen").unwrap().to_owned())
        .collect();
    assert_eq!(
        seen[..4],
        [
            "GET /orders?page=2 -",
            r#"POST /orders/a%2Fb application/json {\"name\":\"n\"}"#,
            "PUT /file text/csv x,y",
            "PUT /file - not seen",
        ]
    );
    assert!(seen[4].starts_with("PUT /parts multipart/form-data") && seen[4].ends_with("not seen"));
}

#[tokio::test]
async fn each_attempt_and_each_redirect_is_signed_anew() {
    let server = Server::start([
        Reply::empty(503),
        Reply::empty(302).header("location", "/new?x=1"),
        Reply::text(200, "text/plain", "ok"),
    ]);
    let count = std::sync::atomic::AtomicU32::new(0);
    let sign = from_fn(move |request: &mut AuthRequest| {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let value = format!("{number} {}", request.url().path_and_query().unwrap());
        request.set_header("x-signature", value)
    });
    OrdersClient::new(builder(&server).auth(sign).build().unwrap()).moved().await.unwrap();
    let signatures: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("x-signature").unwrap().to_owned())
        .collect();
    assert_eq!(signatures, ["0 /old", "1 /old", "2 /new?x=1"]);
}

#[tokio::test]
async fn a_scheme_that_fails_sends_nothing() {
    let server = server();
    let fails = from_fn(|_: &mut AuthRequest| Err(AuthError::new("the key is locked")));
    let error = things(builder(&server).auth(fails).build().unwrap()).list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET things: the credentials could not be obtained: the key is locked"
    );
    assert_eq!(error.kind(), connectors_client::ErrorKind::Credentials);
    assert!(!error.may_have_executed() && server.requests().is_empty());
    let bad = from_fn(|request: &mut AuthRequest| request.set_header("content-length", "1"));
    let error = things(builder(&server).auth(bad).build().unwrap()).list().await.unwrap_err();
    assert!(error.to_string().ends_with("follows from the body and cannot be set"), "{error}");
}

#[test]
fn credentials_that_cannot_be_sent_are_mistakes_of_the_builder() {
    let mistake = |scheme| {
        connectors_client::Client::builder("http://localhost")
            .auth(scheme)
            .build()
            .unwrap_err()
            .to_string()
    };
    assert_eq!(mistake(bearer("")), "the token is empty");
    let twice = "the token begins with `Bearer `, which the client adds: leave it out";
    assert_eq!(mistake(bearer("bearer abc")), twice);
    assert_eq!(mistake(header("a b", "k")), "`a b` is not the name of a header");
    assert_eq!(mistake(query("key", "")), "the token is empty");
    assert!(mistake(basic("a:b", "p")).contains("has a `:`"));
    let mistake = connectors_client::Client::builder("http://api.example.com").auth(bearer("abc"));
    assert!(
        mistake
            .build()
            .unwrap_err()
            .to_string()
            .starts_with("a token would be sent over plain http")
    );
}

#[api_client(query_space = "%20")]
trait Spaced {
    #[get("things?<q>")]
    async fn list(&self, q: &str) -> Text;
}

#[tokio::test]
async fn a_credential_in_the_query_has_the_spaces_of_its_trait() {
    let server = Server::start([Reply::text(200, "text/plain", "ok")]);
    let client = builder(&server).auth(query("a key", "k 1+é")).build().unwrap();
    SpacedClient::new(client).list("x y").await.unwrap();
    assert_eq!(server.request().target, "/things?q=x%20y&a%20key=k%201%2B%C3%A9");
}
