//! No recording has a secret, in any form.

use std::fs;
use std::path::Path;

use connectors_client::auth::{AuthRequest, Authenticate, from_fn};
use connectors_client::{
    Body, Client, Error, FromResponse, HttpResponse, NextTransport, Part, Proxy, Recorder,
    RequestOptions, Secret, Transport, TransportFuture, api_client,
};
use serde::Deserialize;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::scanner::forms;
use crate::{Folder, builder};

// Each secret contains characters that a URL, a form or JSON encodes, where its place allows it.
const BEARER: &str = "canary-bearer/00+a=b~";
const HEADER: &str = "canary-header/01+a=b\"~";
const QUERY: &str = "canary-query/02+a=b\"~";
const PATH: &str = "canary-path/03+a=b\"~";
const FORM: &str = "canary-form/04+a=b\"~";
const FIELD: &str = "canary-field/05+a=b\"~";
const PART: &str = "canary-part/06+a=b\"~";
const COOKIE: &str = "canary-cookie-07+a~b";
const BASIC: &str = "canary-basic/08+a=b\"~";
const PROXY: &str = "canary-proxy-09";
const LOCATION: &str = "canary-location-10+a~b";
const SET_COOKIE: &str = "canary-setcookie-11+a~b";
const RESPONSE: &str = "canary-response/12+a=b\"~";
const OPTION: &str = "canary-option/13+a=b~";
const BODY: &str = "canary-body/14+a=b\"~";

const SIGNED_QUERY: &str = "canary-signedquery/15+a=b\"~";
const SIGNED_COOKIE: &str = "canary-signedcookie-16+a~b";

const CANARIES: [&str; 17] = [
    BEARER,
    HEADER,
    QUERY,
    PATH,
    FORM,
    FIELD,
    PART,
    COOKIE,
    BASIC,
    PROXY,
    LOCATION,
    SET_COOKIE,
    RESPONSE,
    OPTION,
    BODY,
    SIGNED_QUERY,
    SIGNED_COOKIE,
];

#[api_client]
trait Vault {
    #[post("open/<path>?<query>")]
    async fn open(
        &self,
        path: &Secret,
        query: &Secret,
        #[header("X-Secret")] header: &Secret,
        field: &Secret,
    ) -> Opened;

    #[post("forms", form)]
    async fn form(&self, field: &Secret) -> Value;

    #[post("parts", multipart)]
    async fn parts(&self, part: Part) -> Value;

    #[put("bodies")]
    async fn body(&self, #[body] body: Body) -> Value;

    #[post("notes", compress = "gzip")]
    async fn note(&self, field: &Secret, text: &str) -> Value;

    #[get("stored", decompress = none)]
    async fn stored(&self) -> HttpResponse<bytes::Bytes>;

    #[get("headed")]
    async fn headed(&self) -> Headed;

    #[post("login")]
    async fn login(&self) -> Value;

    #[get("mine/<token>")]
    async fn mine(&self, token: &str) -> Value;
}

#[derive(FromResponse)]
enum Headed {
    #[status(200)]
    Given {
        #[header("X-Session")]
        session: Secret,
    },
}

#[derive(Debug, Deserialize)]
struct Opened {
    token: Secret,
}

/// Answers with all that was sent, in several forms, and with secrets of its own.
fn echo() -> Server {
    Server::answer(|request| {
        if request.path() == "/login" {
            let to = format!("https://a.example/cb?code={LOCATION}&x=1#access_token={LOCATION}");
            return Reply::empty(302).header("location", to);
        }
        let sent = format!("{}\n{}", request.head(), request.text());
        Reply::json(200, &echoed(&sent).to_string())
            .header("set-cookie", format!("sid={SET_COOKIE}; Path=/; HttpOnly"))
            .header("x-echo", request.target.as_bytes())
    })
}

fn echoed(sent: &str) -> Value {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD.encode(sent);
    let percent = percent_encoding::utf8_percent_encode(sent, percent_encoding::NON_ALPHANUMERIC);
    json!({
        "raw": sent,
        "percent": percent.to_string(),
        "base64": base64,
        "json": Value::from(sent).to_string(),
        "token": RESPONSE,
        "cookie": SET_COOKIE,
    })
}

/// A scheme that puts secrets into the URL and a cookie.
fn signed(query: &str, cookie: &str) -> impl Authenticate {
    let (query, cookie) = (Secret::new(query), Secret::new(cookie));
    from_fn(move |request: &mut AuthRequest| {
        request.set_query("sign key", &query)?;
        request.set_cookie("signed", &cookie)
    })
}

/// Makes calls with a secret in each place.
async fn calls(server: &Server, watch: impl Fn(connectors_client::ClientBuilder) -> Client) {
    let url = server.url();
    let cookie = format!("sid={COOKIE}; theme=dark");
    let client = watch(builder(&url).bearer_token(BEARER).header("cookie", cookie.as_str()));
    let vault = VaultClient::new(client);
    let (path, query) = (Secret::new(PATH), Secret::new(QUERY));
    let (header, field) = (Secret::new(HEADER), Secret::new(FIELD));
    let options = RequestOptions::new().header("x-option", Secret::new(OPTION));
    let opened = vault.open(&path, &query, &header, &field).options(options).await.unwrap();
    vault.form(&Secret::new(FORM)).await.unwrap();
    vault.parts(Part::new(PART).file_name("a.txt")).await.unwrap();
    vault.body(Body::from(BODY).with_content_type("text/plain")).await.unwrap();
    vault.login().await.unwrap_err();
    vault.mine(opened.token.expose()).await.unwrap();
    let client = watch(builder(&url).basic_auth("user", BASIC));
    VaultClient::new(client).body(Body::from("x")).await.unwrap();
    let client = watch(builder(&url).auth(signed(SIGNED_QUERY, SIGNED_COOKIE)));
    VaultClient::new(client).body(Body::from("signed")).await.unwrap();
    // The proxy, which is this server too, gets the credentials for it.
    let proxy = Proxy::all(&url.replace("//", &format!("//user:{PROXY}@"))).unwrap();
    let client = watch(builder("http://a.example").proxy(proxy));
    VaultClient::new(client).body(Body::from("x")).await.unwrap();
}

/// Returns the secrets that a file has in some form.
fn found(file: &Path) -> Vec<&'static str> {
    let text = fs::read_to_string(file).unwrap();
    // The texts of bodies are JSON within JSON.
    let inner = text.replace("\\\\", "\\").replace("\\\"", "\"");
    let innermost = inner.replace("\\\\", "\\").replace("\\\"", "\"");
    let has = |canary: &&str| {
        [&text, &inner, &innermost].iter().any(|text| !forms(text, canary).is_empty())
    };
    CANARIES.into_iter().filter(has).collect()
}

fn recorder(folder: &Folder) -> Recorder {
    Recorder::record(folder.file()).redact("/part").secret("body", BODY)
}

#[tokio::test]
async fn no_secret_is_in_the_file_wherever_it_was() {
    let folder = Folder::new();
    let recorder = recorder(&folder);
    let server = echo();
    calls(&server, |builder| builder.recorder(&recorder).build().unwrap()).await;
    recorder.save().unwrap();
    assert_eq!(server.requests().len(), 9);
    let text = folder.text();
    assert_eq!(found(&folder.file()), [""; 0], "{text}");
    for placeholder in [
        "Bearer {authorization:1}",
        "{path:1}",
        "query={query:1}",
        "{header:1}",
        "{\\\"field\\\":\\\"{field:1}\\\"}",
        "field={field:2}",
        "{part:1}",
        "sid={sid:1}; theme={theme:1}",
        "sid={sid:2}; Path=/; HttpOnly",
        "Basic {authorization:2}",
        "{x-option:1}",
        "code={code:1}&x={x:1}#access_token={code:1}",
        "\\\"token\\\":\\\"{token:1}\\\"",
        "http://127.0.0.1/mine/{token:1}",
        "?sign+key={sign-key:1}",
        "signed={signed:1}",
        "{body:1}",
        "{proxy:1}",
    ] {
        assert!(text.contains(placeholder), "{placeholder} is not in {text}");
    }
}

/// Control: a layer that writes down what it sees.
struct Careless(NextTransport, std::path::PathBuf);

impl Transport for Careless {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let mut text = format!("{} {:?}\n", parts.uri, plain(&parts.headers));
            text.push_str(&String::from_utf8_lossy(body.as_bytes().unwrap_or_default()));
            let sent = http::Request::from_parts(parts, body);
            let response = self.0.send(sent).await?;
            let (parts, body) = response.into_parts();
            let body = http_body_util::BodyExt::collect(body).await?.to_bytes();
            text = format!("{text}\n{:?}\n", plain(&parts.headers));
            text.push_str(&String::from_utf8_lossy(&body));
            let before = fs::read_to_string(&self.1).unwrap_or_default();
            fs::write(&self.1, before + &text).unwrap();
            Ok(http::Response::from_parts(parts, Body::from(body)))
        })
    }
}

fn plain(headers: &http::HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
}

#[tokio::test]
async fn a_careless_recorder_keeps_all_of_them() {
    let folder = Folder::new();
    let server = echo();
    calls(&server, |builder| {
        let file = folder.file();
        builder.layer(|next| Careless(next, file)).build().unwrap()
    })
    .await;
    assert_eq!(found(&folder.file()), CANARIES);
}

/// A recording made with real secrets is replayed with others.
#[tokio::test]
async fn a_replay_needs_no_secrets() {
    let folder = Folder::new();
    let server = echo();
    let recording = recorder(&folder);
    calls(&server, |builder| builder.recorder(&recording).build().unwrap()).await;
    recording.save().unwrap();
    drop(server);
    let client = |token: &str| {
        let recorder = Recorder::replay(folder.file());
        builder("http://localhost:9").bearer_token(token).recorder(&recorder).build().unwrap()
    };
    let other = Secret::new("another secret");
    let vault = VaultClient::new(client("another token"));
    let opened = vault.open(&other, &other, &other, &other).await.unwrap();
    assert_eq!(opened.token.expose(), "{token:1}");
    vault.mine(opened.token.expose()).await.unwrap();
    vault.form(&other).await.unwrap();
    let recorder = Recorder::replay(folder.file());
    let client = builder("http://localhost:9").auth(signed("another query", "another-cookie"));
    let vault = VaultClient::new(client.recorder(&recorder).build().unwrap());
    vault.body(Body::from("signed")).await.unwrap();
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the second field is not reached")]
struct Strict {
    id: u32,
    token: Secret,
}

#[api_client]
trait Broken {
    #[get("strict")]
    async fn strict(&self) -> Strict;
}

/// The field with the secret comes after the one that does not fit, or the text is cut off.
#[tokio::test]
async fn a_response_that_cannot_be_decoded_is_kept_without_its_strings() {
    let cut = format!(r#"{{"id":7,"token":"{RESPONSE}"#);
    let wrong = format!(r#"{{"id":"seven","more":1,"token":"{RESPONSE}"}}"#);
    let escaped = RESPONSE.replace('"', "\\\"");
    for body in [cut, wrong].map(|body| body.replace(RESPONSE, &escaped)) {
        let folder = Folder::new();
        let server = Server::start([Reply::json(200, &body)]);
        // The body is not as it came once a part of it was replaced.
        let recorder = Recorder::record(folder.file()).redact("/more");
        let client = builder(&server.url()).recorder(&recorder).build().unwrap();
        let live = BrokenClient::new(client).strict().await.unwrap_err();
        recorder.save().unwrap();
        drop(server);
        assert_eq!(found(&folder.file()), [""; 0], "{}", folder.text());
        let recorder = Recorder::replay(folder.file());
        let client = builder("http://localhost:9").recorder(&recorder).build().unwrap();
        let replayed = BrokenClient::new(client).strict().await.unwrap_err();
        let problem =
            |error: &Error| error.to_string().split(" at line").next().unwrap().to_owned();
        assert_eq!(problem(&replayed), problem(&live));
    }
}

/// A short secret occurs by chance, so it is replaced where it is a whole value.
#[tokio::test]
async fn short_secrets_are_replaced_as_whole_values() {
    let folder = Folder::new();
    let body = json!({"token": "7531", "year": "in 7531", "list": ["7531"]}).to_string();
    let server = Server::answer(move |_| Reply::json(200, &body));
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let vault = VaultClient::new(client);
    let pin = Secret::new("2468");
    vault.open(&pin, &pin, &pin, &pin).await.unwrap();
    vault.form(&pin).await.unwrap();
    recorder.save().unwrap();
    let text = folder.text();
    assert!(!text.contains("2468"), "{text}");
    assert_eq!(text.matches("7531").count(), 2, "{text}");
    assert_eq!(text.matches("in 7531").count(), 2, "{text}");
}

/// The token of a connector is a field of an argument.
#[tokio::test]
async fn a_secret_within_an_argument_of_cohere_is_replaced() {
    use connectors_client::cohere::{ConnectorsClient, CreateConnectorServiceAuth};
    let folder = Folder::new();
    let server = Server::start([Reply::empty(400)]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let auth = CreateConnectorServiceAuth::new("bearer".into(), FIELD);
    ConnectorsClient::new(client).create("n", "u").service_auth(&auth).await.unwrap_err();
    recorder.save().unwrap();
    assert_eq!(found(&folder.file()), [""; 0], "{}", folder.text());
    assert!(folder.text().contains("\"token\": \"{token:1}\""), "{}", folder.text());
}

/// A compressed body is recorded as it was before.
#[tokio::test]
async fn the_secrets_of_a_compressed_body_are_replaced() {
    let folder = Folder::new();
    let server = Server::start([Reply::json(200, "{}")]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).compress_from(0).recorder(&recorder).build().unwrap();
    VaultClient::new(client).note(&Secret::new(FIELD), "a note").await.unwrap();
    recorder.save().unwrap();
    assert_eq!(server.request().header("content-encoding"), Some("gzip"));
    assert_eq!(found(&folder.file()), [""; 0], "{}", folder.text());
    let body = folder.entries()[0]["request"]["postData"]["text"].clone();
    assert_eq!(body, r#"{"field":"{field:1}","text":"a note"}"#);
    // A replay need not compress.
    let recorder = Recorder::replay(folder.file());
    let client = builder("http://localhost:9").recorder(&recorder).build().unwrap();
    VaultClient::new(client).note(&Secret::new("other"), "a note").await.unwrap();
}

/// A body that stays compressed has its header in a replay.
#[tokio::test]
async fn a_stored_coding_is_replayed() {
    let folder = Folder::new();
    let reply = Reply::bytes(200, "text/plain", vec![0x1f, 0x8b, 8, 0xff]);
    let server = Server::start([reply.header("content-encoding", "gzip")]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let live = VaultClient::new(client).stored().await.unwrap();
    recorder.save().unwrap();
    let recorder = Recorder::replay(folder.file());
    let client = builder("http://localhost:9").recorder(&recorder).build().unwrap();
    let replayed = VaultClient::new(client).stored().await.unwrap();
    assert_eq!(replayed.headers()["content-encoding"], "gzip");
    assert_eq!(replayed.data, live.data);
}

#[tokio::test]
async fn a_secret_in_a_header_of_a_response_is_replaced() {
    for secret in [RESPONSE, "2468"] {
        let folder = Folder::new();
        let server = Server::start([Reply::empty(200).header("x-session", secret)]);
        let recorder = Recorder::record(folder.file());
        let client = builder(&server.url()).recorder(&recorder).build().unwrap();
        let Headed::Given { session } = VaultClient::new(client).headed().await.unwrap();
        assert_eq!(session.expose(), secret);
        recorder.save().unwrap();
        let text = folder.text();
        assert!(!text.contains(&Value::from(secret).to_string()), "{text}");
        assert!(text.contains("{x-session:1}"), "{text}");
    }
}

/// A secret that is decoded after the file was written is replaced when it is written again.
#[tokio::test]
async fn a_file_that_was_written_too_early_is_written_again() {
    let folder = Folder::new();
    let server = Server::start([Reply::json(200, &json!({"token": RESPONSE}).to_string())]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let raw: bytes::Bytes =
        client.send(http::Request::get("/x").body(Body::empty()).unwrap()).await.unwrap();
    recorder.save().unwrap();
    let opened: Opened = serde_json::from_slice(&raw).unwrap();
    assert_eq!(opened.token.expose(), RESPONSE);
    drop((client, recorder));
    assert_eq!(found(&folder.file()), [""; 0], "{}", folder.text());
}

#[tokio::test]
async fn a_response_that_is_not_utf8_is_kept_without_its_strings() {
    let folder = Folder::new();
    let mut body = format!(r#"{{"token":"{COOKIE}"#).into_bytes();
    body.extend_from_slice(b"\xff\"}");
    let server = Server::start([Reply::bytes(200, "application/json", body)]);
    let recorder = Recorder::record(folder.file());
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    let field = Secret::new("another secret");
    VaultClient::new(client).open(&field, &field, &field, &field).await.unwrap_err();
    recorder.save().unwrap();
    assert_eq!(found(&folder.file()), [""; 0], "{}", folder.text());
}
