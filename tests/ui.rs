//! The mistakes a person makes, one per file of `ui/<topic>/`, and what the compiler then says.
//!
//! Texts of our own macro are compared on every toolchain. Those that rustc writes are compared on the version in
//! `ui/RUSTC` only; elsewhere their cases are named as skipped. `TRYBUILD=overwrite` rewrites the texts.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "ui/pass/mod.rs"]
mod pass;

/// The topics whose texts are rustc's, in whole or in part.
const RUSTC_TOPICS: [&str; 3] = ["lints", "several", "types"];

/// The topics with more than one error a file: several mistakes, or one that rustc meets in several places.
const SEVERAL: [&str; 2] = ["ui/together", "ui/several"];

/// The topic of what compiles; its files are modules of this test.
const PASS: &str = "pass";

#[test]
fn each_mistake_is_explained() {
    let is_pinned = rustc_version().starts_with(&format!("rustc {}.", pinned_version()));
    let (rustc, ours): (Vec<_>, Vec<_>) = mistakes().into_iter().partition(|case| is_of_rustc(case));
    let (skipped, compared) = if is_pinned { (Vec::new(), [ours, rustc].concat()) } else { (rustc, ours) };

    let cases = trybuild::TestCases::new();
    for case in &compared {
        cases.compile_fail(case);
    }
    drop(cases);

    for case in &skipped {
        say(&format!(
            "ui: skipped {}: rustc's text of {}, not of this version",
            case.display(),
            pinned_version()
        ));
    }
    let all = compared.len() + skipped.len();
    say(&format!("ui: {all} cases, {} compared, {} skipped", compared.len(), skipped.len()));
    assert!(all >= 500, "there were {all} cases: none is lost without a word");
}

/// A text of our own has one sentence on one place, which is the user's; nothing follows from it.
#[test]
fn our_topics_hold_our_texts_only() {
    for case in mistakes().iter().filter(|case| !is_of_rustc(case)) {
        let text = fs::read_to_string(case.with_extension("stderr")).unwrap();
        let foreign = ["error[", "warning", "= note:", "= help:", "help:", "note:", ":::", "could not"];
        let found =
            foreign.iter().find(|foreign| text.lines().any(|line| line.trim_start().starts_with(**foreign)));
        assert_eq!(found, None, "{} holds more than our text:\n{text}", case.display());
        let places: Vec<_> = text.lines().filter(|line| line.trim_start().starts_with("-->")).collect();
        assert_eq!(places.len(), text.matches("error: ").count(), "{}:\n{text}", case.display());
        let place = format!("--> {}", case.display());
        assert!(
            places.iter().all(|line| line.trim_start().starts_with(&place)),
            "{}:\n{text}",
            case.display()
        );
    }
}

/// A mistake of its own file is one error, so that a person has one thing to read.
#[test]
fn one_mistake_is_one_error() {
    for case in mistakes().iter().filter(|case| !SEVERAL.iter().any(|topic| case.starts_with(topic))) {
        let text = fs::read_to_string(case.with_extension("stderr")).unwrap();
        let errors = text.lines().filter(|line| line.starts_with("error")).count();
        assert_eq!(errors, 1, "{}:\n{text}", case.display());
    }
}

#[test]
fn no_text_is_without_its_mistake() {
    for topic in topics() {
        for text in files(&topic, "stderr") {
            assert!(text.with_extension("rs").exists(), "{} has no case", text.display());
        }
    }
}

#[test]
fn all_that_compiles_is_compiled() {
    let modules = fs::read_to_string("ui/pass/mod.rs").unwrap();
    for file in files(Path::new("ui/pass"), "rs") {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(name == "mod" || modules.contains(&format!("mod {name};")), "`{name}` is not in mod.rs");
    }
}

/// All compile-fail cases, in order.
fn mistakes() -> Vec<PathBuf> {
    topics().iter().filter(|topic| !topic.ends_with(PASS)).flat_map(|topic| files(topic, "rs")).collect()
}

fn is_of_rustc(case: &Path) -> bool {
    RUSTC_TOPICS.iter().any(|topic| case.starts_with(Path::new("ui").join(topic)))
}

fn topics() -> Vec<PathBuf> {
    let mut topics = entries(Path::new("ui"));
    topics.retain(|path| path.is_dir());
    topics
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = entries(folder);
    files.retain(|path| path.extension().is_some_and(|other| other == extension));
    files
}

/// What is in a folder, sorted; the tests run in the folder of their package.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn pinned_version() -> String {
    fs::read_to_string("ui/RUSTC").unwrap().trim().to_owned()
}

/// The version of the compiler that the cases are given to.
fn rustc_version() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Prints past the capture of a test that passes.
fn say(line: &str) {
    #[expect(clippy::explicit_write, reason = "the test's harness hides what `eprintln!` prints")]
    writeln!(io::stderr(), "{line}").unwrap();
}
