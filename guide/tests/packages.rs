//! The packages that are published contain what a registry and docs.rs show.

use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGES: [&str; 4] =
    ["connectors-client", "connectors-macros", "connectors-openapi", "connectors-opentelemetry"];

/// Keys that each manifest has.
const KEYS: [&str; 8] = [
    "description",
    "version.workspace",
    "rust-version.workspace",
    "license.workspace",
    "readme",
    "keywords",
    "categories",
    "edition.workspace",
];

/// Files that each package has.
const FILES: [&str; 5] = ["Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT", "src/lib.rs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn manifest(package: &str) -> String {
    std::fs::read_to_string(root().join(package).join("Cargo.toml")).unwrap()
}

fn missing_keys(manifest: &str) -> Vec<&'static str> {
    let has = |key: &str| manifest.lines().any(|line| line.starts_with(&format!("{key} = ")));
    KEYS.into_iter().filter(|key| !has(key)).collect()
}

/// Returns the files that the package has, as cargo lists them.
fn packaged(package: &str) -> String {
    let list = Command::new(env!("CARGO"))
        .args(["package", "--offline", "--allow-dirty", "--list", "--package", package])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(list.status.success(), "{}", String::from_utf8_lossy(&list.stderr));
    String::from_utf8(list.stdout).unwrap()
}

fn missing_files(list: &str) -> Vec<&'static str> {
    FILES.into_iter().filter(|file| list.lines().all(|line| line != *file)).collect()
}

#[test]
fn manifests_say_what_a_registry_shows() {
    for package in PACKAGES {
        assert_eq!(missing_keys(&manifest(package)), <[&str; 0]>::default(), "{package}");
    }
    // Control: a manifest as `cargo new` writes it.
    assert_eq!(missing_keys("[package]\nname = \"x\"\nversion = \"0.1.0\"\n").len(), KEYS.len());
}

#[test]
fn packages_have_their_licences_and_readme() {
    for package in PACKAGES {
        let list = packaged(package);
        assert_eq!(missing_files(&list), <[&str; 0]>::default(), "{package}:\n{list}");
    }
    // Control: the package of the guide, which is not published, has none of them.
    assert!(missing_files(&packaged("connectors-guide")).contains(&"LICENSE-MIT"));
}

/// docs.rs shows which feature an item needs.
#[test]
fn docs_are_built_with_all_features() {
    for package in ["connectors-client", "connectors-opentelemetry"] {
        let manifest = manifest(package);
        let (_, docs) = manifest.split_once("[package.metadata.docs.rs]\n").unwrap();
        assert!(docs.starts_with("all-features = true\n"), "{package}");
        let library = std::fs::read_to_string(root().join(package).join("src/lib.rs")).unwrap();
        assert!(library.contains("#![cfg_attr(docsrs, feature(doc_cfg))]"), "{package}");
    }
}
