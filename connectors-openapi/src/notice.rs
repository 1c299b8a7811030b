//! Places in a description, and what is said about them.

use std::fmt;
use std::sync::Arc;

/// A place in a description: file, line and JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The file, as it was named or referenced.
    pub file: Arc<str>,
    /// Line of the value, counted from 1.
    pub line: Option<u32>,
    /// JSON pointer within the file (RFC 6901), for example `/paths/~1books/get`.
    pub pointer: String,
}

impl Location {
    pub(crate) fn file(file: &Arc<str>) -> Self {
        Self { file: file.clone(), line: None, pointer: String::new() }
    }

    /// Returns the place of a member or an item of this value.
    pub(crate) fn child(&self, key: &str, line: u32) -> Self {
        let mut pointer = self.pointer.clone();
        pointer.push('/');
        pointer.push_str(&escape(key));
        Self { file: self.file.clone(), line: Some(line), pointer }
    }
}

/// Returns one token of a JSON pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.pointer.is_empty() {
            write!(f, " #{}", self.pointer)?;
        }
        Ok(())
    }
}

/// A sentence about a place in a description: an error, or a warning about a part that was read
/// leniently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The place.
    pub at: Location,
    /// The sentence.
    pub message: String,
}

impl Notice {
    pub(crate) fn new(at: Location, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl std::error::Error for Notice {}
