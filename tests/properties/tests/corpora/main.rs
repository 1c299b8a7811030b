//! Runs each property on each input of its corpus, which the fuzzers collected.

mod careless;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use connectors_properties::{TARGETS, Target};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

/// Returns the names of the entries of a folder, without their extensions.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// Runs a property on each input of its corpus. Returns the number of inputs and those on which it
/// panics.
fn panics((name, property): &Target) -> (usize, Vec<PathBuf>) {
    let folder = fuzz().join("corpus").join(name);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(paths.len() >= 5, "{name} has {} inputs", paths.len());
    let panicked = |path: &&PathBuf| {
        let input = fs::read(path).unwrap();
        catch_unwind(|| property(&input)).is_err()
    };
    (paths.len(), paths.iter().filter(panicked).cloned().collect())
}

#[test]
fn properties_hold_for_every_stored_input() {
    for target in TARGETS {
        let (count, panicked) = panics(target);
        println!("{}: {count} inputs hold", target.0);
        assert!(panicked.is_empty(), "{panicked:?}");
    }
}

/// Control: readers that trust a server, on the same inputs.
#[test]
fn a_careless_reader_is_detected() {
    let (mut inputs, mut all) = (0, 0);
    for reader in careless::READERS {
        let (count, panicked) = panics(reader);
        println!("careless: {} panics on {} of {count} inputs", reader.0, panicked.len());
        assert!(!panicked.is_empty(), "{}", reader.0);
        inputs += count;
        all += panicked.len();
    }
    println!("careless: {all} panics on {inputs} inputs");
    assert!(all > inputs / 4, "{all} of {inputs}");
}

#[test]
fn each_property_has_its_target_and_its_corpus() {
    let properties: BTreeSet<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&fuzz().join("targets")), properties);
    assert_eq!(names(&fuzz().join("corpus")), properties);
}
