//! The links of the rendered docs, which `cargo doc --workspace --no-deps` writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::is_elsewhere;

/// Returns the folder of the rendered docs.
fn rendered() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    target.map_or_else(|| crate::root().join("target"), PathBuf::from).join("doc")
}

/// Returns the folders of our crates.
fn crates(root: &Path) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let is_ours = |path: &PathBuf| path.is_dir() && path.to_string_lossy().contains("/connectors_");
    folders.filter(is_ours).collect()
}

/// Returns the HTML files below a folder.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(pages(&path));
        } else if path.extension().is_some_and(|extension| extension == "html") {
            found.push(path);
        }
    }
    found
}

/// Returns the values of an attribute in HTML.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let starts = html.split(attribute).skip(1);
    starts.filter_map(|part| Some(part.split_once('"')?.0)).collect()
}

/// Removes `..` from a path.
fn resolved(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(result.pop()),
            other => result.push(other),
        }
    }
    result
}

/// Returns the page that a page of a private path redirects to, with the anchor.
fn moved(page: &Path) -> PathBuf {
    let html = std::fs::read_to_string(page).unwrap_or_default();
    match html.split_once("content=\"0;URL=").and_then(|(_, rest)| rest.split_once('"')) {
        Some((target, _)) => resolved(&page.parent().unwrap().join(target)),
        None => page.to_owned(),
    }
}

/// Pages with the anchors that they have.
#[derive(Default)]
struct Site(BTreeMap<PathBuf, BTreeSet<String>>);

impl Site {
    fn has(&mut self, page: &Path, anchor: &str) -> bool {
        let anchors = self.0.entry(page.to_owned()).or_insert_with(|| {
            let html = std::fs::read_to_string(moved(page)).unwrap_or_default();
            values(&html, "id=\"").into_iter().map(ToOwned::to_owned).collect()
        });
        anchors.contains(anchor)
    }

    /// Returns true if a link of a page leads to a file and, if it names one, to an anchor in it.
    fn leads(&mut self, page: &Path, link: &str) -> bool {
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = path.split('?').next().unwrap_or_default();
        let target = match path {
            "" => page.to_owned(),
            path => resolved(&page.parent().unwrap().join(path)),
        };
        // Anchors of source lines can be ranges, which a script of the page reads.
        let is_source = target.components().any(|component| component.as_os_str() == "src");
        target.exists() && (anchor.is_empty() || is_source || self.has(&target, anchor))
    }
}

/// Returns true if this test follows the link. A script of each page has links with `${`. Pages show
/// the docs of traits of tracing and others, with links that only their own crates resolve; in docs
/// of ours, rustdoc itself reports such links.
fn is_followed(link: &str) -> bool {
    let is_of_script = link.starts_with("javascript:") || link.contains("${");
    let is_of_others = link.contains("::") || link == "dispatcher#setting-the-default-subscriber";
    !link.is_empty() && !is_elsewhere(link) && !is_of_script && !is_of_others
}

#[test]
#[ignore = "needs the rendered docs: cargo doc --workspace --no-deps; .ci/run does both"]
fn each_link_of_the_rendered_docs_has_a_target() {
    let (root, mut site, mut dead, mut followed) = (rendered(), Site::default(), Vec::new(), 0);
    for page in crates(&root).iter().flat_map(|folder| pages(folder)) {
        let html = std::fs::read_to_string(&page).unwrap();
        for link in values(&html, "href=\"").into_iter().filter(|link| is_followed(link)) {
            followed += 1;
            if !site.leads(&page, link) {
                dead.push(format!("{}: {link}", page.strip_prefix(&root).unwrap().display()));
            }
        }
    }
    println!("{followed} links followed");
    assert!(followed > 1_000, "{followed} links");
    assert!(dead.is_empty(), "{} dead links: {dead:#?}", dead.len());
}

/// Control: dead links and anchors are found.
#[test]
fn dead_links_in_html_are_found() {
    let folder = std::env::temp_dir().join(format!("links-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("a")).unwrap();
    let page = folder.join("a/index.html");
    std::fs::write(&page, "<h1 id=\"here\">x</h1>").unwrap();
    let mut site = Site::default();
    let verdicts = ["#here", "../a/index.html#here", "#gone", "../b.html", "index.html?x=1"]
        .map(|link| site.leads(&page, link));
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(verdicts, [true, true, false, false, true]);
}
