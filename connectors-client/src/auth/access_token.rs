//! A token and its lifetime.

use std::time::Duration;

use crate::Secret;

/// A token that a [`TokenProvider`](super::TokenProvider) has obtained.
#[derive(Clone, Debug)]
pub struct AccessToken {
    pub(super) secret: Secret,
    pub(super) expires_in: Option<Duration>,
}

impl AccessToken {
    /// Wraps a token that is valid until the server refuses it.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), expires_in: None }
    }

    /// Sets how long the token is valid, counted from the moment when it was asked for.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.expires_in = Some(lifetime);
        self
    }
}
