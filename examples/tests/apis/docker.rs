//! Tests Docker's endpoints over a Unix socket. Responses are the examples of its reference,
//! shortened.
#![cfg(unix)]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use connectors_client::{Client, Secret};
use connectors_examples::apis::docker::{
    Change, DockerClient, DockerError, Failure, Filters, NewContainer, State,
};
use support::server::{Recorded, Reply, Server};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpStream, UnixListener};

use crate::sent::whole;

/// A server on a Unix socket: each connection is passed on to the server of the tests.
struct Engine {
    server: Server,
    path: PathBuf,
}

impl Engine {
    fn start() -> (Self, DockerClient) {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("connectors-docker-{}-{number}.sock", std::process::id());
        let path = std::env::temp_dir().join(name);
        let (server, listener) = (Server::answer(answer), UnixListener::bind(&path).unwrap());
        let port = server.port();
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut server = TcpStream::connect(("127.0.0.1", port)).await?;
                    copy_bidirectional(&mut client, &mut server).await
                });
            }
        });
        let client = Client::builder("http://localhost").unix_socket(&path).build().unwrap();
        (Self { server, path }, DockerClient::new(client))
    }

    /// Returns the requests, without the headers of JSON.
    fn requests(&self) -> Vec<String> {
        let short = |request: &Recorded| {
            let mut request = request.clone();
            for (name, value) in &mut request.headers {
                if name.eq_ignore_ascii_case("host") {
                    assert_eq!(value, "localhost");
                    "127.0.0.1:0".clone_into(value);
                }
            }
            whole(&request)
                .replace("\naccept: application/json", "")
                .replace("\ncontent-type: application/json", "")
                .replace("\n\n", " ")
                .trim_end()
                .to_owned()
        };
        self.server.requests().iter().map(short).collect()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The header of a stream of JSON lines.
const LINES: &str =
    "\naccept: application/x-ndjson, application/jsonl, application/json;q=0.9, */*;q=0.5";

/// Answers as Docker does.
fn answer(request: &Recorded) -> Reply {
    let lines = |text: &str| Reply::text(200, "application/json", text).chunked([40]);
    match (request.method.as_str(), request.path()) {
        ("GET", "/v1.43/_ping") => Reply::text(200, "text/plain; charset=utf-8", "OK"),
        ("GET", "/v1.43/version") => {
            Reply::json(200, r#"{"Version":"5.4.0","ApiVersion":"1.43","Os":"linux"}"#)
        }
        ("GET", "/v1.43/containers/json") => Reply::json(
            200,
            r#"[{"Id":"c1","Names":["/db"],"Image":"postgres:17","State":"running","Status":"Up 2 hours"}]"#,
        ),
        ("POST", "/v1.43/containers/create") => Reply::json(201, r#"{"Id":"c2","Warnings":[]}"#),
        ("GET", "/v1.43/containers/c2/json") => Reply::json(
            200,
            r#"{"Id":"c2","Name":"/job","State":{"Status":"exited","ExitCode":3},"Config":{"Image":"alpine"}}"#,
        ),
        ("POST", "/v1.43/containers/c2/stop") => Reply::empty(304),
        ("POST", "/v1.43/containers/c2/wait") => Reply::json(200, r#"{"StatusCode":3}"#),
        ("GET", "/v1.43/containers/c2/logs") => Reply::bytes(
            200,
            "application/vnd.docker.multiplexed-stream",
            b"\x01\0\0\0\0\0\0\x03hi\n".to_vec(),
        ),
        ("GET", "/v1.43/containers/c2/stats") => lines(
            "{\"read\":\"t1\",\"cpu_stats\":{},\"memory_stats\":{\"usage\":5}}\n{\"read\":\"t2\",\"cpu_stats\":{},\"memory_stats\":{}}\n",
        ),
        ("GET", "/v1.43/images/json") => {
            Reply::json(200, r#"[{"Id":"sha256:1","RepoTags":["alpine:3"],"Size":8000000}]"#)
        }
        ("POST", "/v1.43/images/create") => lines(
            "{\"status\":\"Pulling\",\"id\":\"3\"}\r\n{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1,\"total\":2},\"id\":\"l1\"}\r\n{\"errorDetail\":{\"message\":\"denied\"},\"error\":\"denied\"}\r\n",
        ),
        ("DELETE", "/v1.43/images/ghcr.io/a/b%3A1") => {
            Reply::json(200, r#"[{"Untagged":"ghcr.io/a/b:1"},{"Deleted":"sha256:1"}]"#)
        }
        ("GET", "/v1.43/events") => lines(
            "{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"c2\",\"Attributes\":{\"exitCode\":\"3\"}},\"time\":1700000000}\n",
        ),
        ("POST", "/v1.43/containers/none/start") => {
            Reply::json(404, r#"{"message":"No such container: none"}"#)
        }
        _ => Reply::empty(204),
    }
}

#[tokio::test]
async fn containers_are_created_run_and_removed() {
    let (engine, docker) = Engine::start();
    assert_eq!(docker.ping().await.unwrap().as_ref(), "OK");
    assert_eq!(docker.version().await.unwrap().version, "5.4.0");
    let filters: Filters = [("status".to_owned(), vec!["running".to_owned()])].into();
    let running = docker.containers().all(true).filters(&filters).await.unwrap();
    assert_eq!((&*running[0].names[0], &running[0].state), ("/db", &State::Running));
    let job = NewContainer {
        image: "alpine".to_owned(),
        cmd: vec!["false".to_owned()],
        ..NewContainer::default()
    };
    let id = docker.create(&job).name("job").await.unwrap().id;
    assert_eq!(docker.start(&id).await.unwrap(), Change::Changed);
    docker.kill(&id).signal("SIGTERM").await.unwrap();
    assert_eq!(docker.wait(&id).condition("not-running").await.unwrap().status_code, 3);
    let inspected = docker.inspect(&id).await.unwrap();
    assert_eq!((inspected.state.status, inspected.state.exit_code), (State::Exited, 3));
    docker.remove(&id).v(true).force(true).await.unwrap();
    assert_eq!(
        engine.requests(),
        [
            "GET /v1.43/_ping\naccept: text/plain, */*;q=0.5",
            "GET /v1.43/version",
            "GET /v1.43/containers/json?all=true&filters=%7B%22status%22%3A%5B%22running%22%5D%7D",
            r#"POST /v1.43/containers/create?name=job {"Image":"alpine","Cmd":["false"]}"#,
            "POST /v1.43/containers/c2/start\naccept: */*",
            "POST /v1.43/containers/c2/kill?signal=SIGTERM\naccept: */*",
            "POST /v1.43/containers/c2/wait?condition=not-running",
            "GET /v1.43/containers/c2/json",
            "DELETE /v1.43/containers/c2?v=true&force=true\naccept: */*",
        ]
    );
}

#[tokio::test]
async fn logs_measurements_and_events_come_one_by_one() {
    let (engine, docker) = Engine::start();
    let mut logs = docker.logs("c2").stdout(true).follow(true).tail("10").await.unwrap();
    assert_eq!(logs.next().await.unwrap().unwrap(), &b"\x01\0\0\0\0\0\0\x03hi\n"[..]);
    let mut stats = docker.stats("c2").await.unwrap();
    assert_eq!(stats.next().await.unwrap().unwrap().memory_stats["usage"], 5);
    assert_eq!(stats.next().await.unwrap().unwrap().read, "t2");
    assert!(stats.next().await.is_none());
    let filters: Filters = [("event".to_owned(), vec!["die".to_owned()])].into();
    let mut events = docker.events().since(1).filters(&filters).await.unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((&*event.action, &*event.actor.attributes["exitCode"]), ("die", "3"));
    let requests: Vec<_> = engine.requests().iter().map(|text| text.replace(LINES, "")).collect();
    assert_eq!(
        requests,
        [
            "GET /v1.43/containers/c2/logs?stdout=true&follow=true&tail=10\naccept: */*",
            "GET /v1.43/containers/c2/stats?stream=true",
            "GET /v1.43/events?since=1&filters=%7B%22event%22%3A%5B%22die%22%5D%7D",
        ]
    );
}

#[tokio::test]
async fn images_are_listed_pulled_and_removed() {
    let (engine, docker) = Engine::start();
    assert_eq!(docker.images().await.unwrap()[0].repo_tags, ["alpine:3"]);
    let auth = Secret::new("eyJ1c2VybmFtZSI6ImEifQ==");
    let mut pull = docker.pull("ghcr.io/a/b").tag("1").auth(&auth).await.unwrap();
    assert_eq!(pull.next().await.unwrap().unwrap().status, "Pulling");
    assert_eq!(pull.next().await.unwrap().unwrap().detail.total, Some(2));
    // The engine has answered 200 long before it knows.
    let error = pull.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("denied"), "{error}");
    let removed = docker.remove_image("ghcr.io/a/b:1").force(true).await.unwrap();
    assert_eq!(removed[1].deleted.as_deref(), Some("sha256:1"));
    let requests = engine.requests();
    assert_eq!(requests[0], "GET /v1.43/images/json");
    assert!(requests[1].starts_with("POST /v1.43/images/create?fromImage=ghcr.io%2Fa%2Fb&tag=1\n"));
    assert!(requests[1].contains("x-registry-auth: eyJ1c2VybmFtZSI6ImEifQ=="), "{}", requests[1]);
    assert_eq!(requests[2], "DELETE /v1.43/images/ghcr.io/a/b%3A1?force=true");
}

#[tokio::test]
async fn a_state_that_is_reached_already_is_no_error_but_a_missing_container_is() {
    let (_engine, docker) = Engine::start();
    assert_eq!(docker.stop("c2").t(5).await.unwrap(), Change::AlreadySo);
    let error = docker.start("none").await.unwrap_err();
    let expected = Failure { message: "No such container: none".to_owned() };
    assert_eq!(error.class(), Some(DockerError::NotFound(Some(expected))));
}
