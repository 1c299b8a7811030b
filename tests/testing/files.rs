//! The files: valid, readable, equal for equal calls, and safe when tests run at the same time.

use std::path::Path;
use std::process::Command;

use connectors_client::{Error, Recorder, api_client};
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::{Folder, builder};

#[api_client]
trait Things {
    #[get("things/<id>")]
    async fn get(&self, id: u32) -> Value;

    #[post("things", idempotency_key = "Idempotency-Key")]
    async fn add(&self, name: &str, links: &Value) -> Value;
}

/// Answers with the number of the request, a date and a link to itself.
fn server() -> Server {
    Server::answer(|request| {
        let host = request.header("host").unwrap();
        let body = json!({"target": request.target, "next": format!("http://{host}/next")});
        Reply::json(200, &body.to_string())
            .header("date", "Sat, 28 Nov 2026 00:00:00 GMT")
            .header("link", format!("<http://{host}/things/2>; rel=\"next\""))
    })
}

/// Records calls, three of them at the same time.
async fn record(file: &Path) -> Server {
    let server = server();
    let recorder = Recorder::record(file);
    let client = builder(&server.url()).bearer_token("canary-token").recorder(&recorder);
    let things = ThingsClient::new(client.build().unwrap());
    let links = json!({"self": format!("{}/x", server.url())});
    things.add("n", &links).await.unwrap();
    let many = (0..20).map(|id| {
        let things = things.clone();
        tokio::spawn(async move { things.get(id % 10).await.unwrap() })
    });
    futures_util::future::join_all(many.collect::<Vec<_>>()).await;
    // The file is written when the last client is gone.
    drop((things, recorder));
    server
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn equal_calls_give_equal_files() {
    let texts = [Folder::new(), Folder::new(), Folder::new()].map(|folder| async move {
        let server = record(&folder.file()).await;
        assert!(!folder.text().contains(&server.port().to_string()), "{}", folder.text());
        folder.text()
    });
    let texts = futures_util::future::join_all(texts).await;
    assert!(texts[0].contains("Things::add") && texts[0].matches("Things::get").count() == 20);
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0], texts[2]);
}

/// Control: what a recorder writes down that keeps all it sees.
#[tokio::test]
async fn equal_calls_differ_in_ports_dates_and_keys() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let server = server();
        let client = builder(&server.url()).build().unwrap();
        ThingsClient::new(client).add("n", &json!({"self": server.url()})).await.unwrap();
        let request = server.request();
        seen.push(format!("{}{}", request.head(), request.text()));
    }
    assert_ne!(seen[0], seen[1]);
}

/// Origins of this machine have their port again in a replay.
#[tokio::test]
async fn links_of_a_replay_lead_to_the_base_url() {
    let folder = Folder::new();
    drop(record(&folder.file()).await);
    let recorder = Recorder::replay(folder.file());
    let client = builder("http://127.0.0.1:9").recorder(&recorder).build().unwrap();
    let things = ThingsClient::new(client).with_raw_response();
    let response = things.get(1).await.unwrap();
    assert_eq!(response.data["next"], "http://127.0.0.1:9/next");
    assert_eq!(response.headers()["link"], "<http://127.0.0.1:9/things/2>; rel=\"next\"");
    things.add("n", &json!({"self": "http://127.0.0.1:9/x"})).await.unwrap();
}

#[tokio::test]
async fn one_more_call_adds_one_entry() {
    let (folder, more) = (Folder::new(), Folder::new());
    for (folder, ids) in [(&folder, &[1, 3][..]), (&more, &[3, 1, 2])] {
        let server = server();
        let recorder = Recorder::record(folder.file());
        let client = builder(&server.url()).recorder(&recorder).build().unwrap();
        for id in ids {
            ThingsClient::new(client.clone()).get(*id).await.unwrap();
        }
        recorder.save().unwrap();
    }
    let (before, after) = (folder.text(), more.text());
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let entry = after.len() - before.len();
    assert_eq!(before[same..], after[same + entry..]);
    assert!(entry < 40, "{entry} lines per entry");
    assert!(after.contains(&r#"        "_arguments": {"id": "2"},"#), "{after:#?}");
}

/// Each field that HAR 1.2 requires is there, with its type.
#[tokio::test]
async fn files_have_all_fields_of_har() {
    let folder = Folder::new();
    drop(record(&folder.file()).await);
    let har: Value = serde_json::from_str(&folder.text()).unwrap();
    assert_eq!(har["log"]["version"], "1.2");
    assert!(
        har["log"]["creator"]["name"].is_string() && har["log"]["creator"]["version"].is_string()
    );
    for entry in folder.entries() {
        let date = entry["startedDateTime"].as_str().unwrap();
        assert!(date.parse::<jiff::Timestamp>().is_ok(), "{date}");
        assert!(entry["time"].is_number() && entry["cache"].is_object());
        for name in ["send", "wait", "receive"] {
            assert!(entry["timings"][name].is_number(), "{name}");
        }
        let (request, response) = (&entry["request"], &entry["response"]);
        for (part, texts) in [
            (request, &["method", "url", "httpVersion"][..]),
            (response, &["statusText", "httpVersion", "redirectURL"]),
        ] {
            assert!(texts.iter().all(|name| part[name].is_string()), "{part}");
            assert!(part["headersSize"].is_number() && part["bodySize"].is_number(), "{part}");
            for list in ["cookies", "headers"] {
                let list = part[list].as_array().unwrap();
                let is_pair = |pair: &Value| pair["name"].is_string() && pair["value"].is_string();
                assert!(list.iter().all(is_pair), "{part}");
            }
        }
        assert!(url::Url::parse(request["url"].as_str().unwrap()).is_ok(), "{request}");
        assert!(request["queryString"].is_array(), "{request}");
        if let Some(data) = request.get("postData") {
            assert!(data["mimeType"].is_string() && data["text"].is_string(), "{data}");
        }
        assert!(response["status"].is_number(), "{response}");
        let content = &response["content"];
        assert!(content["size"].is_number() && content["mimeType"].is_string(), "{content}");
    }
}

#[tokio::test]
async fn two_recorders_do_not_write_the_same_file() {
    let folder = Folder::new();
    let first = Recorder::record(folder.file());
    let second = Recorder::record(folder.file());
    let error = builder("http://localhost").recorder(&second).build().unwrap_err().to_string();
    let file = folder.file().display().to_string();
    assert_eq!(error, format!("another recorder is writing `{file}`: use one file per test"));
    drop((first, second));
    builder("http://localhost").recorder(&Recorder::record(folder.file())).build().unwrap();
}

#[test]
fn files_that_cannot_be_read_are_named_when_the_client_is_built() {
    let folder = Folder::new();
    let mistake = |recorder: Recorder| {
        let error = builder("http://localhost").recorder(&recorder).build().unwrap_err();
        error.to_string().replace(&folder.file().display().to_string(), "FILE")
    };
    let missing = mistake(Recorder::replay(folder.file()));
    assert!(missing.starts_with("`FILE` cannot be read: "), "{missing}");
    assert!(missing.ends_with("; `Recorder::record` makes it"), "{missing}");
    for (text, expected) in [
        ("{", "`FILE` is not JSON at line 1"),
        ("[]", "`FILE` is not a HAR file, because it has no `log.entries`"),
        (r#"{"log":{"entries":[{}]}}"#, "`FILE` has no `request.method` in entry 0"),
    ] {
        std::fs::write(folder.file(), text).unwrap();
        assert_eq!(mistake(Recorder::verify(folder.file())), expected);
    }
}

/// Two recorders replay a file at the same time.
#[tokio::test]
async fn a_file_is_replayed_by_several_tests() {
    let folder = Folder::new();
    drop(record(&folder.file()).await);
    for _ in 0..2 {
        let recorder = Recorder::replay(folder.file());
        let client = builder("http://localhost:9").recorder(&recorder).build().unwrap();
        ThingsClient::new(client).get(1).await.unwrap();
    }
}

/// Runs in a process of its own: makes two calls, and prints what came of them.
#[tokio::test]
async fn child() {
    let (Ok(file), Ok(url)) = (std::env::var("RECORDING"), std::env::var("SERVER")) else { return };
    let recorder = Recorder::auto(file);
    let show = |result: Result<Value, Error>| match result {
        Ok(value) => println!("call: {}", value["target"]),
        Err(error) => println!("call: {error}"),
    };
    match builder(&url).recorder(&recorder).build() {
        Ok(client) => {
            let things = ThingsClient::new(client);
            show(things.get(1).await);
            show(things.get(2).await);
            recorder.save().unwrap();
        }
        Err(error) => println!("call: {error}"),
    }
}

/// Runs [`child`] and returns what it printed.
fn auto(folder: &Folder, url: &str, ci: Option<&str>) -> Vec<String> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["files::child", "--exact", "--nocapture"]).env_remove("CI");
    command.env("RECORDING", folder.file()).env("SERVER", url);
    let output = command.envs(ci.map(|ci| ("CI", ci))).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let calls = text.lines().filter_map(|line| Some(line.split_once("call: ")?.1.to_owned()));
    calls.map(|call| call.replace(&folder.file().display().to_string(), "FILE")).collect()
}

#[test]
fn auto_records_what_is_missing_but_never_where_ci_is_set() {
    let folder = Folder::new();
    let server = server();
    for ci in ["true", "false", ""] {
        let calls = auto(&folder, &server.url(), Some(ci));
        assert!(calls[0].starts_with("`FILE` cannot be read: "), "{calls:?}");
        assert!(calls[0].ends_with("; nothing is recorded, because `CI` is set"), "{calls:?}");
        assert!(!folder.file().exists());
    }
    assert_eq!(server.requests().len(), 0);

    // Of the two calls, the first is recorded already.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let recorder = Recorder::record(folder.file());
        let client = builder(&server.url()).recorder(&recorder).build().unwrap();
        ThingsClient::new(client).get(1).await.unwrap();
    });
    assert_eq!(server.requests().len(), 1);
    let calls = auto(&folder, &server.url(), Some("1"));
    assert_eq!(calls[0], "\"/things/1\"");
    assert!(calls[1].contains("`id` = \"1\" instead of \"2\""), "{calls:?}");
    assert!(calls[1].ends_with("; nothing is recorded, because `CI` is set"), "{calls:?}");
    assert_eq!((server.requests().len(), folder.entries().len()), (1, 1));

    let both = ["\"/things/1\"", "\"/things/2\""];
    assert_eq!(auto(&folder, &server.url(), None), both);
    let targets: Vec<_> = server.requests().iter().map(|request| request.target.clone()).collect();
    assert_eq!(targets, ["/things/1", "/things/2"]);
    assert_eq!(folder.entries().len(), 2);
    let text = folder.text();
    drop(server);
    for ci in [None, Some("true")] {
        assert_eq!(auto(&folder, "http://127.0.0.1:9", ci), both);
        assert_eq!(folder.text(), text);
    }
}
