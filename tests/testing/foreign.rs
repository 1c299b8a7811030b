//! HAR files of other programs: replayed, and cleaned when they are read and written.

use std::process::Command;

use connectors_client::{Recorder, Secret, api_client};
use serde::Deserialize;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::scanner::forms;
use crate::{Folder, builder};

#[derive(Debug, Deserialize)]
struct Session {
    name: String,
    token: Secret,
}

#[api_client]
trait Site {
    #[post("session?<key>", form)]
    async fn open(&self, key: &Secret, user: &str) -> Session;

    #[get("items")]
    async fn items(&self) -> Value;

    #[get("image")]
    async fn image(&self) -> bytes::Bytes;

    #[post("upload", multipart)]
    async fn upload(&self, name: &str) -> Value;

    #[get("login")]
    async fn login(&self) -> Value;
}

/// Places of secrets in a file that a browser saved.
const CANARIES: [&str; 7] = [
    "canary-authorization/0",
    "canary-cookie-1",
    "canary-set-cookie-2",
    "canary-key-3",
    "canary-token/4",
    "canary-location-5",
    "canary-pointer/6",
];

/// An archive as a browser writes it: with times, sizes, cookies and fields of its own.
fn browser() -> String {
    let [authorization, cookie, set_cookie, key, token, location, pointer] = CANARIES;
    let headers = json!([
        {"name": ":authority", "value": "site.example"},
        {"name": "Authorization", "value": format!("Bearer {authorization}")},
        {"name": "Cookie", "value": format!("sid={cookie}; lang=en")},
        {"name": "Accept-Encoding", "value": "gzip, br"},
    ]);
    let entry = |method: &str, path: &str, post: Value, response: Value| {
        let mut request = json!({
            "method": method, "url": format!("https://site.example/{path}"), "httpVersion": "h2",
            "headers": headers, "cookies": [{"name": "sid", "value": cookie}], "queryString": [],
            "headersSize": 900, "bodySize": 9,
        });
        if !post.is_null() {
            request["postData"] = post;
        }
        json!({
            "startedDateTime": "2026-11-28T10:00:00.123Z", "time": 12.5, "_initiator": {"url": token},
            "request": request, "response": response, "cache": {}, "serverIPAddress": "192.0.2.1",
            "timings": {"send": 0.1, "wait": 12, "receive": 0.4}, "connection": "443",
        })
    };
    let response = |status: u16, headers: Value, content: Value| {
        json!({
            "status": status, "statusText": "", "httpVersion": "h2", "headers": headers,
            "cookies": [], "content": content, "redirectURL": "", "headersSize": -1, "bodySize": 1,
        })
    };
    let json =
        |text: Value| json!({"size": 1, "mimeType": "application/json", "text": text.to_string()});
    let form = json!({
        "mimeType": "application/x-www-form-urlencoded",
        "params": [{"name": "user", "value": "a b"}],
    });
    let boundary = "----WebKitFormBoundaryx";
    let upload = json!({
        "mimeType": format!("multipart/form-data; boundary={boundary}"),
        "text": format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nfile\r\n--{boundary}--\r\n"
        ),
    });
    let encoded = json!([{"name": "Content-Encoding", "value": "br"}]);
    let set =
        json!([{"name": "set-cookie", "value": format!("sid={set_cookie}; Secure; Expires=now")}]);
    let moved = json!([{"name": "Location", "value": format!("https://site.example/items?code={location}")}]);
    let session = json!({"name": format!("of {authorization}"), "token": token});
    let items = json!({"items": [{"email": pointer, "id": 1}]});
    json!({"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [],
        "entries": [
            entry("POST", &format!("session?key={key}"), form, response(200, set, json(session))),
            entry("GET", "items", Value::Null, response(200, encoded, json(items))),
            entry("GET", "image", Value::Null, response(200, json!([]), json!({
                "size": 4, "mimeType": "image/png", "text": "iVBOR/8A", "encoding": "base64",
            }))),
            entry("POST", "upload", upload, response(200, json!([]), json(json!({"ok": true})))),
            entry("GET", "login", Value::Null, response(302, moved, json!({"size": 0, "mimeType": ""}))),
            entry("GET", &format!("items?code={location}"), Value::Null, response(200, json!([]), json(json!([])))),
        ],
    }}).to_string()
}

fn found(text: &str) -> Vec<&'static str> {
    CANARIES.into_iter().filter(|canary| !forms(text, canary).is_empty()).collect()
}

/// Control: the archive has all of them.
#[test]
fn the_archive_has_secrets() {
    assert_eq!(found(&browser()), CANARIES);
}

/// Replays the archive and makes one call that it does not have.
async fn calls(recorder: &Recorder) {
    let client = builder("https://site.example").recorder(recorder).build().unwrap();
    let site = SiteClient::new(client);
    let session = site.open(&Secret::new("another key"), "a b").await.unwrap();
    assert_eq!(session.name, "of {authorization:1}");
    assert_eq!(session.token.expose(), CANARIES[4]);
    let items = site.items().await.unwrap();
    assert_eq!(items, json!({"items": [{"email": "{email:1}", "id": 0}]}));
    assert_eq!(site.image().await.unwrap()[..], [0x89, b'P', b'N', b'G', 0xff, 0]);
    assert_eq!(site.upload("file").await.unwrap(), json!({"ok": true}));
    assert_eq!(site.login().await.unwrap(), json!([]));
    let text = site.upload("other").await.unwrap_err().to_string();
    assert!(text.contains("`name` = \"file\" instead of \"other\""), "{text}");
}

#[tokio::test]
async fn an_archive_of_a_browser_is_replayed() {
    let folder = Folder::new();
    std::fs::write(folder.file(), browser()).unwrap();
    calls(&Recorder::replay(folder.file()).redact("/items")).await;
    assert_eq!(folder.text(), browser(), "a replay writes nothing");
}

#[api_client]
trait Local {
    #[get("more")]
    async fn more(&self) -> Value;
}

/// Runs in a process without `CI`: replays the archive and records one more entry.
#[tokio::test]
async fn child() {
    let Ok(file) = std::env::var("ARCHIVE") else { return };
    let recorder = Recorder::auto(file).redact("/items");
    let client = builder("https://site.example").recorder(&recorder).build().unwrap();
    let site = SiteClient::new(client);
    site.open(&Secret::new("another key"), "a b").await.unwrap();
    let server = Server::start([Reply::json(200, "{}")]);
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    LocalClient::new(client).more().await.unwrap();
}

#[test]
fn an_archive_that_is_written_again_is_clean() {
    let folder = Folder::new();
    std::fs::write(folder.file(), browser()).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["foreign::child", "--exact"]).env_remove("CI").env("ARCHIVE", folder.file());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = folder.text();
    assert_eq!(found(&text), [""; 0], "{text}");
    assert_eq!(folder.entries().len(), 7);
    for placeholder in ["key={key:1}", "Bearer {authorization:1}", "sid={sid:1}; lang={lang:1}"] {
        assert!(text.contains(placeholder), "{placeholder}: {text}");
    }
    assert!(!text.contains("192.0.2.1") && !text.contains("_initiator"), "{text}");
}

/// Secrets in headers, paths and links, which only their names or a later call tell.
const OTHERS: [&str; 8] = [
    "canary-api-key/0",
    "canary-api-key-of-another-entry-1",
    "canary-auth-token-2",
    "123456:canary-bot-3",
    "canary-operation-4",
    "canary-content-location-5",
    "canary-link-6",
    "canary-own-header-7",
];

fn archive_of_keys() -> String {
    let [key, other_key, auth, bot, operation, content, link, own] = OTHERS;
    let entry = |path: &str, headers: Value, answer: Value| {
        let text = json!({"ok": true, "via": bot}).to_string();
        let content = json!({"size": 1, "mimeType": "application/json", "text": text});
        json!({
            "startedDateTime": "2026-11-28T10:00:00.123Z", "time": 1,
            "request": {"method": "GET", "url": format!("https://site.example/{path}"),
                "httpVersion": "h2", "headers": headers, "cookies": [], "queryString": [],
                "headersSize": -1, "bodySize": 0},
            "response": {"status": 200, "statusText": "", "httpVersion": "h2", "headers": answer,
                "cookies": [], "content": content, "redirectURL": "", "headersSize": -1, "bodySize": 1},
            "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0},
        })
    };
    let header = |name: &str, value: &str| json!({"name": name, "value": value});
    let links = json!([
        header("Operation-Location", &format!("https://site.example/o?sig={operation}&v=1")),
        header("Content-Location", &format!("/c?sig={content}")),
        header("X-RateLimit-Limit-Tokens", "200"),
        header(
            "Link",
            &format!("<https://site.example/i?cursor={link}>; rel=\"next\", </a>; rel=\"up\"")
        ),
    ]);
    let keys = json!([header("X-Api-Key", key), header("X-Own", own)]);
    let others = json!([header("X-API-KEY", other_key), header("X-Auth-Token", auth)]);
    json!({"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "1"}, "entries": [
        entry(&format!("bot{bot}/getMe"), keys, links),
        entry("unasked", others, json!([])),
    ]}}).to_string()
}

#[api_client]
trait Bot {
    #[get("bot<token>/getMe")]
    async fn get_me(&self, token: &Secret) -> Value;
}

/// Runs in a process without `CI`, as `child` does.
#[tokio::test]
async fn child_with_keys() {
    let Ok(file) = std::env::var("ARCHIVE") else { return };
    let recorder = Recorder::auto(file);
    let client = builder("https://site.example").recorder(&recorder);
    let client = client.auth_header("x-api-key", "my-own-key").auth_header("x-own", "mine");
    let bot = BotClient::new(client.build().unwrap());
    let me = bot.get_me(&Secret::new("9:my-own-token")).await.unwrap();
    assert_eq!(me["ok"], json!(true));
    let server = Server::start([Reply::json(200, "{}")]);
    let client = builder(&server.url()).recorder(&recorder).build().unwrap();
    LocalClient::new(client).more().await.unwrap();
}

#[test]
fn secrets_in_headers_paths_and_links_of_an_archive_are_replaced() {
    let is_found = |text: &str, secret: &&str| !forms(text, secret).is_empty();
    let folder = Folder::new();
    std::fs::write(folder.file(), archive_of_keys()).unwrap();
    let before = folder.text();
    assert!(OTHERS.iter().all(|secret| is_found(&before, secret)), "the control");
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["foreign::child_with_keys", "--exact"]).env_remove("CI");
    let output = command.env("ARCHIVE", folder.file()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = folder.text();
    let left: Vec<_> = OTHERS.iter().filter(|secret| is_found(&text, secret)).collect();
    assert!(left.is_empty(), "{left:?}: {text}");
    for kept in [
        "/bot{token:1}/getMe",
        "o?sig={sig:1}&v=1",
        "rel=\\\"next\\\", </a>; rel=\\\"up\\\"",
        "\"value\": \"200\"",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}
