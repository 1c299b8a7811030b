//! The files of these tests.

use std::path::PathBuf;

use connectors_openapi::model::Document;
use connectors_openapi::{Generated, Steering, generate};

pub(crate) const NAMES: [&str; 11] = [
    "library.yaml",
    "media.yaml",
    "shapes.yaml",
    "vendors.json",
    "connectors.yaml",
    "alike.yaml",
    "services.yaml",
    "unions.yaml",
    "odd.yaml",
    "ordinary.yaml",
    "wire.yaml",
];

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("openapi")
}

pub(crate) fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join("descriptions").join(name)).unwrap()
}

pub(crate) fn document(name: &str) -> Document {
    Document::parse(name, &text(name)).unwrap()
}

/// Returns the choices beside a description, if there are any.
pub(crate) fn steering(name: &str) -> Steering {
    let path = folder().join("descriptions").join(name).with_extension("toml");
    if path.exists() { Steering::open(path).unwrap() } else { Steering::default() }
}

pub(crate) fn generated(name: &str) -> Generated {
    generate(&document(name), &steering(name)).unwrap()
}

/// Returns the source of a description in which each first text is replaced by the second one.
pub(crate) fn changed(name: &str, changes: &[(&str, &str)]) -> String {
    let mut text = text(name);
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let document = Document::parse(name, &text).unwrap();
    generate(&document, &steering(name)).unwrap().source
}
