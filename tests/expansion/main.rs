//! Full expansions of traits, as rustc compiles them, to be reviewed as code.
//!
//! `UPDATE_SNAPSHOTS=1` rewrites each `*.expanded.rs`. The option of rustc that prints them is
//! unstable, and its output changes, so they are compared only on the version in `ui/RUSTC`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const TRAITS: [&str; 2] = ["things", "objects"];

#[test]
fn each_expansion_is_the_reviewed_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pinned = fs::read_to_string(folder.join("ui/RUSTC")).unwrap();
    if !rustc(&["--version"]).starts_with(&format!("rustc {}.", pinned.trim())) {
        // Written past the test harness, which hides the output of passing tests.
        let skipped =
            format!("expansion: skipped, since the snapshots are of rustc {}\n", pinned.trim());
        io::stderr().write_all(skipped.as_bytes()).unwrap();
        return;
    }
    for name in TRAITS {
        let source = folder.join("expansion").join(name).with_extension("rs");
        let snapshot = source.with_extension("expanded.rs");
        let expanded = prettyplease::unparse(&syn::parse_file(&expansion(&source)).unwrap());
        if env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(&snapshot, &expanded).unwrap();
        }
        let reviewed = fs::read_to_string(&snapshot).unwrap_or_default();
        assert!(
            expanded == reviewed,
            "{} differs; UPDATE_SNAPSHOTS=1 accepts\n{expanded}",
            snapshot.display()
        );
    }
}

/// The lints that generated items allow are all that they can trigger.
#[test]
fn each_expansion_compiles_without_warnings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansion");
    let output = format!("--out-dir={}", env!("CARGO_TARGET_TMPDIR"));
    let options = [
        "--emit=metadata",
        &output,
        "-Dwarnings",
        "-Dmissing_docs",
        "-Dunreachable_pub",
        "-Dunused_lifetimes",
        "-Dunused_qualifications",
    ];
    for name in TRAITS {
        compile(&folder.join(name).with_extension("rs"), &options);
    }
}

/// Has rustc expand a source.
fn expansion(source: &Path) -> String {
    compile(source, &["-Zunpretty=expanded"])
}

/// Compiles a source against the library that this test was built with.
fn compile(source: &Path, options: &[&str]) -> String {
    let dependencies = env::current_exe().unwrap().parent().unwrap().to_owned();
    let client = format!("--extern=connectors_client={}", library(&dependencies).display());
    let folder = format!("-Ldependency={}", dependencies.display());
    let fixed = ["--edition=2024", "--crate-type=lib", &client, &folder, source.to_str().unwrap()];
    rustc(&[&fixed, options].concat())
}

/// Returns the library that was built last. Older ones are of other features or sources.
fn library(dependencies: &Path) -> PathBuf {
    let is_library = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        stem.starts_with("libconnectors_client-")
            && path.extension().is_some_and(|extension| extension == "rlib")
    };
    let paths = fs::read_dir(dependencies).unwrap().map(|entry| entry.unwrap().path());
    let newest =
        paths.filter(is_library).max_by_key(|path| path.metadata().unwrap().modified().unwrap());
    newest.expect("the library is built before this test")
}

fn rustc(arguments: &[&str]) -> String {
    let program = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output =
        Command::new(program).env("RUSTC_BOOTSTRAP", "1").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
