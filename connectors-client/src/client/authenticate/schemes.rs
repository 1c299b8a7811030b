//! The schemes of a client: the credentials of its calls, and others by name.

use std::sync::Arc;

use http::StatusCode;

use super::Authenticate;
use crate::client::Client;
use crate::error::ConfigError;

/// The schemes of a client.
#[derive(Clone, Default)]
pub(crate) struct Schemes {
    /// The scheme of endpoints that name none.
    pub(crate) default: Option<Arc<dyn Authenticate>>,
    named: Vec<(String, Arc<dyn Authenticate>)>,
    /// Statuses beside 401 by which the server refuses credentials.
    refused: Vec<StatusCode>,
}

impl Schemes {
    /// Adds a scheme. A later one replaces an earlier one with the same name.
    pub(crate) fn add(&mut self, name: &str, scheme: Arc<dyn Authenticate>) {
        self.named.retain(|(other, _)| other != name);
        self.named.push((name.to_owned(), scheme));
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Arc<dyn Authenticate>> {
        self.named.iter().find(|(other, _)| other == name).map(|(_, scheme)| scheme)
    }

    pub(crate) fn add_refused(&mut self, status: StatusCode) {
        self.refused.push(status);
    }

    /// Returns true if a server refuses credentials by this status.
    pub(crate) fn is_refused(&self, status: StatusCode) -> bool {
        status == StatusCode::UNAUTHORIZED || self.refused.contains(&status)
    }

    /// Returns the scheme of a client with credentials of its own. The server stays the same.
    pub(crate) fn with(&self, scheme: Option<Arc<dyn Authenticate>>) -> Self {
        Self { default: scheme, named: Vec::new(), refused: self.refused.clone() }
    }

    /// Returns the schemes for a client, unless there is nothing to remember.
    pub(crate) fn shared(self) -> Option<Arc<Self>> {
        (self.is_any() || !self.refused.is_empty()).then(|| Arc::new(self))
    }

    /// Returns true if there is a scheme.
    pub(crate) fn is_any(&self) -> bool {
        self.default.is_some() || !self.named.is_empty()
    }

    pub(crate) fn check(&self, client: &Client) -> Result<(), ConfigError> {
        let named = self.named.iter().map(|(_, scheme)| scheme);
        self.default.iter().chain(named).try_for_each(|scheme| scheme.check(client))
    }
}
