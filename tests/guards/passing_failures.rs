//! A failure that passes is not kept: calls work again when the process has file descriptors again.

use std::fs::File;
use std::io;
use std::process::Command;
use std::sync::LazyLock;

use connectors_client::{ErrorKind, api_client};

use crate::alone::alone;
use crate::lean_server::{Answer, LeanServer, json};

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self) -> serde_json::Value;
}

/// Opens files until there are no descriptors left.
fn all_descriptors() -> Vec<File> {
    let limit = ["--nofile=64:64", "--pid", &std::process::id().to_string()].map(str::to_owned);
    let status = Command::new("prlimit").args(limit).status();
    assert!(status.is_ok_and(|status| status.success()), "this test needs `prlimit`");
    std::iter::from_fn(|| File::open("/dev/null").ok()).collect()
}

/// Attempts twice without file descriptors and once with them. Returns the two errors and the last
/// result. Our client and the control share this.
fn attempts<T, E: std::fmt::Debug>(attempt: impl Fn() -> Result<T, E>) -> ([E; 2], Result<T, E>) {
    let held = all_descriptors();
    let errors = [(); 2].map(|()| match attempt() {
        Ok(_) => panic!("this needs no file descriptor"),
        Err(error) => error,
    });
    drop(held);
    (errors, attempt())
}

#[test]
fn the_background_runtime_starts_as_soon_as_it_can() {
    alone("passing_failures::the_background_runtime_starts_as_soon_as_it_can", || {
        let server = LeanServer::start(|_, _| Answer::Whole(json(200, "", "1")));
        let client = support::client(server.url()).env_proxies(false).build().unwrap();
        let things = BlockingThingsClient::new(client);
        let (errors, last) = attempts(|| things.get().send());
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Runtime);
            assert!(error.to_string().contains("the background runtime cannot start: "), "{error}");
        }
        assert_eq!(last.unwrap(), 1);
    });
}

#[test]
fn certificates_are_read_as_soon_as_they_can_be() {
    alone("passing_failures::certificates_are_read_as_soon_as_they_can_be", || {
        let build = || support::client("https://api.example.com").env_proxies(false).build();
        let (errors, last) = attempts(build);
        for error in errors {
            assert!(error.to_string().contains("TLS cannot be set up: "), "{error}");
        }
        last.unwrap();
    });
}

/// With certificates of its own, a client could do without the platform's, and would for its life.
#[test]
fn the_platforms_certificates_are_never_left_out() {
    alone("passing_failures::the_platforms_certificates_are_never_left_out", || {
        let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let pem = key.cert.pem();
        let build = || {
            let client = support::client("https://api.example.com").env_proxies(false);
            client.root_certificates(&pem).build()
        };
        let (errors, last) = attempts(build);
        for error in errors {
            let text = error.to_string();
            assert!(text.contains("the platform's certificates cannot be read: "), "{text}");
        }
        last.unwrap();
    });
}

/// Control: a runtime in a static, as programs often keep one.
#[test]
fn a_careless_static_keeps_its_failure() {
    static RUNTIME: LazyLock<io::Result<tokio::runtime::Runtime>> =
        LazyLock::new(tokio::runtime::Runtime::new);
    alone("passing_failures::a_careless_static_keeps_its_failure", || {
        let (_, last) = attempts(|| RUNTIME.as_ref().map(|_| ()));
        println!("careless: works again: {}", last.is_ok());
        assert!(last.is_err());
    });
}
