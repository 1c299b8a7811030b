//! Runs what the fuzzers have found worth keeping: each property on each input of its corpus.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use connectors_properties::TARGETS;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

/// The names of what is in a folder, without their extensions.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn what_holds_holds_for_every_input_that_was_kept() {
    for (name, property) in TARGETS {
        let folder = fuzz().join("corpus").join(name);
        let mut count = 0;
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            // Shown where the property panics.
            println!("{}", path.display());
            property(&fs::read(path).unwrap());
            count += 1;
        }
        assert!(count >= 5, "{name} has {count} inputs");
        println!("{name}: {count} inputs hold");
    }
}

#[test]
fn each_property_has_its_target_and_its_corpus() {
    let properties: BTreeSet<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&fuzz().join("targets")), properties);
    assert_eq!(names(&fuzz().join("corpus")), properties);
}
