//! What authenticates a client, kept so that it is shown nowhere.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use serde::{Deserialize, Deserializer};

use crate::error::ConfigError;

/// A token or password. `Debug` shows only that there is one, and there is no `Display`.
///
/// As an argument of an endpoint, in a header, a field, the path or the query, it goes where tokens may go: over https, or to
/// this machine. It is read from the text of a response, as tokens are handed out. If the server echoes a
/// secret that was sent, errors mask it. It is not `Serialize`, so that nothing writes it by accident.
///
/// The memory is not wiped when it is dropped: the HTTP library keeps copies of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself; do not log it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The value of a header: the scheme (may be empty) before the secret, marked as sensitive.
    pub(crate) fn header_value(&self, what: &str, scheme: &str) -> Result<HeaderValue, ConfigError> {
        if self.0.is_empty() {
            return Err(ConfigError::new(format!("the {what} is empty")));
        }
        if self.0.trim_end() != self.0 {
            return Err(ConfigError::new(format!("the {what} ends in a space or a newline: trim it")));
        }
        if !self.0.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Err(ConfigError::new(format!("the {what} has a character that no header can carry")));
        }
        let mut value = HeaderValue::from_str(&format!("{scheme}{}", self.0))
            .map_err(|_| ConfigError::new(format!("the {what} is not a legal header value")))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self::new(secret)
    }
}

impl From<&String> for Secret {
    fn from(secret: &String) -> Self {
        Self::new(secret)
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// The value of an `Authorization: Basic` header (RFC 7617 section 2).
pub(crate) fn basic(user: &str, password: &Secret) -> Result<HeaderValue, ConfigError> {
    if user.contains(':') {
        return Err(ConfigError::new("the user name of basic_auth has a `:`, which RFC 7617 does not allow"));
    }
    Secret(STANDARD.encode(format!("{user}:{}", password.0))).header_value("user and password", "Basic ")
}
