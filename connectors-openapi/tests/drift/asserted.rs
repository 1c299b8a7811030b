//! The forms for tests: assertions, and what they allow.

use connectors_openapi::drift::examples;
use connectors_openapi::model::Document;
use connectors_openapi::{Drift, assert_examples_decode, assert_no_drift, drift};
use serde::Deserialize;

use crate::books::{BooksClient, ShelvesClient};
use crate::{DESCRIPTION, SOURCE, document, lines};

const FILE: &str = "tests/drift/books.yaml";

/// A file that is removed when the test ends.
struct Changed(std::path::PathBuf);

impl Changed {
    fn new(name: &str, from: &str, to: &str) -> Self {
        assert!(DESCRIPTION.contains(from));
        let path = std::env::temp_dir().join(format!("{}-{name}.yaml", std::process::id()));
        std::fs::write(&path, DESCRIPTION.replace(from, to)).unwrap();
        Self(path)
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn panic_of(run: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = std::panic::catch_unwind(run).expect_err("the assertion fails");
    *panic.downcast::<String>().unwrap()
}

#[test]
fn an_assertion_passes_or_lists_the_differences() {
    assert_no_drift(FILE, &[BooksClient::ENDPOINTS, ShelvesClient::ENDPOINTS]);
    let changed = Changed::new("limit", "- name: limit", "- name: page_size");
    let path = changed.0.clone();
    let text = panic_of(move || assert_no_drift(path, &[BooksClient::ENDPOINTS]));
    let file = changed.0.display();
    let name = changed.0.file_name().unwrap().to_str().unwrap();
    assert_eq!(
        text.replace(&file.to_string(), "FILE").replace(name, "FILE"),
        "1 difference to FILE:\n  Books::list: `limit`: the description has no query parameter `limit`; it has `page_size`, \
         which is not declared (FILE:12 #/paths/~1books/get)"
    );
    let found = drift(&changed.0, &[BooksClient::ENDPOINTS]).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(drift(&changed.0, &[ShelvesClient::ENDPOINTS]).unwrap(), []);
}

#[test]
fn an_assertion_without_a_description_fails() {
    let text = panic_of(|| assert_no_drift("missing.yaml", &[BooksClient::ENDPOINTS]));
    assert!(text.contains("missing.yaml"), "{text}");
    assert!(drift("missing.yaml", &[]).is_err());
}

#[test]
fn allowed_differences_are_left_out() {
    let changed = DESCRIPTION
        .replace("- name: limit", "- name: page_size")
        .replace("enum: [in_stock, lent]", "enum: [in_stock]");
    let found = |drift: Drift| {
        lines(&drift.source_text(&document(&changed), "books.rs", SOURCE).unwrap().differences)
    };
    let all = found(Drift::new());
    assert_eq!(all.lines().count(), 2, "{all}");
    for rule in ["parameter", "Books::list", "Books::list.limit", "parameter:Books::list.limit"] {
        let left = found(Drift::new().allow(rule));
        assert!(left.contains("State") && !left.contains("limit"), "{rule}: {left}");
    }
    for rule in ["need", "Books::lists", "Books::list.cursor", "need:Books::list", ""] {
        assert_eq!(found(Drift::new().allow(rule)), all, "{rule}");
    }
    assert_eq!(found(Drift::new().allow("State").allow("parameter")), "");
}

#[test]
fn additions_are_listed_only_if_they_are_asked_for() {
    let changed = DESCRIPTION
        .replace("        - name: cursor\n", "        - { name: shelf, in: query, schema: { type: string } }\n        - name: cursor\n")
        .replace("        isbn: { type: string }\n", "        isbn: { type: string }\n        year: { type: integer }\n")
        .replace("required: [user, password]", "required: [user]");
    let read = document(&changed);
    assert_eq!(Drift::new().source_text(&read, "books.rs", SOURCE).unwrap().differences, []);
    let found = Drift::new().additions().source_text(&read, "books.rs", SOURCE).unwrap();
    let found = found.differences;
    let text = lines(&found);
    assert!(found.iter().all(connectors_openapi::Difference::is_addition), "{text}");
    for part in [
        "Books::list: the query parameter `shelf` of the description is not declared",
        "Shelves::add: the field `year` of the description is not declared",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_source_that_is_not_rust_is_refused_with_its_line() {
    let read = document(DESCRIPTION);
    let error = Drift::new().source_text(&read, "api.rs", "mod a {}\nfn {").unwrap_err();
    assert!(error.to_string().starts_with("api.rs:2: not valid Rust: "), "{error}");
    let error = Drift::new().sources(&read, &["missing.rs".into()]).unwrap_err();
    assert!(error.to_string().starts_with("missing.rs: cannot read the source"), "{error}");
}

#[test]
fn folders_are_read_with_the_folders_in_them() {
    let read = document(&DESCRIPTION.replace("- name: limit", "- name: page_size"));
    let report = Drift::new().sources(&read, &["tests/drift".into()]).unwrap();
    assert_eq!(report.endpoints, 9);
    let found = report.differences;
    let [difference] = found.as_slice() else { panic!("{}", lines(&found)) };
    assert_eq!(difference.file(), Some("tests/drift/books.rs"));
    let line = SOURCE.lines().nth(difference.line().unwrap() - 1).unwrap();
    assert_eq!(line.trim(), "limit: Option<u32>,");
}

#[derive(Debug, Deserialize)]
struct Numbers(#[allow(dead_code)] Vec<u32>);

#[test]
fn examples_are_decoded_into_declared_types() {
    #[derive(Debug, Deserialize)]
    struct Title {
        title: String,
    }
    let example = "application/json:\n              example: { data: { title: Emma } }\n              schema:\n                type: object";
    let changed = Changed::new(
        "example",
        "application/json:\n              schema:\n                type: object",
        example,
    );
    // The envelope is not part of the type.
    assert_examples_decode::<Title>(&changed.0, ShelvesClient::GET);
    let read = Document::open(&changed.0).unwrap();
    let found = examples(&read, ShelvesClient::GET).unwrap();
    assert_eq!(found[0].decode::<Title>().unwrap().title, "Emma");
    let path = changed.0.clone();
    let text = panic_of(move || assert_examples_decode::<Numbers>(path, ShelvesClient::GET));
    assert!(text.contains("Numbers` does not fit the example: invalid type: map"), "{text}");
    assert!(text.contains("#/paths/~1books~1{book_id}/get/responses/200/content"), "{text}");
}

#[test]
fn examples_that_are_not_there_are_no_success() {
    let text = panic_of(|| assert_examples_decode::<Numbers>(FILE, ShelvesClient::GET));
    assert_eq!(text, "the description has no example of a success of GET v1/books/<id>");
}
