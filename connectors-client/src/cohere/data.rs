//! What the connectors API takes and gives. Names are those of its JSON.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ConnectorsClient, authorization_url};
use crate::{Error, ErrorKind, Nullable, OpenEnum, Page, Secret};

/// A page of connectors.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Page)]
pub struct ListConnectorsResponse {
    /// The connectors.
    #[page(items)]
    pub connectors: Vec<Connector>,
    /// How many there are in all; the API sends it as a float.
    #[page(total_items)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<f64>,
}

/// The connector that was made.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct CreateConnectorResponse {
    /// The connector.
    pub connector: Connector,
}

/// The connector that was asked for.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct GetConnectorResponse {
    /// The connector.
    pub connector: Connector,
}

/// The connector as it is now.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct UpdateConnectorResponse {
    /// The connector.
    pub connector: Connector,
}

/// Whatever the API says on deletion; an empty reply is an empty map.
pub type DeleteConnectorResponse = serde_json::Map<String, serde_json::Value>;

/// Where the user authorises a connector. `Debug` does not show the URL, which holds the state of the authorisation.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct OAuthAuthorizeResponse {
    /// The URL to visit, as it came: nothing here opens or follows it. What a user is sent to is better taken from
    /// [`authorization_url`](Self::authorization_url), which looks at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
}

impl OAuthAuthorizeResponse {
    /// The URL to send the user to (RFC 6749 section 4.1.1), as a browser reads it: https, with no user before its host.
    /// Give it to the browser as one argument and not through a shell, for which it has special characters. Where the API
    /// gives another scheme and that is meant, it is in `redirect_url`.
    ///
    /// # Errors
    /// Of kind [`Decode`](crate::ErrorKind::Decode) if there is no `redirect_url`, or if it is not absolute, not https
    /// (`javascript:`, `file:`, `http:`), or has a user in front of its host. The error does not show it.
    pub fn authorization_url(&self) -> Result<String, Error> {
        let checked = match &self.redirect_url {
            Some(url) => {
                authorization_url::checked(url).map_err(|problem| format!("`redirect_url` {problem}"))
            }
            None => Err("the reply has no `redirect_url`".to_owned()),
        };
        let endpoint = Some(ConnectorsClient::O_AUTH_AUTHORIZE);
        let error = |problem| Error::new(ErrorKind::Decode, endpoint, problem).with_attempts(1, true);
        checked.map(String::from).map_err(error)
    }
}

impl fmt::Debug for OAuthAuthorizeResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthAuthorizeResponse")
            .field("redirect_url", &self.redirect_url.as_ref().map(|_| ".."))
            .finish()
    }
}

/// A connector.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Connector {
    /// The id, which all operations take.
    pub id: String,
    /// A human-readable name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// The organisation that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// A description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The URL that is searched for documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The fields that are kept out of the prompt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excludes: Option<Vec<String>>,
    /// How the connector is authenticated: `oauth` or `service_auth`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_type: Option<String>,
    /// The OAuth 2.0 configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth: Option<ConnectorOAuth>,
    /// Whether the user is authorised; absent or empty if not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_status: Option<ConnectorAuthStatus>,
    /// Whether the connector is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Whether a chat goes on if the request to this connector fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continue_on_failure: Option<bool>,
}

/// The OAuth 2.0 configuration of a connector, as the API gives it.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct ConnectorOAuth {
    /// Where the user authorises.
    pub authorize_url: String,
    /// Where a token is got.
    pub token_url: String,
    /// The OAuth client's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The OAuth client's secret; the API does not return it.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "expose_option")]
    pub client_secret: Option<Secret>,
    /// The scopes to ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// Leaves the secret out.
impl fmt::Debug for ConnectorOAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectorOAuth")
            .field("authorize_url", &self.authorize_url)
            .field("token_url", &self.token_url)
            .field("client_id", &self.client_id)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// The OAuth 2.0 configuration to give a connector. What is not set is left out; [`Nullable::Null`] is sent as null.
///
/// ```
/// use connectors_client::cohere::CreateConnectorOAuth;
///
/// let oauth = CreateConnectorOAuth::new("https://example.com/authorize", "https://example.com/token")
///     .client("my-client", "my-secret")
///     .scope("read");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct CreateConnectorOAuth {
    /// The OAuth client's id.
    #[serde(default, skip_serializing_if = "Nullable::is_unset")]
    pub client_id: Nullable<String>,
    /// The OAuth client's secret.
    #[serde(default, skip_serializing_if = "Nullable::is_unset", serialize_with = "expose_nullable")]
    pub client_secret: Nullable<Secret>,
    /// Where the user authorises.
    #[serde(default, skip_serializing_if = "Nullable::is_unset")]
    pub authorize_url: Nullable<String>,
    /// Where a token is got.
    #[serde(default, skip_serializing_if = "Nullable::is_unset")]
    pub token_url: Nullable<String>,
    /// The scopes to ask for.
    #[serde(default, skip_serializing_if = "Nullable::is_unset")]
    pub scope: Nullable<String>,
}

impl CreateConnectorOAuth {
    /// A configuration with these URLs.
    pub fn new(authorize_url: impl Into<String>, token_url: impl Into<String>) -> Self {
        Self {
            authorize_url: Nullable::Value(authorize_url.into()),
            token_url: Nullable::Value(token_url.into()),
            ..Self::default()
        }
    }

    /// Sets the OAuth client's id and secret.
    pub fn client(mut self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        self.client_id = Nullable::Value(id.into());
        self.client_secret = Nullable::Value(secret.into());
        self
    }

    /// Sets the scopes to ask for.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Nullable::Value(scope.into());
        self
    }
}

/// Leaves the secret out.
impl fmt::Debug for CreateConnectorOAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateConnectorOAuth")
            .field("client_id", &self.client_id)
            .field("authorize_url", &self.authorize_url)
            .field("token_url", &self.token_url)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// The service-to-service authentication to give a connector. `Debug` does not show the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreateConnectorServiceAuth {
    /// How the token is sent.
    pub r#type: AuthTokenType,
    /// The token.
    #[serde(serialize_with = "expose")]
    pub token: Secret,
}

impl CreateConnectorServiceAuth {
    /// A token and how it is sent.
    pub fn new(r#type: AuthTokenType, token: impl Into<Secret>) -> Self {
        Self { r#type, token: token.into() }
    }
}

fn expose<S: serde::Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

fn expose_option<S: serde::Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(serializer)
}

fn expose_nullable<S: serde::Serializer>(
    secret: &Nullable<Secret>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(serializer)
}

/// How the token of a connector is sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum AuthTokenType {
    /// `Authorization: Bearer <token>`
    Bearer,
    /// `Authorization: Basic <token>`
    Basic,
    /// `Authorization: <token>`
    NoScheme,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// Whether the user is authorised for a connector.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ConnectorAuthStatus {
    /// The authorisation is valid.
    Valid,
    /// The authorisation has expired.
    Expired,
    /// A value that is not known here, as it came.
    Unknown(String),
}
