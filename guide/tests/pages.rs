//! The summary, the folder and the crate name the same pages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use connectors_guide::PAGES;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn read(page: &str) -> String {
    std::fs::read_to_string(folder().join(page)).unwrap()
}

/// Returns the pages that a summary names, in order.
fn named(summary: &str) -> Vec<&str> {
    let targets = summary.lines().filter_map(|line| line.split_once("](")?.1.split_once(')'));
    targets.map(|(target, _)| target).collect()
}

#[test]
fn each_page_is_in_the_summary_and_in_the_crate() {
    let files: BTreeSet<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "SUMMARY.md")
        .collect();
    let summary = read("SUMMARY.md");
    let named = named(&summary);
    let unique: BTreeSet<_> = named.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(unique, files, "src/SUMMARY.md and the folder differ");
    assert_eq!(unique.len(), named.len(), "a page is in src/SUMMARY.md twice");
    assert_eq!(named, PAGES, "src/SUMMARY.md and lib.rs differ");
}

#[test]
fn a_summary_is_read_by_its_links() {
    assert_eq!(named("# S\n\n[A](a.md)\n- [B c](b.md)\n"), ["a.md", "b.md"]);
}

/// A page has one title, and a short answer or question before its first code or table.
#[test]
fn each_page_begins_with_a_title_and_a_sentence() {
    for page in PAGES {
        let text = read(page);
        let mut lines = text.lines();
        assert!(lines.next().unwrap().starts_with("# "), "{page} begins with its title");
        assert_eq!(lines.next(), Some(""), "{page}");
        let first = lines.next().unwrap();
        assert!(
            first.starts_with(char::is_alphabetic) || first.starts_with('`'),
            "{page}: {first}"
        );
        let outside: String = text.split("```").step_by(2).collect();
        assert_eq!(outside.lines().filter(|line| line.starts_with("# ")).count(), 1, "{page}");
        assert!(!outside.contains("<!--"), "{page} has a comment");
    }
}

/// Code that is not compiled does not stay true.
#[test]
fn each_block_of_rust_is_compiled() {
    for page in PAGES {
        let text = read(page);
        let fences =
            text.split("```").skip(1).step_by(2).map(|block| block.lines().next().unwrap());
        for fence in fences {
            let known = ["rust", "rust,no_run", "sh", "toml", "text", "console", "yaml"];
            assert!(known.contains(&fence), "{page}: a block of `{fence}`");
        }
    }
}
