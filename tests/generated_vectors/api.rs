//! The client under test: the one that is generated.

use connectors_client::cohere::Cohere;
use connectors_client::{Error, ErrorClass as _, Secret};

pub(crate) use crate::generated::{
    AuthTokenType, CreateConnectorOAuth, CreateConnectorServiceAuth,
};
use crate::generated::{BlockingConnectorsClient, CohereError, ConnectorsClient};

pub(crate) fn connectors(account: &Cohere) -> ConnectorsClient {
    ConnectorsClient::new(account.client().clone())
}

pub(crate) fn blocking_connectors(account: &Cohere) -> BlockingConnectorsClient {
    BlockingConnectorsClient::new(account.client().clone())
}

impl CreateConnectorServiceAuth {
    /// As the one written by hand has.
    pub(crate) fn new(r#type: AuthTokenType, token: impl Into<Secret>) -> Self {
        Self { r#type, token: token.into() }
    }
}

/// Returns the name of an error's class in the words of the vectors. A description cannot name the
/// class of all other statuses, nor say that 407 means an invalid token.
pub(crate) fn class_of(error: &Error) -> Option<String> {
    let class = error.class::<CohereError>()?;
    let name = match class.name() {
        "Other" => "Api",
        "ProxyAuthenticationRequired" => "InvalidToken",
        name => name,
    };
    Some(name.to_owned())
}
