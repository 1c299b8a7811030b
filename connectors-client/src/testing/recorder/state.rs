//! The entries of a recorder, and the secrets that it knows.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::cleaner::Cleaner;
use super::entry::{Answer, Entry, Places};
use super::file::{self, Claim};
use super::json::Pattern;
use super::{har, matching};
use crate::client::secret_listener::SecretListener;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Record,
    Replay,
    Auto,
    /// `Auto` with `CI` set: acts like `Replay`.
    AutoInCi,
    Verify,
}

impl Mode {
    /// Returns a clause that follows the error of a missing entry or file.
    fn reason(self) -> &'static str {
        match self {
            Self::AutoInCi => "; nothing is recorded, because `CI` is set",
            _ => "",
        }
    }
}

/// A recorder, which its clients share.
pub(super) struct Tape {
    pub(super) mode: Mode,
    pub(super) path: PathBuf,
    /// Number of timeouts of its clients.
    pub(super) timeouts: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) entries: Vec<Entry>,
    pub(super) cleaner: Cleaner,
    pub(super) places: Places,
    /// Places whose values differ from run to run.
    pub(super) varying: Vec<Pattern>,
    /// Secrets that some client of this process sends or reads, each with a name. They may belong
    /// to another recorder, or to a response that has not ended.
    heard: Vec<(String, String)>,
    /// Bodies and items that could not be decoded.
    unreadable: Vec<Vec<u8>>,
    /// The reason why the recorder cannot be used.
    mistake: Option<String>,
    /// Keeps other recorders from writing the file.
    claim: Option<Claim>,
    is_changed: bool,
}

impl Tape {
    pub(super) fn new(mode: Mode, path: &Path) -> Self {
        let mut state = State::default();
        let loaded = match mode {
            Mode::Record => Claim::new(path).map(|claim| {
                state.claim = Some(claim);
                state.is_changed = true;
                Vec::new()
            }),
            Mode::Auto if !path.exists() => Ok(Vec::new()),
            _ => file::read(path),
        };
        match loaded {
            Ok(entries) => state.entries = entries,
            Err(mistake) => state.mistake = Some(mistake + mode.reason()),
        }
        state.clean();
        Self {
            mode,
            path: path.to_owned(),
            timeouts: AtomicUsize::new(0),
            state: Mutex::new(state),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // Each change is complete in itself, so a panic elsewhere leaves the state intact.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn mistake(&self) -> Option<String> {
        self.state().mistake.clone()
    }

    pub(super) fn clean(&self) {
        self.state().clean();
    }

    pub(super) fn save(&self) -> Result<(), String> {
        let mut state = self.state();
        if !state.is_changed {
            return Ok(());
        }
        state.clean();
        file::write(&self.path, &har::write(&state.entries))?;
        state.is_changed = false;
        Ok(())
    }

    /// Says that the recording has no entry of a request.
    pub(super) fn missing(&self, state: &State, asked: &Entry) -> String {
        matching::missing(&state.entries, asked, &self.file()) + self.mode.reason()
    }

    /// Returns the file as it was given, for error texts.
    pub(super) fn file(&self) -> String {
        self.path.display().to_string()
    }
}

impl State {
    /// Replaces all known secrets in all entries.
    fn clean(&mut self) {
        for index in 0..self.entries.len() {
            self.clean_entry(index);
        }
    }

    /// Replaces a secret that was just learned. A file that was written before is out of date.
    fn clean_again(&mut self) {
        self.clean();
        self.is_changed |= self.claim.is_some();
    }

    fn clean_entry(&mut self, index: usize) {
        let Self { entries, cleaner, places, heard, unreadable, .. } = self;
        let entry = &mut entries[index];
        for (name, secret) in heard.iter() {
            let found = entry.find_secret(name, secret, cleaner);
            if let Some(endpoint) = entry.endpoint.as_ref().filter(|_| !found.is_empty()) {
                let places = places.read.entry(endpoint.clone()).or_default();
                places.extend(found);
                places.sort();
                places.dedup();
            }
        }
        entry.clean(cleaner, places);
        for body in unreadable.iter() {
            entry.strip(body, cleaner, places);
        }
    }

    /// Finds the entry of a request.
    pub(super) fn take(&mut self, asked: &Entry) -> Option<usize> {
        let Self { entries, cleaner, .. } = self;
        matching::take(entries, asked, cleaner)
    }

    /// Adds a request whose response is still to come. Returns its place.
    pub(super) fn add(&mut self, path: &Path, entry: Entry) -> Result<usize, String> {
        if self.claim.is_none() {
            self.claim = Some(Claim::new(path)?);
        }
        self.entries.push(Entry { is_open: true, is_used: true, ..entry });
        Ok(self.entries.len() - 1)
    }

    /// Adds the response of a request.
    pub(super) fn complete(&mut self, index: usize, answer: Answer) {
        let entry = &mut self.entries[index];
        entry.response = answer;
        entry.is_open = false;
        self.is_changed = true;
        self.clean_entry(index);
    }
}

impl SecretListener for Tape {
    fn secret_sent(&self, name: &str, secret: &str) {
        let mut state = self.state();
        if !secret.is_empty() && !state.heard.iter().any(|(_, other)| other == secret) {
            state.heard.push((name.to_owned(), secret.to_owned()));
            state.clean_again();
        }
    }

    fn secret_read(&self, secret: &str) {
        self.secret_sent("secret", secret);
    }

    fn unreadable(&self, body: &[u8]) {
        let mut state = self.state();
        if !body.is_empty() && !state.unreadable.iter().any(|other| other == body) {
            state.unreadable.push(body.to_vec());
            state.clean_again();
        }
    }
}

impl Drop for Tape {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        if let Err(mistake) = self.save() {
            // A test that dropped the recorder can no longer get an error; `save` returns it.
            eprintln!("the recording is lost: {mistake}");
        }
    }
}
