//! A failure that passes is not kept: calls work again when the process has file descriptors again.

use std::fs::File;
use std::process::Command;

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

#[test]
fn the_background_runtime_starts_as_soon_as_it_can() {
    alone("passing_failures::the_background_runtime_starts_as_soon_as_it_can", || {
        let server = LeanServer::start(|_, _| Answer::Whole(json(200, "", "1")));
        let client = support::client(server.url()).env_proxies(false).build().unwrap();
        let things = BlockingThingsClient::new(client);
        let held = all_descriptors();
        for _ in 0..2 {
            let error = things.get().send().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Runtime);
            assert!(error.to_string().contains("the background runtime cannot start: "), "{error}");
        }
        drop(held);
        assert_eq!(things.get().send().unwrap(), 1);
    });
}

#[test]
fn certificates_are_read_as_soon_as_they_can_be() {
    alone("passing_failures::certificates_are_read_as_soon_as_they_can_be", || {
        let build = || support::client("https://api.example.com").env_proxies(false).build();
        let held = all_descriptors();
        for _ in 0..2 {
            let error = build().unwrap_err();
            assert!(error.to_string().contains("TLS cannot be set up: "), "{error}");
        }
        drop(held);
        build().unwrap();
    });
}
