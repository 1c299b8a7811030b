//! The links of documents lead somewhere. Links to other hosts are listed, not called.

mod markdown;
mod rendered;

use std::path::{Path, PathBuf};

use markdown::{anchors, links};

/// Documents whose links are relative to files of the repository.
const DOCUMENTS: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "RELIABILITY.md",
    "SECURITY.md",
    "benches/README.md",
    "benches/RESULTS.md",
    "tests/FEATURES.md",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the pages of the guide.
fn pages() -> Vec<PathBuf> {
    let folder = root().join("guide/src");
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn is_elsewhere(target: &str) -> bool {
    target.starts_with("http://") || target.starts_with("https://")
}

/// Returns the reason why a link of a document leads nowhere.
fn dead(file: &Path, text: &str, target: &str) -> Option<String> {
    if is_elsewhere(target) {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let linked = if path.is_empty() { file.to_owned() } else { file.parent()?.join(path) };
    if !linked.exists() {
        return Some(format!("{}: `{target}` does not exist", file.display()));
    }
    let is_alive = match path {
        _ if anchor.is_empty() => true,
        "" => anchors(text).contains(anchor),
        _ => anchors(&read(&linked)).contains(anchor),
    };
    (!is_alive).then(|| format!("{}: `{target}` has no such heading", file.display()))
}

fn dead_links(file: &Path) -> Vec<String> {
    let text = read(file);
    links(&text).iter().filter_map(|target| dead(file, &text, target)).collect()
}

#[test]
fn each_relative_link_of_a_document_has_a_target() {
    let files = DOCUMENTS.iter().map(|name| root().join(name)).chain(pages());
    let (mut followed, mut dead) = (0, Vec::new());
    for file in files {
        followed += links(&read(&file)).len();
        dead.extend(dead_links(&file));
    }
    assert!(dead.is_empty(), "{dead:#?}");
    assert!(followed > 250, "only {followed} links were found");
}

/// mdBook renders a link to `x.md` as `x.html`, so it has to lead to a page.
#[test]
fn each_markdown_link_of_the_guide_leads_to_a_page() {
    for page in pages() {
        for target in links(&read(&page)) {
            let path = Path::new(target.split('#').next().unwrap());
            let is_markdown = path.extension().is_some_and(|extension| extension == "md");
            let is_page = !is_markdown || path.components().count() == 1;
            assert!(is_page, "{}: `{target}` is not a page", page.display());
        }
    }
}

/// crates.io shows these without the files of the repository.
#[test]
fn readmes_of_packages_link_to_no_file() {
    let mut packages = 0;
    for entry in std::fs::read_dir(root()).unwrap() {
        let readme = entry.unwrap().path().join("README.md");
        if !readme.exists() || !readme.with_file_name("Cargo.toml").exists() {
            continue;
        }
        if read(&readme.with_file_name("Cargo.toml")).contains("[workspace]") {
            continue;
        }
        packages += 1;
        let relative: Vec<_> =
            links(&read(&readme)).into_iter().filter(|target| !is_elsewhere(target)).collect();
        assert!(relative.is_empty(), "{}: {relative:?}", readme.display());
    }
    assert!(packages >= 2, "{packages}");
}

#[test]
fn links_to_other_hosts_are_https_and_few() {
    let files = DOCUMENTS.iter().map(|name| root().join(name)).chain(pages());
    let targets: Vec<_> = files.flat_map(|file| links(&read(&file))).collect();
    let others: Vec<_> = targets.iter().filter(|target| is_elsewhere(target)).collect();
    println!("links to other hosts, not followed: {others:#?}");
    assert!(others.iter().all(|target| target.starts_with("https://")), "{others:#?}");
}

/// Control: links that lead nowhere are found.
#[test]
fn dead_links_are_found() {
    let readme = root().join("README.md");
    let text = "# A title: of two\n\n[a](nope.md) [b](#a-title-of-two) [c](#other) \
        [d](CONTRIBUTING.md#nope) [e](CONTRIBUTING.md#prose) ![f](benches/nope.svg) `[g](x)`\n\n\
        ```text\n[h](y)\n```\n\n[i]: nope/too.md\n";
    let dead: Vec<_> =
        links(text).iter().filter_map(|target| dead(&readme, text, target)).collect();
    assert_eq!(dead.len(), 5, "{dead:#?}");
}
