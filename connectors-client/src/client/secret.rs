//! Tokens and passwords, which are never shown.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use serde::{Deserialize, Deserializer};

use crate::error::ConfigError;

/// A token or password. `Debug` does not show it, and it has no `Display`.
///
/// It can be an argument of an endpoint: a header, a field, or a part of the path or query. It is
/// sent only over https or to this machine, unless
/// [`allow_http_tokens`](crate::ClientBuilder::allow_http_tokens) allows more.
///
/// In a response it is decoded from a string. If a response with a secret cannot be decoded, the
/// error does not show the response. A secret is not `Serialize`, so it is not written by accident:
/// a field of your own struct names [`exposed`](crate::exposed), which writes it.
///
/// Its memory is not wiped on drop, because the HTTP library keeps copies.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// Returns the secret itself. Do not log it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns a header's value, marked as sensitive: the scheme, if any, and the secret.
    pub(crate) fn header_value(
        &self,
        what: &str,
        scheme: &str,
    ) -> Result<HeaderValue, ConfigError> {
        if self.0.is_empty() {
            return Err(ConfigError::new(format!("the {what} is empty")));
        }
        if self.0.trim_end() != self.0 {
            return Err(ConfigError::new(format!(
                "the {what} ends with a space or a newline: trim it"
            )));
        }
        if !scheme.is_empty() && begins_with(&self.0, scheme) {
            return Err(ConfigError::new(format!(
                "the {what} begins with `{scheme}`, which the client adds: leave it out"
            )));
        }
        if !self.0.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Err(ConfigError::new(format!(
                "the {what} has a character that is not allowed in a header"
            )));
        }
        let mut value = HeaderValue::from_str(&format!("{scheme}{}", self.0))
            .map_err(|_| ConfigError::new(format!("the {what} is not a valid header value")))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// Compares as header fields do: without regard to case.
fn begins_with(value: &str, scheme: &str) -> bool {
    value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
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
        let secret = String::deserialize(deserializer)?;
        super::secret_listener::tell(|listener| listener.secret_read(&secret));
        Ok(Self(secret))
    }
}

/// Returns the value of an `Authorization: Basic` header (RFC 7617 section 2).
pub(crate) fn basic(user: &str, password: &Secret) -> Result<HeaderValue, ConfigError> {
    if user.contains(':') {
        return Err(ConfigError::new(
            "the user of `basic_auth` has a `:`, which RFC 7617 does not allow",
        ));
    }
    Secret(STANDARD.encode(format!("{user}:{}", password.0)))
        .header_value("user and password", "Basic ")
}
