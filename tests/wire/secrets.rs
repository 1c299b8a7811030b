//! Tokens never appear in output.

use connectors_client::cohere::{
    Cohere, ConnectorsClient, CreateConnectorOAuth, CreateConnectorServiceAuth,
};
use connectors_client::{Error, RequestOptions, Secret, api_client};
use support::server::{Reply, Server};

const CANARIES: [&str; 4] = ["canary-token", "canary-option", "canary-service", "canary-oauth"];

fn is_clean(shown: &str) -> bool {
    !CANARIES.iter().any(|canary| shown.contains(canary))
}

fn assert_clean(shown: &str) {
    assert!(is_clean(shown), "a secret is shown: {shown}");
}

/// Returns an error and its causes in every format.
fn all_of(error: &Error) -> String {
    let mut shown = vec![format!("{error} {error:?} {error:#?}")];
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        shown.push(format!("{deeper} {deeper:?}"));
        cause = deeper.source();
    }
    shown.join(" ")
}

fn show_error(error: &Error) {
    assert_clean(&all_of(error));
}

#[tokio::test]
async fn no_debug_display_or_error_shows_a_token() {
    let faults = [
        Reply::close(),
        Reply::raw("nonsense\r\n\r\n").then_close(),
        Reply::empty(401),
        Reply::empty(302).header("location", "https://elsewhere.example/?token=canary-token"),
        Reply::json(200, "{\"connector\": 5}"),
    ];
    for fault in faults {
        let server = Server::start([fault]);
        let builder = support::client(server.url())
            .bearer_token("canary-token")
            .auth_header("x-api-key", "canary-token")
            .env_proxies(false)
            .max_retries(0);
        assert_clean(&format!("{builder:?}"));
        let client = builder.build().unwrap();
        assert_clean(&format!("{client:?} {client:#?}"));
        let options = RequestOptions::new()
            .header("authorization", "canary-option")
            .header("x-key", Secret::new("canary-option"))
            .query("key", "canary-option")
            .body_field("key", "canary-option");
        assert_clean(&format!("{options:?}"));
        let service = CreateConnectorServiceAuth::new("bearer".into(), "canary-service");
        let oauth = CreateConnectorOAuth::new("a", "t").client("id", "canary-oauth");
        assert_clean(&format!("{service:?} {oauth:?}"));
        let connectors = ConnectorsClient::new(client);
        let request = connectors.create("n", "u").service_auth(&service).options(options);
        assert_clean(&format!("{connectors:?} {request:?} {:?}", connectors.with_raw_response()));
        show_error(&request.await.unwrap_err());
        show_error(&connectors.get("c").await.unwrap_err());
    }
}

#[test]
fn an_invalid_token_is_refused_without_showing_it() {
    for token in ["canary-token\n", "canary-token ", "canary\u{e9}-token", "a\0canary-token"] {
        let error =
            Cohere::builder().base_url("http://localhost").token(token).build().unwrap_err();
        assert_clean(&format!("{error} {error:?}"));
        assert!(error.to_string().contains("token"), "{error}");
    }
    assert_eq!(format!("{:?}", Secret::new("canary-token")), "Secret(..)");
}

#[tokio::test]
async fn a_token_is_not_sent_to_another_host_over_plain_http() {
    let builder = || support::client("http://api.example.com");
    let error = builder().bearer_token("t").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "a token would be sent over plain http to `http://api.example.com`: use https, or allow it with \
         `allow_http_tokens(true)`"
    );
    builder().bearer_token("t").allow_http_tokens(true).build().unwrap();
    // A client without a token can be built, but its calls may not send one.
    let connectors = ConnectorsClient::new(builder().build().unwrap());
    let options = RequestOptions::new().header("authorization", "Bearer t");
    let error = connectors.get("c").options(options).await.unwrap_err();
    assert_eq!(error.kind(), connectors_client::ErrorKind::Build);
}

#[test]
fn only_loopback_hosts_and_https_may_receive_a_token() {
    for (host, allowed) in [
        ("http://127.0.0.1:80", true),
        ("http://127.9.9.9", true),
        ("http://[::1]:1234", true),
        ("http://localhost", true),
        ("http://a.localhost", false),
        ("http://localhost.example.com", false),
        ("http://127.0.0.1.example.com", false),
        ("http://0.0.0.0", false),
        ("http://10.0.0.1", false),
        ("https://example.com", true),
    ] {
        assert_eq!(support::client(host).bearer_token("t").build().is_ok(), allowed, "{host}");
    }
}

#[test]
fn an_invalid_base_url_is_refused() {
    for (url, says) in [
        ("http://localhost/p?x=1", "has a query"),
        ("http://localhost/p#f", "has a fragment"),
        ("http://u:p@localhost", "holds credentials"),
        ("ftp://localhost", "must begin with"),
        ("localhost:80", "must begin with"),
        ("/v1", "is not valid"),
        ("", "is not valid"),
    ] {
        let error = support::client(url).build().unwrap_err();
        assert!(error.to_string().contains(says), "{url}: {error}");
    }
}

#[api_client]
trait Keyed {
    #[get("keyed")]
    async fn get(
        &self,
        #[header("X-Api-Key")] key: &Secret,
        #[header("X-Second")] second: Option<Secret>,
    );
}

#[tokio::test]
async fn a_secret_argument_is_protected_like_a_token() {
    let server = Server::start([Reply::empty(204)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let key = Secret::new("canary-token");
    let call = KeyedClient::new(client).get(&key).second("canary-option".into());
    assert_clean(&format!("{call:?}"));
    let built = call.clone().build().unwrap();
    assert!(
        built.headers()["x-api-key"].is_sensitive() && built.headers()["x-second"].is_sensitive()
    );
    assert_clean(&format!("{built:?}"));
    call.await.unwrap();
    let request = server.request();
    assert_eq!(request.header("x-api-key"), Some("canary-token"));
    assert_eq!(request.header("x-second"), Some("canary-option"));

    let insecure = KeyedClient::new(support::client("http://example.com").build().unwrap());
    let error = insecure.get(&key).await.unwrap_err();
    assert!(error.to_string().contains("a token would be sent over plain http"), "{error}");
    let error = insecure.get(&Secret::new("canary\ntoken")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET keyed: the value of the header `x-api-key` has a character that is not allowed in a header"
    );
}

#[tokio::test]
async fn a_url_in_the_data_is_neither_shown_nor_requested() {
    let other = Server::start([Reply::empty(204)]);
    let url = format!("{}/authorize?state=of-the-user", other.url());
    let server =
        Server::start([Reply::json(200, &serde_json::json!({ "redirect_url": url }).to_string())]);
    let connectors = ConnectorsClient::new(crate::builder(&server).build().unwrap());
    let reply = connectors.with_raw_response().o_auth_authorize("c").await.unwrap();
    assert_eq!(reply.data.redirect_url.as_ref().map(Secret::expose), Some(&*url));
    assert!(!format!("{reply:?} {:?}", reply.data).contains("of-the-user"));
    assert_eq!((server.requests().len(), other.connections()), (1, 0));
}

#[derive(Debug, serde::Deserialize)]
struct Session {
    #[expect(dead_code)]
    token: Secret,
    #[expect(dead_code)]
    seconds: u32,
}

/// A type that does not mark its secret.
#[derive(Debug, serde::Deserialize)]
struct PlainSession {
    #[expect(dead_code)]
    token: String,
    #[expect(dead_code)]
    seconds: u32,
}

#[api_client]
trait Sessions {
    #[post("bot<token>/sessions?<key>", form)]
    async fn open(
        &self,
        token: &Secret,
        key: Option<&Secret>,
        password: &Secret,
        code: Option<&Secret>,
    );

    #[post("sessions/renew")]
    async fn renew(&self, token: &Secret, older: connectors_client::Nullable<&Secret>) -> Session;

    #[post("sessions/plain")]
    async fn plain(&self) -> PlainSession;

    #[get("sessions?<key>")]
    async fn find(&self, key: Option<&Secret>);

    #[get("sessions/<path..>")]
    async fn within(&self, path: &Secret);
}

#[tokio::test]
async fn a_secret_can_be_in_the_path_the_query_and_a_field() {
    let server =
        Server::start([Reply::empty(204), Reply::json(200, r#"{"token": "t", "seconds": 5}"#)]);
    let sessions = SessionsClient::new(crate::builder(&server).build().unwrap());
    let secret = Secret::new("canary-token&/");
    let call = sessions.open(&secret, &secret).key(&secret).code(&secret);
    assert_clean(&format!("{call:?}"));
    call.await.unwrap();
    sessions.renew(&secret).older(&secret).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/botcanary-token%26%2F/sessions?key=canary-token%26%2F");
    assert_eq!(requests[0].text(), "password=canary-token%26%2F&code=canary-token%26%2F");
    assert_eq!(requests[1].text(), r#"{"token":"canary-token&/","older":"canary-token&/"}"#);

    let client = support::client("http://api.example.com").build().unwrap();
    let sessions = SessionsClient::new(client);
    for error in [
        sessions.open(&secret, &secret).await.unwrap_err(),
        sessions.renew(&secret).await.unwrap_err(),
        sessions.find().key(&secret).await.unwrap_err(),
        sessions.within(&secret).await.unwrap_err(),
    ] {
        assert!(error.to_string().contains("a token would be sent over plain http"), "{error}");
        show_error(&error);
    }
}

/// Responses that contain a token and cannot be decoded.
fn unreadable() -> [Reply; 5] {
    [
        Reply::json(200, r#"{"token": "canary-token", "seconds": "soon"}"#),
        Reply::json(200, r#"{"token": "canary-token""#),
        Reply::json(200, r#"{"token": "canary-token"}"#),
        Reply::text(200, "application/x-www-form-urlencoded", "token=canary-token"),
        Reply::text(200, "text/plain", r#"{"token": "canary-token" :"#),
    ]
}

#[tokio::test]
async fn a_decode_error_does_not_show_a_secret() {
    for reply in unreadable() {
        let server = Server::start([reply]);
        let sessions = SessionsClient::new(crate::builder(&server).build().unwrap());
        let error = sessions.renew(&Secret::new("t")).await.unwrap_err();
        assert_eq!(error.kind(), connectors_client::ErrorKind::Decode);
        show_error(&error);
        assert!(
            error.body().unwrap().windows(12).any(|window| window == b"canary-token"),
            "the error keeps the body"
        );
    }
}

/// The control: the texts of `serde_json`, which a careless client passes on with an excerpt of the
/// body.
#[tokio::test]
async fn a_careless_text_is_detected() {
    let mut shown = 0;
    for reply in unreadable() {
        let server = Server::start([reply]);
        let sessions = SessionsClient::new(crate::builder(&server).build().unwrap());
        let error = sessions.plain().await.unwrap_err();
        assert_clean(&all_of(&error));
        let problem = serde_json::from_slice::<PlainSession>(error.body().unwrap()).unwrap_err();
        shown += usize::from(!is_clean(&format!("{problem}: {}", error.excerpt().unwrap())));
    }
    println!("careless: {shown} of 5 responses are shown");
    assert_eq!(shown, 5);
}
