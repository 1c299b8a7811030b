//! Blocking calls after a fork. The child has the parent's memory, but none of its threads.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use connectors_client::{Client, JsonLines, RequestOptions, api_client};
use fork::Fork;

use crate::alone::alone;
use crate::lean_server::{Answer, LeanServer, json};

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self) -> serde_json::Value;

    #[get("lines")]
    async fn lines(&self) -> JsonLines<u32>;
}

/// Timeout of the child's calls.
const LIMIT: Duration = Duration::from_secs(2);
/// Time after which a child hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// Forks, and returns the text that the work returned in the child. It is `None` if the child
/// hangs. Our client and the control share this.
fn in_child(work: impl FnOnce() -> String) -> Option<String> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let pid = match fork::fork().unwrap() {
        Fork::Parent(pid) => pid,
        Fork::Child => {
            let text = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| "panic".to_owned());
            TcpStream::connect(address).unwrap().write_all(text.as_bytes()).unwrap();
            std::process::exit(0);
        }
    };
    listener.set_nonblocking(true).unwrap();
    let started = Instant::now();
    let text = loop {
        if let Ok((mut stream, _)) = listener.accept() {
            let mut text = String::new();
            stream.set_nonblocking(false).unwrap();
            stream.read_to_string(&mut text).unwrap();
            break Some(text);
        }
        if started.elapsed() > PATIENCE {
            break None;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
    let _ = fork::waitpid(pid);
    text
}

/// A server whose stream of lines stalls after the first one.
fn server() -> LeanServer {
    let lines =
        "HTTP/1.1 200 X\r\ncontent-type: application/x-ndjson\r\ncontent-length: 99\r\n\r\n1\n";
    LeanServer::start(|_, line| {
        if line.contains("/lines") {
            Answer::Stall(lines.as_bytes().into())
        } else {
            Answer::Whole(json(200, "", "1"))
        }
    })
}

fn things(server: &LeanServer) -> BlockingThingsClient {
    let client = Client::builder(server.url()).env_proxies(false).idle_timeout(LIMIT);
    BlockingThingsClient::new(client.build().unwrap())
}

#[test]
fn blocking_calls_work_in_a_forked_process() {
    alone("forks::blocking_calls_work_in_a_forked_process", || {
        let server = server();
        let things = things(&server);
        let get = || {
            let got = things.get().options(RequestOptions::new().timeout(LIMIT)).send();
            got.map_or_else(|error| error.to_string(), |got| got.to_string())
        };
        // The parent's runtime has started, and keeps a connection.
        assert_eq!(get(), "1");
        assert_eq!(in_child(get).as_deref(), Some("1"));
        // A child's child has a runtime of its own as well.
        assert_eq!(in_child(|| get() + &in_child(get).unwrap_or_default()).as_deref(), Some("11"));
        assert_eq!(get(), "1");
    });
}

#[test]
fn streams_end_in_a_forked_process() {
    alone("forks::streams_end_in_a_forked_process", || {
        let server = server();
        let things = things(&server);
        let mut lines = things.lines().send().unwrap().into_iter();
        assert_eq!(lines.next().unwrap().unwrap(), 1);
        let opened = in_child(|| {
            let mut lines = things.lines().send().unwrap().into_iter();
            let first = lines.next().unwrap().unwrap();
            format!("{first} {}", lines.next().unwrap().unwrap_err())
        });
        let opened = opened.expect("the child's stream hangs");
        assert!(opened.starts_with("1 ") && opened.contains("timed out"), "{opened}");
        // This one was opened before the fork.
        let kept = in_child(|| lines.next().unwrap().unwrap_err().to_string());
        println!("a stream of the parent: {}", kept.expect("the parent's stream hangs"));
    });
}

/// Control: a runtime in a static, whose thread the child lacks.
#[test]
fn a_careless_static_runtime_hangs_in_a_forked_process() {
    static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap()
    });
    alone("forks::a_careless_static_runtime_hangs_in_a_forked_process", || {
        let call = || {
            let (sender, receiver) = std::sync::mpsc::channel();
            RUNTIME.spawn(async move { sender.send("1") });
            receiver.recv().unwrap().to_owned()
        };
        assert_eq!(call(), "1");
        let child = in_child(call);
        println!("careless: {child:?}");
        assert_eq!(child, None);
    });
}
