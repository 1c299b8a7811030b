//! The texts of errors: no piece of the body, the server's own words, and no secret that it echoes.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use connectors_client::{
    Body, Client, Error, ErrorKind, Event, EventStream, HttpResponse, JsonLines, RequestOptions,
    Secret, Text, api_client,
};
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Reply, Server};

#[derive(Clone, Debug, Deserialize)]
#[expect(dead_code)]
struct Small {
    a: u8,
    #[serde(default)]
    at: Option<Quoting>,
    #[serde(default)]
    ip: Option<std::net::IpAddr>,
}

/// A type whose error quotes the value.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Quoting;

impl TryFrom<String> for Quoting {
    type Error = String;

    fn try_from(value: String) -> Result<Self, String> {
        Err(format!("`{value}` is not a time"))
    }
}

#[derive(Debug, connectors_client::OpenUnion)]
#[open_union(tag = "kind")]
enum Animal {
    #[open_union(rename = "bird")]
    Bird(Small),
    #[open_union(other)]
    Other(serde_json::Value),
}

#[derive(Debug, connectors_client::FromEvent)]
#[expect(dead_code)]
enum Progress {
    #[event("started")]
    Started(Small),
}

#[api_client]
trait Odd {
    #[get("small")]
    async fn small(&self) -> Small;

    #[get("many")]
    async fn many(&self) -> Vec<Small>;

    #[get("optional")]
    async fn optional(&self) -> Option<Small>;

    #[get("animal")]
    async fn animal(&self) -> Animal;

    #[get("text")]
    async fn text(&self) -> Text;

    #[get("lines", failed(error))]
    async fn lines(&self) -> JsonLines<Small>;

    #[get("events", failed(error))]
    async fn events(&self) -> EventStream<Small>;

    #[get("progress")]
    async fn progress(&self) -> EventStream<Progress>;

    #[get("wrapped")]
    async fn wrapped(&self) -> EventStream<Event<Small>>;

    #[post("of/<path>?<query>")]
    async fn secrets(
        &self,
        path: &Secret,
        query: &Secret,
        field: &Secret,
        #[header("x-key")] header: &Secret,
    );
}

const TOKEN: &str = "canary/1+a=b~token";

fn client_of(server: &Server) -> Client {
    support::client(server.url())
        .bearer_token(TOKEN)
        .env_proxies(false)
        .clock(TestClock::new())
        .max_retries(0)
        .build()
        .unwrap()
}

fn start(reply: Reply) -> (Server, OddClient) {
    let server = Server::start([reply]);
    let client = OddClient::new(client_of(&server));
    (server, client)
}

/// Returns an error and its causes in every format.
fn all_of(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?} {error:#}");
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        shown.extend([format!(" {deeper} {deeper:?}")]);
        cause = deeper.source();
    }
    shown
}

async fn first<T>(
    stream: impl Future<Output = Result<T, Error>>,
    next: impl AsyncFnOnce(T) -> Error,
) -> Error {
    match stream.await {
        Ok(stream) => next(stream).await,
        Err(error) => error,
    }
}

/// Returns the error of each kind of call that reads this body.
async fn errors_of(status: u16, media_type: &str, body: &str) -> Vec<Error> {
    let reply = || Reply::text(status, media_type, body);
    let mut errors = Vec::new();
    let (_server, odd) = start(reply());
    errors.push(odd.small().await.unwrap_err());
    let (_server, odd) = start(reply());
    errors.push(odd.many().await.unwrap_err());
    let (_server, odd) = start(reply());
    errors.push(odd.optional().await.unwrap_err());
    let (server, _) = start(reply());
    let raw: Result<HttpResponse<Small>, Error> =
        client_of(&server).send(http::Request::get("/small").body(Body::empty()).unwrap()).await;
    errors.push(raw.unwrap_err());
    let (server, _) = start(reply());
    let url = server.url();
    let blocking = std::thread::spawn(move || {
        let client = support::client(url).bearer_token(TOKEN).env_proxies(false).max_retries(0);
        BlockingOddClient::new(client.build().unwrap()).small().send().unwrap_err()
    });
    errors.push(blocking.join().unwrap());
    for media_type in [media_type, "application/x-ndjson", "text/event-stream"] {
        // A stream reads only its own media type.
        let body = if media_type == "text/event-stream" {
            format!("data: {body}\n\n")
        } else {
            body.to_owned()
        };
        let reply = || Reply::text(status, media_type, &body);
        let (_server, odd) = start(reply());
        errors.push(
            first(odd.events().send(), async |mut items| items.next().await.unwrap().unwrap_err())
                .await,
        );
        let (_server, odd) = start(reply());
        errors.push(
            first(odd.wrapped().send(), async |mut items| items.next().await.unwrap().unwrap_err())
                .await,
        );
        let (_server, odd) = start(reply());
        errors.push(
            first(odd.lines().send(), async |mut items| items.next().await.unwrap().unwrap_err())
                .await,
        );
    }
    errors
}

#[tokio::test]
async fn a_decode_error_shows_no_piece_of_the_body() {
    let bodies = [
        r#"{"a": "canary-7f"}"#,
        r#"{"a": 1, "at": "canary-7f"}"#,
        r#"{"a": 1, "ip": "canary-7f"}"#,
        r#"{"secret": "canary-7f"}"#,
        r#"{"secret": "canary-7f", "a": 300}"#,
        r#""canary-7f""#,
        r#"{"secret": "canary-7f"#,
        "canary-7f",
        "<html><title>canary-7f</title>",
        "token=canary-7f",
    ];
    let mut count = 0;
    for body in bodies {
        for media_type in
            ["application/json", "text/html", "text/plain", "application/x-www-form-urlencoded"]
        {
            for error in errors_of(200, media_type, body).await {
                let kind = error.kind();
                assert!(matches!(kind, ErrorKind::Decode | ErrorKind::StreamTruncated), "{error}");
                let shown = all_of(&error);
                assert!(
                    !shown.contains("canary") && !shown.contains("7f"),
                    "{media_type} {body}: {shown}"
                );
                assert!(shown.len() < 1500, "{shown}");
                assert!(
                    error.excerpt().unwrap().contains("canary-7f"),
                    "{media_type} {body}: {error}"
                );
                count += 1;
            }
        }
    }
    println!("{count} decode errors, 0 show a piece of the body");
}

#[tokio::test]
async fn a_decode_error_names_the_path_the_type_and_the_kind_of_value() {
    for (body, expected) in [
        (r#"[{"a":1},{"a":"x"}]"#, "does not fit at `[1].a`: expected u8, found a string"),
        (r#"[{"a":300}]"#, "does not fit at `[0].a`: expected u8, found an integer"),
        (r#"[{"a":1,"ip":"x"}]"#, "does not fit at `[0].ip`: its type does not accept this string"),
        // serde_json places an error of `try_from` at the end of the object around it.
        (r#"[{"a":1,"at":"x"}]"#, "does not fit at `[0]`: its type does not accept this object"),
        ("[{}]", "does not fit at `[0]`: missing field `a`"),
        (r#"{"a":1}"#, "does not fit at the top: expected a sequence, found an object"),
        (r#"[{"a":1}"#, "does not fit at `[0]`: EOF while parsing a list at line 1 column 8"),
        (" ", "body is empty, but the return type needs one"),
    ] {
        let (_server, odd) = start(Reply::json(200, body));
        let text = odd.many().await.unwrap_err().to_string();
        assert!(
            text.starts_with("GET many: the response ") && text.ends_with(expected),
            "{body}: {text}"
        );
    }
    let (_server, odd) = start(Reply::json(200, r#"{"kind":"bird","a":"canary"}"#));
    assert_eq!(
        odd.animal().await.unwrap_err().to_string(),
        "GET animal: the response does not fit at the top: the object tagged `bird` does not fit its type: expected u8, \
         found a string"
    );
    let (_server, odd) =
        start(Reply::text(200, "text/event-stream", "event: canary\ndata: {}\n\n"));
    let error = odd.progress().await.unwrap().next().await.unwrap().unwrap_err();
    assert!(!all_of(&error).contains("canary"), "{error}");
    assert_eq!(error.excerpt().as_deref(), Some("{}"));
}

#[tokio::test]
async fn another_media_type_is_named_in_any_case() {
    for (media_type, body, expected) in [
        (
            "Application/X-WWW-Form-Urlencoded",
            "access_token=abc&token_type=bearer",
            "the response is `Application/X-WWW-Form-Urlencoded` (34 bytes), not JSON",
        ),
        ("text/html; charset=utf-8", "<html>", "the response is `text/html` (6 bytes), not JSON"),
        ("application/JSON", "[x", "the response does not fit at `[0]`: expected value"),
        (
            "application/problem+Json; a=b",
            "[x",
            "the response does not fit at `[0]`: expected value",
        ),
    ] {
        let (_server, odd) = start(Reply::text(200, media_type, body));
        let error = odd.many().await.unwrap_err();
        assert!(error.to_string().contains(expected), "{media_type}: {error}");
        assert!(!all_of(&error).contains("abc"), "{error}");
    }
    let (_server, odd) = start(Reply::text(200, "Application/JSON;x", "{}"));
    let error = odd.events().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET events: the response is `Application/JSON` (2 bytes), not an event stream"
    );
    let (_server, odd) =
        start(Reply::text(200, "Text/Event-Stream ; charset=utf-8", "data: {\"a\":1}\n\n"));
    assert_eq!(odd.events().await.unwrap().next().await.unwrap().unwrap().a, 1);
}

#[tokio::test]
async fn an_error_shows_words_or_the_media_type_and_length() {
    for (media_type, body, expected) in [
        (
            "application/json",
            r#"{"errors":[{"title":"t","detail":"no such thing"}]}"#,
            "no such thing",
        ),
        ("application/json", r#"{"Message":"no such thing"}"#, "no such thing"),
        ("text/html", "<html><title>Bad\n Gateway</title>", "Bad Gateway"),
        ("text/plain", "no such\nthing\u{1b}[31m", r"no such\nthing\u{1b}[31m"),
        ("application/json", r#"{"user":"canary"}"#, "application/json, 17 bytes"),
        ("text/html; charset=utf-8", "<p>canary</p>", "text/html, 13 bytes"),
        ("application/json", r#"{"message":"canary"#, "application/json, 18 bytes"),
        ("text/csv", "a,canary", "text/csv, 8 bytes"),
        ("application/json", "7", "application/json, 1 byte"),
    ] {
        for error in errors_of(500, media_type, body).await.into_iter().take(5) {
            let text = error.to_string();
            assert!(text.ends_with(&format!(": 500 Internal Server Error: {expected}")), "{text}");
            assert!(!all_of(&error).contains("canary"), "{error:?}");
        }
    }
    let (_server, odd) = start(Reply::empty(500));
    assert_eq!(odd.small().await.unwrap_err().to_string(), "GET small: 500 Internal Server Error");
    let (_server, odd) = start(Reply::text(404, "text/plain", &"x".repeat(5000)));
    let error = odd.small().await.unwrap_err();
    assert_eq!(error.message().unwrap().chars().count(), 257);
    assert_eq!(error.excerpt().unwrap().chars().count(), 257);
    assert_eq!(error.body().unwrap().len(), 5000);
}

/// Returns a secret as it is and in the encodings that servers echo.
fn forms(secret: &str) -> Vec<String> {
    let percent = |text: &str| text.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
    let lowercase = secret.replace('/', "%2f").replace('+', "%2b").replace('=', "%3d");
    let unicode = secret.replace('+', "\\u002B").replace('=', "\\u003d");
    let html = secret.replace('/', "&#x2F;").replace('=', "&#61;");
    let mut forms = vec![
        secret.to_owned(),
        percent(secret),
        lowercase,
        secret.replace('/', "\\/"),
        unicode,
        html,
    ];
    for before in ["", "a", "ab"] {
        let text = format!("{before}{secret} and more");
        forms.extend([
            STANDARD.encode(&text),
            URL_SAFE_NO_PAD.encode(&text),
            percent(&STANDARD.encode(&text)),
        ]);
    }
    forms
}

fn assert_masked(error: &Error, secret: &str) {
    let shown = format!(
        "{} {:?} {:?} {:?}",
        all_of(error),
        error.message(),
        error.excerpt(),
        error.request_id()
    );
    assert!(shown.contains("***") || shown.contains("xxx…"), "{shown}");
    // A part that is long enough to be recognised, in each form.
    for form in forms(secret) {
        assert!(!shown.contains(&form[4..form.len().min(14)]), "{form}: {shown}");
    }
}

#[tokio::test]
async fn an_echoed_secret_of_the_client_is_masked() {
    for form in forms(TOKEN) {
        let message =
            serde_json::json!({ "message": format!("token {form} is not valid") }).to_string();
        let long =
            serde_json::json!({ "message": format!("{}{form}", "x".repeat(246)) }).to_string();
        let title = format!("<html><title>{form}</title>");
        for (status, media_type, body) in [
            (401, "application/json", &*message),
            (401, "application/json", &*long),
            (401, "text/html", &*title),
            (401, "text/plain", &*form),
            (200, "application/json", &*message),
            (200, "text/plain", &*form),
        ] {
            for error in errors_of(status, media_type, body).await {
                assert_masked(&error, TOKEN);
                assert!(!error.body().unwrap().is_empty());
            }
        }
    }
}

#[tokio::test]
async fn an_echo_in_headers_keys_and_stream_items_is_masked() {
    #[derive(Debug, Deserialize)]
    struct Item {
        #[expect(dead_code)]
        #[serde(flatten)]
        rest: std::collections::BTreeMap<String, u8>,
    }
    let reply = Reply::json(500, "{}").header("x-request-id", TOKEN);
    let (_server, odd) = start(reply);
    assert_masked(&odd.small().await.unwrap_err(), TOKEN);
    let (server, odd) = start(Reply::text(200, &format!("text/x-{}", "canary-1-a-b-token"), "x"));
    let client = client_of(&server)
        .with_options(RequestOptions::new().header("x-key", Secret::new("canary-1-a-b-token")));
    let error = OddClient::new(client).small().await.unwrap_err();
    assert!(!all_of(&error).contains("canary"), "{error}");
    drop(odd);
    let key = serde_json::json!([{ "b": 1, TOKEN: { "a": 1 } }]).to_string();
    let (server, _) = start(Reply::json(200, &key));
    let request = http::Request::get("/keys").body(Body::empty()).unwrap();
    let error = client_of(&server).send::<HttpResponse<Vec<Item>>>(request).await.unwrap_err();
    assert!(!all_of(&error).contains("canary"), "{error}");
    let item = format!("data: {}\n\n", serde_json::json!({ "error": { "message": TOKEN } }));
    let (_server, odd) = start(Reply::text(200, "text/event-stream", &item));
    let error = odd.events().await.unwrap().next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_masked(&error, TOKEN);
}

#[tokio::test]
async fn echoed_secrets_of_options_and_arguments_are_masked() {
    let secrets = [
        "canary-path/1+a=b~",
        "canary-query/1+a=b~",
        "canary-field/1+a=b~",
        "canary-header/1+a=b~",
    ];
    let option = "canary-option/1+a=b~";
    let view = "canary-view/1+a=b~";
    let message = [&secrets[..], &[option, view]].concat().join(" ");
    let body = serde_json::json!({ "message": message }).to_string();
    for status in [400, 200] {
        let (server, _) = start(Reply::json(status, &body));
        let client = client_of(&server)
            .with_options(RequestOptions::new().header("authorization", format!("Bearer {view}")));
        let [path, query, field, header] = secrets.map(Secret::new);
        let call = OddClient::new(client).secrets(&path, &query, &field, &header);
        let call = call.options(RequestOptions::new().header("x-second", Secret::new(option)));
        // The endpoint reads no body, so that a success is no error.
        let Err(error) = call.await else { continue };
        assert_eq!(error.message(), Some("*** *** *** *** *** ***"));
        assert!(!all_of(&error).contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn the_password_of_basic_authentication_is_masked() {
    let server = Server::start([Reply::text(
        401,
        "text/plain",
        "user:canary-password dXNlcjpjYW5hcnktcGFzc3dvcmQ=",
    )]);
    let client =
        support::client(server.url()).basic_auth("user", "canary-password").env_proxies(false);
    let error = OddClient::new(client.build().unwrap()).small().await.unwrap_err();
    assert_eq!(error.message(), Some("user:*** ***"));
}

/// The control: a short secret is shown, and so is a token that the client does not have.
#[tokio::test]
async fn other_words_are_not_masked() {
    let server = Server::start([Reply::text(400, "text/plain", "canary-other 1234567")]);
    let client = support::client(server.url()).bearer_token("1234567").env_proxies(false);
    let error = OddClient::new(client.build().unwrap()).small().await.unwrap_err();
    assert_eq!(error.message(), Some("canary-other 1234567"));
}

#[tokio::test]
async fn the_types_of_cohere_hold_secrets_as_secrets() {
    let reply = r#"{"connector": {"id": "c", "name": "n", "created_at": "2024-01-02T03:04:05Z",
        "updated_at": "2024-01-02T03:04:05Z", "oauth": {"authorize_url": "a", "token_url": 5,
        "client_secret": "canary-7f"}}}"#;
    let server = Server::start([
        Reply::json(200, reply),
        Reply::json(200, &reply.replace("\"token_url\": 5", "\"token_url\": \"u\"")),
    ]);
    let connectors = connectors_client::cohere::ConnectorsClient::new(client_of(&server));
    assert!(!all_of(&connectors.get("c").await.unwrap_err()).contains("canary"));
    let oauth = connectors.get("c").await.unwrap().connector.oauth.unwrap();
    assert_eq!(oauth.client_secret.as_ref().map(Secret::expose), Some("canary-7f"));
    assert!(serde_json::to_string(&oauth).unwrap().contains(r#""client_secret":"canary-7f""#));
}
