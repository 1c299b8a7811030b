//! Reads the links and headings of Markdown.

use std::collections::BTreeSet;

/// Returns the lines outside code blocks, without inline code.
fn prose(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push(line.to_owned());
        }
    }
    lines
}

fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// Returns the targets of the links, images and link definitions.
pub(crate) fn links(text: &str) -> Vec<String> {
    let mut targets = Vec::new();
    for line in prose(text) {
        let line = without_code(&line);
        let definition = line.strip_prefix('[').and_then(|line| line.split_once("]: "));
        if let Some((_, target)) = definition {
            targets.push(target.trim().to_owned());
        }
        for part in line.split("](").skip(1) {
            targets.extend(part.split_once(')').map(|(target, _)| target.to_owned()));
        }
    }
    targets
}

/// Returns the anchors of the headings, as mdBook and code hosts write them.
pub(crate) fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).into_iter().filter(|line| line.starts_with('#'));
    headings.map(|line| anchor(line.trim_start_matches('#').trim())).collect()
}

fn anchor(heading: &str) -> String {
    let letters = heading.to_lowercase().chars().collect::<Vec<_>>();
    let kept = letters.iter().filter(|letter| letter.is_alphanumeric() || " -_".contains(**letter));
    kept.map(|letter| if *letter == ' ' { '-' } else { *letter }).collect()
}

#[test]
fn anchors_are_those_of_mdbook() {
    let text = "# Retries, timeouts and idempotency\n## On the trait: `#[api_client(..)]`\n";
    let found = anchors(text);
    assert!(found.contains("retries-timeouts-and-idempotency"), "{found:?}");
    assert!(found.contains("on-the-trait-api_client"), "{found:?}");
}
