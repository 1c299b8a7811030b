//! The reason why there are no credentials.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// The reason why there are no credentials. `?` turns any error into one. Its text becomes part of
/// the call's error, so it must not contain a secret.
///
/// Clones are cheap: all calls that wait for one renewal get its error.
#[derive(Clone)]
pub struct AuthError(Arc<dyn StdError + Send + Sync>);

impl AuthError {
    /// Wraps an error, or a text for a person.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into().into())
    }

    /// Returns the error itself, for example the [`Error`](crate::Error) of the token server.
    pub fn get_ref(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.0
    }

    /// Returns this as a cause of another error.
    pub(crate) fn into_cause(self) -> impl StdError + Send + Sync {
        Cause(self.0)
    }
}

// `AuthError` itself is no `Error`, so that this conversion does not overlap with the identity.
impl<E: StdError + Send + Sync + 'static> From<E> for AuthError {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// Shows the text, because the `Debug` of an error of others may show more.
impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthError({:?})", self.to_string())
    }
}

/// An error that several calls share.
struct Cause(Arc<dyn StdError + Send + Sync>);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}
