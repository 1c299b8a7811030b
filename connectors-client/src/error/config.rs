//! A mistake in the settings of a client.

use std::fmt;

/// A setting of a client that cannot work. It names the setting and the way out, and turns into an
/// [`Error`](crate::Error) of kind `Build` by `?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl ConfigError {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}
