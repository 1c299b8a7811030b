//! The reference pages name each feature, kind of error, setting and option of the library.

use std::path::{Path, PathBuf};

use connectors_guide::PAGES;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn source(file: &str) -> String {
    std::fs::read_to_string(root().join("connectors-client").join(file)).unwrap()
}

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join("guide/src").join(name)).unwrap()
}

/// Returns the names that a text does not have in code.
fn missing(names: &[String], text: &str) -> Vec<String> {
    let is_named = |name: &&String| {
        let starts = text.split('`').skip(1).step_by(2);
        !starts.flat_map(words).any(|word| word == **name)
    };
    names.iter().filter(is_named).cloned().collect()
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-')
}

fn features() -> Vec<String> {
    let manifest = source("Cargo.toml");
    let (_, section) = manifest.split_once("[features]\n").unwrap();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| Some(line.split_once(" = [")?.0.to_owned()));
    names.filter(|name| name != "default").collect()
}

/// Returns the variants of `ErrorKind`.
fn kinds() -> Vec<String> {
    let source = source("src/error/kind.rs");
    let (_, body) = source.split_once("pub enum ErrorKind {").unwrap();
    let lines = body.lines().take_while(|line| *line != "}");
    let names = lines.filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','));
    names.filter(|name| name.chars().all(char::is_alphanumeric)).map(ToOwned::to_owned).collect()
}

/// Returns the public setters of a file: functions that take `self` by value.
fn setters(file: &str) -> Vec<String> {
    let source = source(file);
    let starts = source.split("    pub fn ").skip(1);
    let setters = starts.filter_map(|start| {
        let (name, rest) = start.split_once(['(', '<'])?;
        let arguments = rest.split(") ->").next()?;
        let takes_self = arguments.contains("mut self") || arguments.starts_with("self");
        takes_self.then(|| name.to_owned())
    });
    setters.collect()
}

#[test]
fn each_feature_is_documented() {
    let names = features();
    assert!(names.len() >= 12, "{names:?}");
    for text in [page("features.md"), source("docs/front.md")] {
        assert_eq!(missing(&names, &text), <[&str; 0]>::default());
    }
}

#[test]
fn each_kind_of_error_is_documented() {
    let names = kinds();
    assert!(names.len() >= 12, "{names:?}");
    assert_eq!(missing(&names, &page("error-kinds.md")), <[&str; 0]>::default());
}

#[test]
fn each_option_of_a_call_is_documented() {
    let names = setters("src/client/request_options.rs");
    assert!(names.len() >= 12, "{names:?}");
    assert_eq!(missing(&names, &page("options.md")), <[&str; 0]>::default());
}

/// The settings of a client are on the pages that they belong to.
#[test]
fn each_setting_of_a_client_is_documented() {
    let files = ["src/client/builder.rs", "src/client/network.rs", "src/client/credentials.rs"];
    let names: Vec<_> = files.into_iter().flat_map(setters).collect();
    assert!(names.len() >= 40, "{names:?}");
    let guide: String = PAGES.iter().map(|name| page(name)).collect();
    let guide = guide.replace("```", "");
    assert_eq!(missing(&names, &guide), <[&str; 0]>::default());
}

#[test]
fn each_setting_of_retries_and_polling_is_documented() {
    let policy = setters("src/retry/policy.rs");
    assert!(policy.len() >= 4, "{policy:?}");
    let text = page("retries-and-timeouts.md") + &page("defaults.md");
    assert_eq!(missing(&policy, &text.replace("```", "")), <[&str; 0]>::default());

    let polling = setters("src/api_client/polling.rs");
    assert!(polling.len() >= 5, "{polling:?}");
    let text = page("pages-and-polling.md").replace("```", "");
    assert_eq!(missing(&polling, &text), <[&str; 0]>::default());
}

/// Returns the figures of a text that have thousands.
fn figures(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != ',');
    let figures = words.map(|word| word.trim_matches(','));
    figures.filter(|word| word.contains(',')).map(ToOwned::to_owned).collect()
}

/// The front page and the page about security repeat figures of the tests.
#[test]
fn figures_are_those_of_the_tests() {
    let held = std::fs::read_to_string(root().join("RELIABILITY.md")).unwrap();
    let known = figures(&held);
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let shown = figures(&(readme + &page("security.md")));
    assert!(shown.len() >= 4, "{shown:?}");
    let wrong: Vec<_> = shown.iter().filter(|figure| !known.contains(figure)).collect();
    assert!(wrong.is_empty(), "not in RELIABILITY.md: {wrong:?}");
    // Control: a figure that no test gave.
    assert!(!known.contains(&"3,169".to_owned()) && known.contains(&"3,168".to_owned()));
}

/// Control: a name that no page has is found.
#[test]
fn a_missing_name_is_found() {
    let names = ["timeout".to_owned(), "time".to_owned()];
    assert_eq!(missing(&names, "time: `timeout(..)`"), ["time"]);
}
