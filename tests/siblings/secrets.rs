//! Secrets in headers, bodies and URLs that a server repeats in its error.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connectors_client::auth::ClientCredentials;
use connectors_client::cohere::{
    AuthTokenType, BlockingConnectorsClient, ConnectorsClient, CreateConnectorOAuth,
    CreateConnectorServiceAuth,
};
use connectors_client::{Client, Error, ErrorKind, RequestOptions, Secret, api_client};
use http::{HeaderMap, HeaderValue};
use support::server::{Recorded, Reply, Server};

use crate::builder;

const CANARY: &str = "canary-abcdef-123456";

#[api_client]
trait Doors {
    #[get("marked")]
    async fn marked(&self, #[header("X-Key", sensitive)] key: &str);

    #[get("named")]
    async fn named(&self, #[header("Authorization")] auth: &str);

    #[get("cookie")]
    async fn cookie(&self, #[header("Cookie")] cookie: &str);

    #[get("typed")]
    async fn typed(&self, #[header("Authorization")] auth: &Secret);

    #[get("plain")]
    async fn plain(&self, #[header("X-Plain")] plain: &str);

    #[get("fixed", headers("Authorization" = "Bearer canary-abcdef-123456"))]
    async fn fixed(&self);

    #[post("upload", multipart)]
    async fn upload(
        &self,
        password: &Secret,
        pin: Option<&Secret>,
        token: Secret,
        more: Option<Secret>,
    );

    #[get("")]
    async fn signed(&self, #[url] url: &Secret);

    #[get("")]
    async fn linked(&self, #[url] url: &str);
}

/// Answers an error that repeats the secret alone and in Base64.
fn echoing() -> Server {
    Server::answer(|request: &Recorded| {
        let encoded = STANDARD.encode(CANARY);
        let is_sent = request.head().contains(CANARY) || request.head().contains("Basic ");
        assert!(is_sent, "{request:?}");
        Reply::json(401, &format!(r#"{{"message": "invalid {CANARY} or {encoded}"}}"#))
    })
}

fn texts(error: &Error) -> String {
    format!("{error} {error:#} {error:?} {:?}", error.message())
}

fn check(error: &Error) {
    let texts = texts(error);
    assert!(!texts.contains(CANARY), "{texts}");
    assert!(!texts.contains(&STANDARD.encode(CANARY)), "{texts}");
    assert!(texts.contains("invalid *** or ***"), "{texts}");
}

#[tokio::test]
async fn a_secret_in_any_header_is_masked_where_a_server_repeats_it() {
    let server = echoing();
    let doors = DoorsClient::new(builder(&server).build().unwrap());
    let bearer = format!("Bearer {CANARY}");
    let basic = format!("Basic {}", STANDARD.encode(format!("user:{CANARY}")));
    for error in [
        doors.marked(CANARY).await.unwrap_err(),
        doors.marked(&format!("Token key={CANARY}")).await.unwrap_err(),
        doors.named(&bearer).await.unwrap_err(),
        doors.named(&basic).await.unwrap_err(),
        doors.cookie(&format!("sid={CANARY}; a=b")).await.unwrap_err(),
        doors.typed(&Secret::new(&bearer)).await.unwrap_err(),
        doors.typed(&Secret::new(basic)).await.unwrap_err(),
        doors.fixed().await.unwrap_err(),
    ] {
        check(&error);
    }
    let blocking = BlockingDoorsClient::new(builder(&server).build().unwrap());
    let blocked = std::thread::spawn(move || blocking.named(&bearer).send().unwrap_err());
    check(&blocked.join().unwrap());
    // Control: a header that is no secret is shown.
    let error = doors.plain(CANARY).await.unwrap_err();
    assert!(texts(&error).contains(CANARY), "{error}");
}

#[tokio::test]
async fn a_client_secret_that_a_token_server_repeats_is_masked() {
    let (api, issuer) = (Server::start([Reply::empty(204)]), echoing());
    for grant in [
        ClientCredentials::new(&issuer.url(), "id", CANARY),
        ClientCredentials::new(&issuer.url(), "id", CANARY).scope("read"),
    ] {
        let doors = DoorsClient::new(builder(&api).auth(grant).build().unwrap());
        let error = doors.plain("p").await.unwrap_err();
        let texts = format!("{error} {error:#} {error:?}");
        assert!(!texts.contains(CANARY) && !texts.contains(&STANDARD.encode(CANARY)), "{texts}");
    }
}

/// Answers an error that repeats the body, whose secret is Base64 there too, and its other texts.
fn echoing_bodies() -> Server {
    Server::answer(|request: &Recorded| {
        assert!(request.text().contains(CANARY), "{request:?}");
        let message = format!("invalid {CANARY} or {} of my-connector", STANDARD.encode(CANARY));
        Reply::json(400, &format!(r#"{{"message": "{message}"}}"#))
    })
}

#[tokio::test]
async fn a_secret_within_a_struct_is_masked_where_a_server_repeats_it() {
    let server = echoing_bodies();
    let connectors = ConnectorsClient::new(builder(&server).build().unwrap());
    let service = CreateConnectorServiceAuth::new(AuthTokenType::Bearer, CANARY);
    let oauth = CreateConnectorOAuth::new("https://a.example", "https://t.example");
    let oauth = oauth.client("my-connector", CANARY);
    let in_options = RequestOptions::new().body_field("service_auth", &service);
    for error in [
        connectors.create("my-connector", "u").service_auth(&service).await.unwrap_err(),
        connectors.create("my-connector", "u").oauth(&oauth).await.unwrap_err(),
        connectors.update("id").oauth(&oauth).await.unwrap_err(),
        connectors.update("id").service_auth(&service).await.unwrap_err(),
        connectors.update("id").service_auth(&service).clone().await.unwrap_err(),
        connectors.update("id").options(in_options).await.unwrap_err(),
    ] {
        check(&error);
        // Control: the other texts of the body are shown.
        assert!(texts(&error).contains("my-connector"), "{error}");
    }
    let blocking = BlockingConnectorsClient::new(builder(&server).build().unwrap());
    let blocked = std::thread::spawn(move || {
        blocking.create("my-connector", "u").service_auth(&service).send().unwrap_err()
    });
    check(&blocked.join().unwrap());
}

#[tokio::test]
async fn a_secret_within_a_struct_is_not_sent_over_plain_http() {
    let client = Client::builder("http://api.example.invalid").env_proxies(false).max_retries(0);
    let connectors = ConnectorsClient::new(client.build().unwrap());
    let service = CreateConnectorServiceAuth::new(AuthTokenType::Bearer, CANARY);
    let in_options = RequestOptions::new().body_field("service_auth", &service);
    for error in [
        connectors.create("n", "u").service_auth(&service).await.unwrap_err(),
        connectors.create("n", "u").options(in_options).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Build, "{error}");
        assert!(error.to_string().contains("https"), "{error}");
    }
    // Control: a request without a secret is sent, also if one was set before.
    let unset = connectors.create("n", "u").service_auth(&service).maybe_service_auth(None);
    for error in [connectors.create("n", "u").await.unwrap_err(), unset.await.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    }
}

/// A secret that was serialized for something else has nothing to do with a later call.
#[tokio::test]
async fn a_secret_that_is_written_elsewhere_is_not_one_of_a_later_call() {
    let server = Server::start([Reply::json(400, &format!(r#"{{"message": "the {CANARY}"}}"#))]);
    let service = CreateConnectorServiceAuth::new(AuthTokenType::Bearer, CANARY);
    assert!(serde_json::to_string(&service).unwrap().contains(CANARY));
    let connectors = ConnectorsClient::new(builder(&server).build().unwrap());
    let error = connectors.create("n", "u").await.unwrap_err();
    assert!(error.to_string().contains(CANARY), "{error}");
}

#[tokio::test]
async fn a_sensitive_header_of_an_attempt_is_masked() {
    let server = echoing();
    let headers = |is_sensitive: bool| {
        move |headers: &mut HeaderMap| {
            let mut value = HeaderValue::from_static(CANARY);
            value.set_sensitive(is_sensitive);
            headers.insert("x-key", value);
        }
    };
    let signed = builder(&server).attempt_headers(headers(true)).build().unwrap();
    check(&DoorsClient::new(signed.clone()).plain("p").await.unwrap_err());
    let blocked =
        std::thread::spawn(|| BlockingDoorsClient::new(signed).plain("p").send().unwrap_err());
    check(&blocked.join().unwrap());
    // Control: a header that is no secret is shown.
    let plain = builder(&server).attempt_headers(headers(false)).build().unwrap();
    let error = DoorsClient::new(plain).plain("p").await.unwrap_err();
    assert!(texts(&error).contains(CANARY), "{error}");
}

/// The parts of a multipart form hold a secret as fields of JSON do.
#[tokio::test]
async fn a_secret_in_a_part_is_sent_and_protected() {
    let server = Server::answer(|request: &Recorded| {
        let body = String::from_utf8_lossy(&request.body);
        assert_eq!(body.matches(CANARY).count(), 3, "{body}");
        assert!(!body.contains("name=\"more\""), "{body}");
        Reply::json(401, &format!(r#"{{"message": "invalid {CANARY}"}}"#))
    });
    let secret = Secret::new(CANARY);
    let doors = DoorsClient::new(builder(&server).build().unwrap());
    let error = doors.upload(&secret, Secret::new(CANARY)).pin(&secret).await.unwrap_err();
    let shown = texts(&error);
    assert!(shown.contains("invalid ***") && !shown.contains(CANARY), "{shown}");
    let doors = DoorsClient::new(Client::builder("http://api.example.com").build().unwrap());
    let error = doors.upload(&secret, Secret::new(CANARY)).pin(&secret).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build, "{error}");
    assert!(error.to_string().contains("over plain http"), "{error}");
}

#[tokio::test]
async fn each_value_of_the_query_of_a_secret_url_is_masked() {
    let server = echoing();
    let doors = DoorsClient::new(builder(&server).build().unwrap());
    for query in ["a=1&sig={}", "sig={}&a=1", "sig={}#top", "a=b=c&sig={}"] {
        let url = format!("{}/signed?{}", server.url(), query.replace("{}", CANARY));
        check(&doors.signed(&Secret::new(url)).await.unwrap_err());
    }
    // Control: a URL that is no secret.
    let error = doors.linked(&format!("{}/?sig={CANARY}", server.url())).await.unwrap_err();
    assert!(texts(&error).contains(CANARY), "{error}");
}
