//! Generation in a `build.rs`.

use std::path::Path;
use std::sync::Arc;

use crate::model::Document;
use crate::notice::{Location, Notice};
use crate::{Generated, Steering, generate};

/// Generates a source file in a `build.rs`, and tells Cargo to run it again if a file of the
/// description changes.
///
/// The command is the better choice for most: its file can be read, searched and reviewed, and
/// costs nothing in a build. With this function, users of your crate build the generator too.
///
/// ```no_run
/// // build.rs
/// let out = std::env::var("OUT_DIR").unwrap();
/// let steering = connectors_openapi::Steering::default();
/// connectors_openapi::build("openapi.yaml", &steering, format!("{out}/books.rs")).unwrap();
/// ```
///
/// ```ignore
/// // src/lib.rs
/// pub mod books {
///     include!(concat!(env!("OUT_DIR"), "/books.rs"));
/// }
/// ```
///
/// The file has no docs of its own at its beginning, because `include!` does not take them.
pub fn build(
    description: impl AsRef<Path>,
    steering: &Steering,
    out: impl AsRef<Path>,
) -> Result<Generated, Notice> {
    let (description, out) = (description.as_ref(), out.as_ref());
    let document = Document::open(description)?;
    let folder = description.parent().unwrap_or(Path::new(""));
    for file in &document.files {
        println!("cargo::rerun-if-changed={}", folder.join(file).display());
    }
    let mut generated = generate(&document, steering)?;
    let lines = generated.source.lines().skip_while(|line| line.starts_with("//!"));
    let lines: Vec<&str> = lines.collect();
    generated.source = lines.join("\n").trim_start().to_owned() + "\n";
    std::fs::write(out, &generated.source).map_err(|error| {
        let at = Location::file(&Arc::from(out.to_string_lossy()));
        Notice::new(at, format!("cannot be written: {error}"))
    })?;
    Ok(generated)
}
