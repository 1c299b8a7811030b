//! The client under test: the one that the library declares.

use connectors_client::cohere::ConnectorsError;
pub(crate) use connectors_client::cohere::{
    AuthTokenType, CreateConnectorOAuth, CreateConnectorServiceAuth,
};
use connectors_client::cohere::{BlockingConnectorsClient, Cohere, ConnectorsClient};
use connectors_client::{Error, ErrorClass as _};

pub(crate) fn connectors(account: &Cohere) -> ConnectorsClient {
    account.connectors()
}

pub(crate) fn blocking_connectors(account: &Cohere) -> BlockingConnectorsClient {
    account.blocking().connectors()
}

/// Returns the name of an error's class.
pub(crate) fn class_of(error: &Error) -> Option<String> {
    error.class::<ConnectorsError>().map(|class| class.name().to_owned())
}
