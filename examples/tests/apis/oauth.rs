//! Tests the requests of the OAuth 2.0 client.

use std::time::Duration;

use connectors_client::{Client, Error, ErrorKind, Recorder, Secret, TestClock};
use connectors_examples::apis::oauth::{
    Audience, DeviceAuthorization, DeviceToken, OAuthClient, OAuthError, ProblemCode,
    TokenTypeHint, wait,
};
use support::server::{Reply, Server};

use crate::builder;
use crate::recorded::recorded;
use crate::sent::sent;

/// `s6BhdRkqt3:gX1fBat3bV`, the client of the examples in RFC 6749.
const BASIC: &str = "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW";

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, OAuthClient) {
    let server = Server::start(replies);
    let client = builder(&server).basic_auth("s6BhdRkqt3", "gX1fBat3bV").build().unwrap();
    (server, OAuthClient::new(client))
}

/// A client without a secret.
fn start_public(replies: impl IntoIterator<Item = Reply>) -> (Server, OAuthClient, TestClock) {
    let (server, clock) = (Server::start(replies), TestClock::new());
    let client = builder(&server).clock(clock.clone()).build().unwrap();
    (server, OAuthClient::new(client), clock)
}

fn form(authorization: Option<&str>, path: &str, body: &str) -> String {
    let authorization =
        authorization.map(|value| format!("authorization: {value}\n")).unwrap_or_default();
    let accept = if path == "/revoke" { "*/*" } else { "application/json" };
    format!(
        "POST {path}\naccept: {accept}\n{authorization}content-type: application/x-www-form-urlencoded\n\n{body}"
    )
}

/// The example of RFC 6749 section 5.1.
fn token() -> Reply {
    Reply::json(
        200,
        r#"{
            "access_token": "2YotnFZFEjr1zCsicMWpAA",
            "token_type": "example",
            "expires_in": 3600,
            "refresh_token": "tGzv3JOkF0XG5Qx2TlKWIA",
            "example_parameter": "example_value"
        }"#,
    )
    .header("cache-control", "no-store")
}

#[tokio::test]
async fn a_client_gets_a_token_for_itself() {
    let (server, oauth) = start([token()]);
    let token = oauth.client_credentials().scope("read write").await.unwrap();
    assert_eq!(
        sent(&server.request()),
        form(Some(BASIC), "/token", "scope=read+write&grant_type=client_credentials")
    );
    assert_eq!(token.access_token.expose(), "2YotnFZFEjr1zCsicMWpAA");
    assert_eq!((token.token_type.as_str(), token.expires_in), ("example", Some(3600)));
    assert_eq!(token.refresh_token, Some(Secret::new("tGzv3JOkF0XG5Qx2TlKWIA")));
    let shown = format!("{token:?}");
    assert!(!shown.contains("2Yotn") && !shown.contains("tGzv3"), "{shown}");

    // A server that wants the secret among the fields.
    let (server, oauth, _) = start_public([self::token()]);
    let secret = Secret::new("gX1f&Bat3bV");
    let call = oauth.client_credentials().client_id("s6BhdRkqt3").client_secret(&secret);
    assert!(!format!("{call:?}").contains("gX1f"));
    call.await.unwrap();
    let body = "client_id=s6BhdRkqt3&client_secret=gX1f%26Bat3bV&grant_type=client_credentials";
    assert_eq!(sent(&server.request()), form(None, "/token", body));
}

#[tokio::test]
async fn a_code_with_its_verifier_gets_a_token() {
    let (server, oauth) = start([token()]);
    // The code and URI of RFC 6749 section 4.1.3, and the verifier of RFC 7636 appendix B.
    let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    oauth
        .authorization_code(&Secret::new("SplxlOBeZQQYbYS6WxSbIA"))
        .redirect_uri("https://client.example.com/cb")
        .code_verifier(&verifier)
        .await
        .unwrap();
    let body = "code=SplxlOBeZQQYbYS6WxSbIA&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb\
                &code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&grant_type=authorization_code";
    assert_eq!(sent(&server.request()), form(Some(BASIC), "/token", body));
}

#[tokio::test]
async fn a_refresh_token_gets_a_new_token() {
    let (server, oauth) = start([token()]);
    oauth.refresh(&Secret::new("tGzv3JOkF0XG5Qx2TlKWIA")).await.unwrap();
    let body = "refresh_token=tGzv3JOkF0XG5Qx2TlKWIA&grant_type=refresh_token";
    assert_eq!(sent(&server.request()), form(Some(BASIC), "/token", body));
}

#[tokio::test]
async fn a_refusal_names_its_reason() {
    let body = r#"{"error": "invalid_grant", "error_description": "The code has expired", "error_uri": "https://server.example.com/e"}"#;
    let (server, oauth) = start([Reply::json(400, body)]);
    let error = oauth.authorization_code(&Secret::new("canary-code")).await.unwrap_err();
    assert_eq!(error.to_string(), "POST token: 400 Refused: The code has expired");
    let Some(OAuthError::Refused(Some(problem))) = error.class() else { panic!("{error}") };
    assert_eq!(problem.error, ProblemCode::InvalidGrant);
    assert_eq!(problem.error_uri.as_deref(), Some("https://server.example.com/e"));
    // The code can be used only once, so the call is not retried.
    assert_eq!(server.requests().len(), 1);

    let reply =
        Reply::json(401, r#"{"error": "invalid_client"}"#).header("www-authenticate", "Basic");
    let (_server, oauth) = start([reply]);
    let error = oauth.refresh(&Secret::new("t")).await.unwrap_err();
    assert_eq!(error.to_string(), "POST token: 401 InvalidClient: invalid_client");
    let Some(OAuthError::InvalidClient(Some(problem))) = error.class() else { panic!("{error}") };
    assert_eq!((problem.error, problem.error_description), (ProblemCode::InvalidClient, None));
}

#[tokio::test]
async fn a_failed_code_exchange_is_not_retried() {
    let (server, oauth) = start([Reply::empty(500), token()]);
    let error = oauth.authorization_code(&Secret::new("c")).await.unwrap_err();
    assert_eq!((error.class(), server.requests().len()), (Some(OAuthError::Other), 1));
}

/// The example of RFC 8628 section 3.2.
const DEVICE: &str = r#"{
    "device_code": "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
    "user_code": "WDJB-MJHT",
    "verification_uri": "https://example.com/device",
    "verification_uri_complete": "https://example.com/device?user_code=WDJB-MJHT",
    "expires_in": 1800,
    "interval": 5
}"#;

fn not_yet(code: &str) -> Reply {
    Reply::json(400, &format!(r#"{{"error": "{code}"}}"#))
}

#[tokio::test]
async fn a_device_polls_until_its_user_agrees() {
    let (server, oauth, clock) = start_public([
        Reply::json(200, DEVICE),
        not_yet("authorization_pending"),
        not_yet("slow_down"),
        not_yet("authorization_pending"),
        not_yet("slow_down"),
        token(),
    ]);
    let device =
        oauth.authorize_device().client_id("1406020730").scope("example_scope").await.unwrap();
    assert_eq!((device.user_code.as_str(), device.interval), ("WDJB-MJHT", 5));
    assert!(!format!("{device:?}").contains("GmRhm"));
    let reply = wait(&oauth, &device, Some("1406020730")).await.unwrap();
    let DeviceToken::Granted(token) = reply else { panic!("{reply:?}") };
    assert_eq!(token.access_token.expose(), "2YotnFZFEjr1zCsicMWpAA");

    let requests = server.requests();
    assert_eq!(
        sent(&requests[0]),
        form(None, "/device_authorization", "client_id=1406020730&scope=example_scope")
    );
    let body = "device_code=GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS&client_id=1406020730\
                &grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
    for request in &requests[1..] {
        assert_eq!(sent(request), form(None, "/token", body));
    }
    // Each `slow_down` makes the polling slower.
    assert_eq!(clock.waits(), [5, 10, 10, 15].map(Duration::from_secs));
}

async fn failed(code: &str) -> (Error, usize) {
    let (server, oauth, _) =
        start_public([Reply::json(200, DEVICE), not_yet("authorization_pending"), not_yet(code)]);
    let device = oauth.authorize_device().client_id("c").await.unwrap();
    (wait(&oauth, &device, Some("c")).await.unwrap_err(), server.requests().len())
}

#[tokio::test]
async fn a_device_stops_after_a_final_error() {
    for (code, expected) in [
        ("access_denied", ProblemCode::AccessDenied),
        ("expired_token", ProblemCode::ExpiredToken),
        ("brand_new", ProblemCode::Unknown("brand_new".to_owned())),
    ] {
        let (error, requests) = failed(code).await;
        assert_eq!((error.kind(), requests), (ErrorKind::Api, 3));
        let shown = format!("POST token: 400 Refused: the operation has failed: {code}");
        assert_eq!(error.to_string(), shown);
        let Some(OAuthError::Refused(Some(problem))) = error.class() else { panic!("{error}") };
        assert_eq!(problem.error, expected);
    }

    // The user does nothing. The codes expire after half an hour.
    let (server, oauth, clock) = start_public([not_yet("authorization_pending")]);
    let device: DeviceAuthorization = serde_json::from_str(DEVICE).unwrap();
    let error = wait(&oauth, &device, None).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let waited: Duration = clock.waits().iter().sum();
    assert!(
        waited <= Duration::from_secs(1800) && waited > Duration::from_secs(1700),
        "{waited:?}"
    );
    assert_eq!(server.requests().len(), clock.waits().len() + 1);
}

#[tokio::test]
async fn the_default_polling_interval_is_five_seconds() {
    let body = r#"{"device_code": "d", "user_code": "u", "verification_uri": "https://example.com", "expires_in": 60}"#;
    let device: DeviceAuthorization = serde_json::from_str(body).unwrap();
    let (_server, oauth, clock) = start_public([not_yet("authorization_pending"), token()]);
    wait(&oauth, &device, None).await.unwrap();
    assert_eq!(clock.waits(), [Duration::from_secs(5)]);
}

#[tokio::test]
async fn a_token_is_revoked() {
    let (server, oauth) = start([Reply::empty(200)]);
    // The example of RFC 7009 section 2.1.
    let token = Secret::new("45ghiukldjahdnhzdauz");
    oauth.revoke(&token).token_type_hint(TokenTypeHint::RefreshToken).await.unwrap();
    let body = "token=45ghiukldjahdnhzdauz&token_type_hint=refresh_token";
    assert_eq!(sent(&server.request()), form(Some(BASIC), "/revoke", body));

    let (_server, oauth) = start([Reply::json(400, r#"{"error": "unsupported_token_type"}"#)]);
    let error = oauth.revoke(&token).await.unwrap_err();
    let Some(OAuthError::Refused(Some(problem))) = error.class() else { panic!("{error}") };
    assert_eq!(problem.error, ProblemCode::UnsupportedTokenType);
}

#[tokio::test]
async fn a_token_is_introspected() {
    // The examples of RFC 7662 section 2.2.
    let active = r#"{
        "active": true,
        "client_id": "l238j323ds-23ij4",
        "username": "jdoe",
        "scope": "read write dolphin",
        "sub": "Z5O3upPC88QrAjx00dis",
        "aud": "https://protected.example.net/resource",
        "iss": "https://server.example.com/",
        "exp": 1419356238,
        "iat": 1419350238,
        "extension_field": "twenty-seven"
    }"#;
    let (server, oauth) =
        start([Reply::json(200, active), Reply::json(200, r#"{"active": false}"#)]);
    let token = Secret::new("mF_9.B5f-4.1JqM");
    let found = oauth.introspect(&token).token_type_hint(TokenTypeHint::AccessToken).await.unwrap();
    let body = "token=mF_9.B5f-4.1JqM&token_type_hint=access_token";
    assert_eq!(sent(&server.request()), form(Some(BASIC), "/introspect", body));
    assert!(found.active);
    assert_eq!(found.aud, Some(Audience::One("https://protected.example.net/resource".to_owned())));
    assert_eq!((found.exp, found.username.as_deref()), (Some(1_419_356_238), Some("jdoe")));
    assert_eq!(found.more["extension_field"], "twenty-seven");
    let gone = oauth.introspect(&token).await.unwrap();
    assert!(!gone.active && gone.scope.is_none());
}

#[tokio::test]
async fn a_server_publishes_its_metadata() {
    // The example of RFC 8414 section 3.2, in short.
    let body = r#"{
        "issuer": "https://server.example.com",
        "authorization_endpoint": "https://server.example.com/authorize",
        "token_endpoint": "https://server.example.com/token",
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
        "registration_endpoint": "https://server.example.com/register",
        "scopes_supported": ["openid", "profile", "email", "address", "phone", "offline_access"],
        "response_types_supported": ["code", "code token"]
    }"#;
    let (server, oauth) = start([Reply::json(200, body)]);
    let metadata = oauth.metadata().await.unwrap();
    // Sent without the client's secret, which this endpoint does not need.
    assert_eq!(
        sent(&server.request()),
        "GET /.well-known/oauth-authorization-server\naccept: application/json"
    );
    assert_eq!(metadata.token_endpoint.as_deref(), Some("https://server.example.com/token"));
    assert_eq!(metadata.response_types_supported, ["code", "code token"]);
}

#[tokio::test]
async fn an_error_shows_no_token() {
    let secret = Secret::new("canary-refresh");
    for reply in [
        Reply::json(200, r#"{"access_token": "canary-token", "token_type": 5}"#),
        Reply::json(200, r#"{"access_token": "canary-token", "expires_in": "canary-3600"}"#),
        Reply::json(200, r#"{"token_type": "Bearer", "access_token": "canary-token""#),
        // Some servers send such a response although `Accept` asks for JSON.
        Reply::text(
            200,
            "application/x-www-form-urlencoded",
            "access_token=canary-token&token_type=bearer",
        ),
        Reply::empty(500),
        Reply::close(),
    ] {
        let (_server, oauth) = start([reply]);
        let error = oauth.refresh(&secret).await.unwrap_err();
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("canary-token") && !shown.contains("canary-refresh"), "{shown}");
    }
}

#[tokio::test]
async fn a_secret_field_is_not_sent_over_plain_http() {
    let client = Client::builder("http://auth.example.com").build().unwrap();
    let oauth = OAuthClient::new(client);
    let error = oauth.refresh(&Secret::new("t")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("over plain http"), "{error}");
    assert!(!error.may_have_executed());
}

#[test]
fn endpoints_match_the_documents() {
    let declared = [
        OAuthClient::METADATA,
        OAuthClient::CLIENT_CREDENTIALS,
        OAuthClient::AUTHORIZATION_CODE,
        OAuthClient::REFRESH,
        OAuthClient::AUTHORIZE_DEVICE,
        OAuthClient::DEVICE_TOKEN,
        OAuthClient::REVOKE,
        OAuthClient::INTROSPECT,
    ]
    .map(ToString::to_string);
    assert_eq!(
        declared,
        [
            "GET .well-known/oauth-authorization-server",
            "POST token",
            "POST token",
            "POST token",
            "POST device_authorization",
            "POST token",
            "POST revoke",
            "POST introspect",
        ]
    );
}

/// No token is in the recording, and those of a replay stand for them.
#[tokio::test]
async fn tokens_are_recorded_without_their_secrets() {
    let replies = [
        token(),
        Reply::json(200, DEVICE),
        not_yet("authorization_pending"),
        not_yet("slow_down"),
        token(),
        Reply::json(200, r#"{"active": true, "sub": "Z5O3upPC88QrAjx00dis"}"#),
        Reply::empty(200),
        Reply::json(400, r#"{"error": "unsupported_token_type"}"#),
    ];
    let open = |url: &str, recorder: &Recorder| {
        let builder = Client::builder(url).env_proxies(false).clock(TestClock::new());
        let builder = builder.basic_auth("s6BhdRkqt3", "gX1fBat3bV").recorder(recorder);
        OAuthClient::new(builder.build().unwrap())
    };
    let calls = async |oauth: OAuthClient| {
        let first = oauth.client_credentials().scope("read write").await.unwrap();
        let device = oauth.authorize_device().scope("example_scope").await.unwrap();
        let second = wait(&oauth, &device, None).await.unwrap();
        let DeviceToken::Granted(second) = second else { panic!("{second:?}") };
        assert_eq!(first.access_token, second.access_token);
        let found = oauth.introspect(&first.access_token).await.unwrap();
        let refresh_token = second.refresh_token.clone().unwrap();
        oauth.revoke(&refresh_token).await.unwrap();
        let error = oauth.revoke(&refresh_token).await.unwrap_err().to_string();
        (first, device, second, found, error)
    };
    let (requests, _, text) = recorded(replies, open, calls).await;
    assert_eq!(requests.len(), 8);
    for secret in ["2YotnFZFEjr1zCsicMWpAA", "tGzv3JOkF0XG5Qx2TlKWIA", "gX1fBat3bV", "GmRhmhcx"] {
        let sent = requests.iter().any(|request| request.text().contains(secret));
        assert!(sent || secret == "gX1fBat3bV", "{secret} was not sent");
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(text.contains("token={access_token:1}") && !text.contains(BASIC), "{text}");
}
