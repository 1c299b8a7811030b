//! The grants of OAuth 2.0, as the token server sees them, and the rotation of refresh tokens.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::auth::{AccessToken, ClientCredentials, RefreshToken, TokenProvider};
use connectors_client::{Error, ErrorKind, Secret, api_client};
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

use crate::servers::{Api, Issuer, things, token, until};

/// Returns the parts of a request that matter: the request line, the credentials and the body.
fn summary(request: &Recorded) -> String {
    let authorization = request.header("authorization").unwrap_or("none");
    let media_type = request.header("content-type").unwrap_or("none");
    format!(
        "{} {}\n{authorization}\n{media_type}\n{}",
        request.method,
        request.target,
        request.text()
    )
}

/// Returns the request for the first token of this scheme.
async fn asked(url: impl Fn(&str) -> TokenProvider) -> String {
    let (api, issuer) = (Api::accepting("t-1"), Issuer::start());
    let provider = url(&issuer.server.url());
    things(api.builder().auth(provider).build().unwrap()).list().await.unwrap();
    summary(&issuer.server.request())
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn client_credentials_are_asked_for_as_in_rfc_6749() {
    let sent = asked(|url| {
        let grant = ClientCredentials::new(&format!("{url}/oauth/token?v=2"), "an:id", "s/1");
        grant.scope("read write").parameter("audience", "api").into_provider()
    });
    // `an%3Aid:s%2F1`
    let basic = "Basic YW4lM0FpZDpzJTJGMQ==";
    let body = "scope=read+write&grant_type=client_credentials&audience=api";
    assert_eq!(sent.await, format!("POST /oauth/token?v=2\n{basic}\n{FORM}\n{body}"));
}

#[tokio::test]
async fn credentials_in_the_body_are_fields_of_the_form() {
    let sent = asked(|url| {
        ClientCredentials::new(&format!("{url}/token"), "id", "a+b")
            .credentials_in_body()
            .into_provider()
    });
    let body = "client_id=id&client_secret=a%2Bb&grant_type=client_credentials";
    assert_eq!(sent.await, format!("POST /token\nnone\n{FORM}\n{body}"));
}

#[tokio::test]
async fn a_client_without_a_secret_only_names_itself() {
    let sent = asked(|url| {
        RefreshToken::new(&format!("{url}/token"), "app", "r-1").scope("read").into_provider()
    });
    let body = "refresh_token=r-1&scope=read&client_id=app&grant_type=refresh_token";
    assert_eq!(sent.await, format!("POST /token\nnone\n{FORM}\n{body}"));
}

#[tokio::test]
async fn a_refresh_token_is_sent_with_the_secret_of_the_program() {
    let sent = asked(|url| {
        RefreshToken::new(&format!("{url}/token"), "id", "r-1")
            .client_secret("secret")
            .into_provider()
    });
    let body = "refresh_token=r-1&grant_type=refresh_token";
    assert_eq!(sent.await, format!("POST /token\nBasic aWQ6c2VjcmV0\n{FORM}\n{body}"));
}

fn rotated(token: &str, refresh_token: &str) -> Reply {
    let body = format!(
        r#"{{"access_token": "{token}", "token_type": "bearer", "expires_in": "3600",
            "refresh_token": "{refresh_token}"}}"#
    );
    Reply::json(200, &body)
}

fn refresh_tokens(issuer: &Issuer) -> Vec<String> {
    let token = |request: &Recorded| {
        let body = request.text().to_owned();
        body.split('&')
            .find_map(|pair| pair.strip_prefix("refresh_token=").map(str::to_owned))
            .unwrap()
    };
    issuer.server.requests().iter().map(token).collect()
}

#[tokio::test]
async fn a_rotated_refresh_token_is_stored_and_used_next() {
    let api = Api::accepting("t-1");
    let issuer = Issuer::answering([rotated("t-1", "r-2"), rotated("t-2", "r-3")]);
    let stored = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&stored);
    let grant = RefreshToken::new(&issuer.server.url(), "app", "r-1").on_rotation(move |token| {
        store.lock().unwrap().push(token.expose().to_owned());
        async {}
    });
    let client = things(api.builder().auth(grant).build().unwrap());
    client.list().await.unwrap();
    api.accept("t-2");
    client.list().await.unwrap();
    assert_eq!(refresh_tokens(&issuer), ["r-1", "r-2"]);
    assert_eq!(*stored.lock().unwrap(), ["r-2", "r-3"]);
}

#[tokio::test]
async fn a_cancelled_caller_loses_no_rotated_refresh_token() {
    let api = Api::accepting("t-1");
    let slow = rotated("t-1", "r-2").delay(Duration::from_millis(100));
    let issuer = Issuer::answering([slow, rotated("t-2", "r-3")]);
    let stored = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&stored);
    let grant = RefreshToken::new(&issuer.server.url(), "app", "r-1").on_rotation(move |token| {
        let store = Arc::clone(&store);
        async move {
            tokio::time::sleep(Duration::from_millis(50)).await;
            store.lock().unwrap().push(token.expose().to_owned());
        }
    });
    let client = things(api.builder().auth(grant).build().unwrap());
    let call = tokio::spawn(client.list().send());
    until(|| issuer.requests() == 1).await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    until(|| *stored.lock().unwrap() == ["r-2"]).await;
    client.list().await.unwrap();
    api.accept("t-2");
    client.list().await.unwrap();
    assert_eq!(refresh_tokens(&issuer), ["r-1", "r-2"]);

    // Control: a renewal within the future of the caller ends with it, and `r-2` is lost.
    let issuer = Issuer::answering([rotated("t-1", "r-2").delay(Duration::from_millis(100))]);
    let kept = Arc::new(Mutex::new("r-1".to_owned()));
    let careless = tokio::spawn(careless_refresh(issuer.server.url(), Arc::clone(&kept)));
    until(|| issuer.requests() == 1).await;
    careless.abort();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(*kept.lock().unwrap(), "r-1");
}

async fn careless_refresh(url: String, kept: Arc<Mutex<String>>) {
    #[derive(Deserialize)]
    struct Token {
        refresh_token: String,
    }
    let client = support::client(&url).env_proxies(false).build().unwrap();
    let request = http::Request::post("/").body("").unwrap();
    let token: Token = client.send(request).await.unwrap();
    *kept.lock().unwrap() = token.refresh_token;
}

#[tokio::test]
async fn a_failing_token_server_does_not_lose_the_refresh_token() {
    let api = Api::accepting("t-1");
    let issuer = Issuer::answering([Reply::empty(500), Reply::empty(503), rotated("t-1", "r-2")]);
    let clock = TestClock::new();
    let grant = RefreshToken::new(&issuer.server.url(), "app", "r-1");
    let client = things(api.builder().clock(clock.clone()).auth(grant).build().unwrap());
    for status in [500, 503] {
        let error = client.list().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(error.to_string().contains(&status.to_string()), "{error}");
        // The failures back off, so that the next call comes after a while.
        connectors_client::Clock::sleep(&clock, Duration::from_secs(1)).await;
    }
    client.list().await.unwrap();
    // A refresh that the server may have executed is not sent again by itself.
    assert_eq!(refresh_tokens(&issuer), ["r-1", "r-1", "r-1"]);
}

#[tokio::test]
async fn the_error_of_the_token_server_is_the_cause() {
    let api = Api::accepting("t-1");
    let refusal = r#"{"error": "invalid_grant", "error_description": "the session has ended"}"#;
    let issuer = Issuer::answering([Reply::json(400, refusal)]);
    let grant = RefreshToken::new(&issuer.server.url(), "app", "canary-refresh-token");
    let error = things(api.builder().auth(grant).build().unwrap()).list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET things: the credentials could not be obtained: POST TokenServer::refresh: \
         400 Bad Request: the session has ended"
    );
    assert!(!error.may_have_executed());
    let mut causes =
        std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
    let of_server = causes.find_map(|cause| cause.downcast_ref::<Error>()).unwrap();
    assert_eq!(of_server.status().unwrap(), 400);
    assert!(api.server.requests().is_empty());
}

#[tokio::test]
async fn a_token_that_is_not_a_bearer_token_is_not_used() {
    let api = Api::accepting("t-1");
    let issuer =
        Issuer::answering([Reply::json(200, r#"{"access_token": "t-1", "token_type": "mac"}"#)]);
    let error =
        things(api.builder().auth(issuer.grant()).build().unwrap()).list().await.unwrap_err();
    assert!(error.to_string().ends_with("issued a token that is not a bearer token"), "{error}");
    assert!(api.server.requests().is_empty());
}

#[tokio::test]
async fn client_credentials_are_retried_as_calls_are() {
    let (api, issuer) =
        (Api::accepting("t-1"), Issuer::answering([Reply::empty(503), token("t-1")]));
    things(api.builder().auth(issuer.grant()).build().unwrap()).list().await.unwrap();
    assert_eq!(issuer.requests(), 2);
}

#[api_client]
trait Login {
    #[post("login")]
    async fn login(&self, user: &str, password: &Secret) -> Session;
}

#[derive(Deserialize)]
struct Session {
    token: Secret,
}

#[tokio::test]
async fn a_function_can_log_in_by_a_trait_of_its_own() {
    let api = Api::accepting("s-1");
    let login = Server::start([Reply::json(200, r#"{"token": "s-1"}"#)]);
    let provider = TokenProvider::with_client(&login.url(), |client| async {
        let session = LoginClient::new(client).login("ada", &Secret::new("pass")).await?;
        Ok(AccessToken::new(session.token))
    });
    let client = api.builder().header("x-own", "1").auth(provider).build().unwrap();
    things(client).list().await.unwrap();
    let request = login.request();
    assert_eq!(
        summary(&request),
        "POST /login\nnone\napplication/json\n{\"user\":\"ada\",\"password\":\"pass\"}"
    );
    assert_eq!(request.header("x-own"), None);
}

#[test]
fn mistakes_of_a_grant_are_reported_by_build() {
    let mistake = |base: &str, grant: TokenProvider| {
        support::client(base).env_proxies(false).auth(grant).build().unwrap_err().to_string()
    };
    let grant = |url: &str| ClientCredentials::new(url, "id", "secret").into_provider();
    assert!(
        mistake("https://api.example.com", grant("login"))
            .starts_with("the token URL is not valid")
    );
    assert_eq!(
        mistake("https://api.example.com", grant("http://login.example.com/token")),
        "a token would be sent over plain http to `http://login.example.com`: use https, or allow it with \
         `allow_http_tokens(true)`"
    );
    // Beside a server elsewhere, a request to this machine could pass through a proxy.
    assert!(
        mistake("https://api.example.com", grant("http://localhost/token")).contains("plain http")
    );
    let empty = ClientCredentials::new("https://login.example.com", "", "secret").into_provider();
    assert_eq!(mistake("https://api.example.com", empty), "the id of the OAuth client is empty");
    let empty = RefreshToken::new("https://login.example.com", "id", "").into_provider();
    assert_eq!(mistake("https://api.example.com", empty), "the refresh token is empty");
    assert_eq!(
        mistake("http://api.example.com", grant("https://login.example.com")),
        "a token would be sent over plain http to `http://api.example.com`: use https, or allow it with \
         `allow_http_tokens(true)`"
    );
}
