//! The mistakes a user can make, a file per kind in `ui/<topic>/`, and the compiler's messages.
//!
//! One compilation shows all mistakes of a file, so each `.stderr` is the catalogue of its kind. A
//! `//~` comment names each mistake. It stands above the line on which the compiler must report it.
//!
//! The macro's messages are compared on every toolchain. rustc's messages are compared only on the
//! version in `ui/RUSTC`; on any other, their files are listed as skipped. `TRYBUILD=overwrite`
//! rewrites the messages.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::iter::repeat_n;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "ui/pass/mod.rs"]
mod pass;

/// The topics whose messages are rustc's, in whole or in part.
const RUSTC_TOPICS: [&str; 3] = ["lints", "several", "types"];

/// The topic of code that compiles; its files are modules of this test.
const PASS: &str = "pass";

/// Lowest number of errors in all files, so that no mistake is lost.
const ERRORS: usize = 755;

/// The comment that marks a mistake.
const MARK: &str = "//~ ";

#[test]
fn messages_are_pinned() {
    let is_pinned = rustc_version().starts_with(&format!("rustc {}.", pinned_version()));
    let (rustc, ours): (Vec<_>, Vec<_>) = cases().into_iter().partition(|case| is_of_rustc(case));
    let (skipped, compared) =
        if is_pinned { (Vec::new(), [ours, rustc].concat()) } else { (rustc, ours) };

    let tests = trybuild::TestCases::new();
    for case in &compared {
        tests.compile_fail(case);
    }
    drop(tests);

    for case in &skipped {
        say(&format!(
            "ui: skipped {}: its messages are those of rustc {}",
            case.display(),
            pinned_version()
        ));
    }
    say(&format!("ui: {} files compared, {} skipped", compared.len(), skipped.len()));
}

/// Every error is on the line below a marker, and every marker has its error.
#[test]
fn each_mistake_is_one_error() {
    for case in cases() {
        assert_eq!(lines_of_errors(&case), lines_below_marks(&case), "{}", case.display());
    }
}

#[test]
fn no_mistake_is_lost() {
    let mut errors = BTreeMap::new();
    for case in cases() {
        let topic = case.parent().unwrap().file_name().unwrap().to_owned();
        *errors.entry(topic).or_insert(0) += lines_of_errors(&case).len();
    }
    let all: usize = errors.values().sum();
    say(&format!("ui: {all} errors"));
    assert!(all >= ERRORS, "there are {all} errors: {errors:?}");
}

/// One of our messages is one sentence on one place, which is the user's.
#[test]
fn our_topics_hold_only_our_messages() {
    for case in cases().iter().filter(|case| !is_of_rustc(case)) {
        let text = messages(case);
        let foreign =
            ["error[", "warning", "= note:", "= help:", "help:", "note:", ":::", "could not"];
        let found = foreign
            .iter()
            .find(|foreign| text.lines().any(|line| line.trim_start().starts_with(**foreign)));
        assert_eq!(found, None, "{} holds more than our messages:\n{text}", case.display());
        let places = text.lines().filter(|line| line.trim_start().starts_with("-->")).count();
        assert_eq!(places, lines_of_errors(case).len(), "{}:\n{text}", case.display());
    }
}

#[test]
fn no_stderr_is_without_its_case() {
    for topic in topics() {
        for text in files(&topic, "stderr") {
            assert!(text.with_extension("rs").exists(), "{} has no case", text.display());
        }
    }
}

#[test]
fn all_passing_files_are_modules() {
    let modules = fs::read_to_string("ui/pass/mod.rs").unwrap();
    for file in files(Path::new("ui/pass"), "rs") {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(
            name == "mod" || modules.contains(&format!("mod {name};")),
            "`{name}` is not in mod.rs"
        );
    }
}

/// The first column of a page that explains messages.
fn explained(page: &str) -> Vec<String> {
    let page = fs::read_to_string(page).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows.map(|row| row.split(" | ").next().unwrap().to_owned());
    // The head of the table.
    cells.filter(|cell| cell != "message").collect()
}

/// A message that the compiler writes only if a feature is off. The tests turn these features on.
const WITHOUT_FEATURES: &str = "`lean`, `tower_layer` or `Recorder` is not found";

/// Returns true if a line has the parts of a message, in order. `..` stands for any text.
fn has_message(line: &str, message: &str) -> bool {
    let mut parts = message.split("..");
    parts.try_fold(line, |rest, part| rest.split_once(part).map(|(_, rest)| rest)).is_some()
}

#[test]
fn a_message_with_a_gap_is_found_in_order() {
    assert!(has_message("error: fn(u8) -> impl A<u8> {f}: B", "fn(..) -> impl A<..> {f}: B"));
    assert!(!has_message("error: {f}: B, fn(u8) -> impl A<u8>", "fn(..) -> impl A<..> {f}: B"));
}

/// The docs explain messages that the compiler writes.
#[test]
fn documented_messages_are_pinned() {
    let docs = explained("../connectors-client/docs/compiler_messages.md");
    let all: String = cases().iter().map(|case| messages(case)).collect();
    assert!(docs.len() > 10, "{docs:?}");
    for cell in docs.iter().filter(|cell| *cell != WITHOUT_FEATURES) {
        let message =
            cell.split("``").nth(1).unwrap_or_else(|| panic!("no message: {cell}")).trim();
        let is_pinned = all.lines().any(|line| has_message(line, message));
        assert!(is_pinned, "the docs explain `{message}`, which is in no file of `ui`");
    }
}

#[test]
fn the_guide_explains_the_documented_messages() {
    let docs = explained("../connectors-client/docs/compiler_messages.md");
    assert_eq!(explained("../guide/src/compiler-messages.md"), docs);
}

/// The lines of a case that are marked, in order. Two markers in a row expect two errors.
fn lines_below_marks(case: &Path) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut marks = 0;
    for (number, line) in (1..).zip(fs::read_to_string(case).unwrap().lines()) {
        if line.trim_start().starts_with(MARK) {
            marks += 1;
        } else {
            lines.extend(repeat_n(number, marks));
            marks = 0;
        }
    }
    lines
}

/// The lines of a case that the compiler reports an error on, in order.
fn lines_of_errors(case: &Path) -> Vec<usize> {
    let text = messages(case);
    let place = format!("--> {}:", case.display());
    let mut lines: Vec<usize> = text
        .lines()
        .zip(text.lines().skip(1))
        .filter(|(error, _)| error.starts_with("error"))
        .map(|(error, next)| {
            let place =
                next.trim_start().strip_prefix(&place).unwrap_or_else(|| panic!("{error}\n{next}"));
            place.split(':').next().unwrap().parse().unwrap()
        })
        .collect();
    lines.sort_unstable();
    lines
}

fn messages(case: &Path) -> String {
    let text = case.with_extension("stderr");
    fs::read_to_string(&text).unwrap_or_else(|error| panic!("{}: {error}", text.display()))
}

/// All compile-fail cases, in order.
fn cases() -> Vec<PathBuf> {
    topics()
        .iter()
        .filter(|topic| !topic.ends_with(PASS))
        .flat_map(|topic| files(topic, "rs"))
        .collect()
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

/// The entries of a folder, sorted. Tests run in the folder of their package.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn pinned_version() -> String {
    fs::read_to_string("ui/RUSTC").unwrap().trim().to_owned()
}

/// The version of the compiler that builds the cases.
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
