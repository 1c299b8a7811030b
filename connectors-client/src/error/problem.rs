//! The reason why a body could not be decoded.

use std::fmt;

use super::body::excerpt;
use super::secrets::Secrets;

/// The text of an event without a variant. It does not have the event's name, which the server
/// chose.
pub(crate) const UNKNOWN_EVENT: &str = "no variant matches the name of this event";

/// The text before the tag of an object that does not fit its type.
pub(crate) const TAGGED: &str = "the object tagged `";

/// The text after the tag, before the field that is missing.
pub(crate) const HAS_NO_FIELD: &str = "` has no field `";

/// The text after the tag, before the problem of its type.
pub(crate) const DOES_NOT_FIT: &str = "` does not fit its type: ";

/// The reason why a body could not be decoded, in words that hold no piece of it.
#[derive(Debug)]
pub(crate) struct DecodeProblem(String);

impl DecodeProblem {
    pub(crate) fn new(text: &str) -> Self {
        Self(excerpt(text, 256))
    }

    /// Masks the secrets in it: names of fields come from the server too.
    pub(super) fn mask(&mut self, secrets: &Secrets) {
        self.0 = secrets.mask(std::mem::take(&mut self.0));
    }
}

impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DecodeProblem {}
