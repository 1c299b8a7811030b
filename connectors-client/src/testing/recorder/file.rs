//! The file of a recording. Tests that run at the same time do not write the same one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use super::entry::Entry;
use super::har;

/// The files that recorders of this process write.
static CLAIMED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The right to write a file, until it is dropped.
pub(super) struct Claim(PathBuf);

impl Claim {
    /// Takes the right. The error says that another recorder has it.
    pub(super) fn new(path: &Path) -> Result<Self, String> {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
        if !claimed.insert(absolute.clone()) {
            let file = path.display();
            return Err(format!("another recorder is writing `{file}`: use one file per test"));
        }
        Ok(Self(absolute))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        CLAIMED.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

pub(super) fn read(path: &Path) -> Result<Vec<Entry>, String> {
    let file = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        let way_out = match error.kind() {
            io::ErrorKind::NotFound => "; `Recorder::record` makes it",
            _ => "",
        };
        format!("`{file}` cannot be read: {error}{way_out}")
    })?;
    har::read(&text).map_err(|why| format!("`{file}` {why}"))
}

/// Writes the file whole or not at all.
pub(super) fn write(path: &Path, text: &str) -> Result<(), String> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!(".{}-{number}.tmp", std::process::id());
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = folder.join(name);
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&beside, text))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        drop(fs::remove_file(&beside));
        format!("`{}` cannot be written: {error}", path.display())
    })
}
