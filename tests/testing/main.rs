//! The tools that the library has for tests: recordings, fakes and their clocks.

mod fake;
mod faults;
mod files;
mod foreign;
mod replay;
#[path = "../guards/scanner.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod scanner;
mod secrets;
mod streams;
mod verify;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use connectors_client::{Client, ClientBuilder, RetryPolicy, TestClock};
use serde_json::Value;

/// A path for a recording of one test, removed with its folder when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("connectors-recorder-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("test.har")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    fn entries(&self) -> Vec<Value> {
        entries(&self.file())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn entries(file: &Path) -> Vec<Value> {
    let har: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    har["log"]["entries"].as_array().unwrap().clone()
}

/// Returns a builder whose waits take no time.
fn builder(url: &str) -> ClientBuilder {
    let retry = RetryPolicy::default();
    Client::builder(url).env_proxies(false).clock(TestClock::new()).retry(retry)
}
