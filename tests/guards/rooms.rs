//! The rooms of the runtime import one way, in the order of ARCHITECTURE.md.

#[path = "../../connectors-macros/tests/rooms/checker.rs"]
#[allow(dead_code, reason = "the other crate uses the rest")]
mod checker;

use std::fs;
use std::path::Path;

use checker::{rooms, source, sources, wrong_imports};

const CRATE: &str = "connectors-client";

/// Names the crate's root for the macros that it exports, and for the APIs that it includes.
const USERS_OF_THE_ROOT: [&str; 3] = ["private", "cohere", "auth"];

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn listed() -> Vec<String> {
    rooms(&fs::read_to_string(workspace().join("ARCHITECTURE.md")).unwrap(), CRATE)
}

#[test]
fn rooms_import_only_rooms_below_them() {
    let errors = wrong_imports(&listed(), &sources(&workspace().join(CRATE).join("src")));
    let of_users = |error: &&String| {
        USERS_OF_THE_ROOT.iter().any(|room| error.starts_with(room))
            && error.contains("is not in a room")
    };
    let errors: Vec<_> = errors.iter().filter(|error| !of_users(error)).cloned().collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_entry_of_the_sources_is_listed() {
    let src = workspace().join(CRATE).join("src");
    let entries: Vec<_> = fs::read_dir(src)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .collect();
    let listed = listed();
    assert!(entries.len() <= 20, "more than 20 entries: {entries:?}");
    for entry in &entries {
        assert!(listed.contains(entry), "`{entry}` is not a room of ARCHITECTURE.md");
    }
    assert_eq!(
        entries.len(),
        listed.len(),
        "ARCHITECTURE.md lists a room that is gone: {listed:?}"
    );
}

/// The control: the error type may not know the client, which it did once.
#[test]
fn an_import_of_a_room_above_is_found() {
    let (source, _) = source("error/mod.rs", "use crate::{endpoint::Endpoint, client::Client};");
    let errors = wrong_imports(&listed(), &[source]);
    assert_eq!(errors, ["error/mod.rs:1: `error` imports `client`, a room above it"]);
}

/// Returns the files below the runtime's sources that contain this text, as their places there.
fn files_with(text: &str) -> Vec<String> {
    let src = workspace().join(CRATE).join("src");
    let mut folders = vec![src.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read_to_string(&path).unwrap().contains(text) {
                found.push(path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn few_files_name_the_http_libraries() {
    let of_reqwest = files_with("reqwest::");
    assert!(!of_reqwest.is_empty());
    for file in of_reqwest {
        assert!(file.starts_with("transport/reqwest_client/"), "{file} names reqwest");
    }
    let of_hyper_util = files_with("hyper_util::");
    assert!((1..=3).contains(&of_hyper_util.len()), "{of_hyper_util:?}");
}
