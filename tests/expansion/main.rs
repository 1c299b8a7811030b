//! The full expansion of a trait, as rustc compiles it, to be reviewed as code.
//!
//! `UPDATE_SNAPSHOTS=1` rewrites `things.expanded.rs`. rustc prints expansions by an unstable option, and its printing changes,
//! so they are compared on the version in `ui/RUSTC` only.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[test]
fn the_expansion_is_the_reviewed_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pinned = fs::read_to_string(folder.join("ui/RUSTC")).unwrap();
    let version = rustc(&["--version"]);
    if !version.starts_with(&format!("rustc {}.", pinned.trim())) {
        // To the real output, since the one of a passing test is hidden.
        let skipped = format!("expansion: skipped, since it is rustc {}'s\n", pinned.trim());
        io::stderr().write_all(skipped.as_bytes()).unwrap();
        return;
    }
    let expanded = prettyplease::unparse(&syn::parse_file(&expansion(folder)).unwrap());
    let path = folder.join("expansion/things.expanded.rs");
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &expanded).unwrap();
    }
    let reviewed = fs::read_to_string(&path).unwrap_or_default();
    assert!(expanded == reviewed, "{} differs; UPDATE_SNAPSHOTS=1 accepts\n{expanded}", path.display());
}

/// Has rustc expand `things.rs` against the library that this test was built with.
fn expansion(folder: &Path) -> String {
    let dependencies = env::current_exe().unwrap().parent().unwrap().to_owned();
    rustc(&[
        "--edition=2024",
        "--crate-type=lib",
        "-Zunpretty=expanded",
        &format!("--extern=connectors_client={}", library(&dependencies).display()),
        &format!("-Ldependency={}", dependencies.display()),
        folder.join("expansion/things.rs").to_str().unwrap(),
    ])
}

/// Returns the library that was built last. Older ones are of other features or sources.
fn library(dependencies: &Path) -> PathBuf {
    let is_library = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("libconnectors_client-") && name.ends_with(".rlib")
    };
    let paths = fs::read_dir(dependencies).unwrap().map(|entry| entry.unwrap().path());
    let newest = paths.filter(is_library).max_by_key(|path| path.metadata().unwrap().modified().unwrap());
    newest.expect("the library is built before this test")
}

fn rustc(arguments: &[&str]) -> String {
    let program = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(program).env("RUSTC_BOOTSTRAP", "1").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
