//! The data of the connectors API. Fields are named as in its JSON.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ConnectorsClient, authorization_url};
use crate::{Error, ErrorKind, Nullable, OpenEnum, Page, Secret, skip_unset};

/// A page of connectors.
#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Page)]
#[non_exhaustive]
pub struct ListConnectorsResponse {
    /// The connectors.
    #[page(items)]
    pub connectors: Vec<Connector>,
    /// Number of connectors on all pages. The API sends it as a float.
    #[page(total_items)]
    pub total_count: Option<f64>,
}

impl ListConnectorsResponse {
    /// Creates a page of these connectors, for tests.
    pub fn new(connectors: Vec<Connector>) -> Self {
        Self { connectors, total_count: None }
    }
}

/// The created connector.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreateConnectorResponse {
    /// The connector.
    pub connector: Connector,
}

impl CreateConnectorResponse {
    /// Creates a response, for tests.
    pub fn new(connector: Connector) -> Self {
        Self { connector }
    }
}

/// The requested connector.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct GetConnectorResponse {
    /// The connector.
    pub connector: Connector,
}

impl GetConnectorResponse {
    /// Creates a response, for tests.
    pub fn new(connector: Connector) -> Self {
        Self { connector }
    }
}

/// The changed connector.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UpdateConnectorResponse {
    /// The connector.
    pub connector: Connector,
}

impl UpdateConnectorResponse {
    /// Creates a response, for tests.
    pub fn new(connector: Connector) -> Self {
        Self { connector }
    }
}

/// The JSON object that the API returns on deletion. An empty response is an empty map.
pub type DeleteConnectorResponse = serde_json::Map<String, serde_json::Value>;

/// The URL where the user authorises a connector.
#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OAuthAuthorizeResponse {
    /// The URL as the server sent it. It is a secret, since it contains the state of the
    /// authorisation. Nothing here opens or follows it. Prefer
    /// [`authorization_url`](Self::authorization_url), which checks it.
    #[serde(serialize_with = "crate::exposed")]
    pub redirect_url: Option<Secret>,
}

impl OAuthAuthorizeResponse {
    /// Creates a response with this URL, for tests.
    pub fn new(redirect_url: impl Into<Secret>) -> Self {
        Self { redirect_url: Some(redirect_url.into()) }
    }

    /// Returns the URL to send the user to (RFC 6749 section 4.1.1), as a browser reads it: https,
    /// and without user information before its host. Pass it to the browser as one argument and not
    /// through a shell, since it contains characters that are special in a shell. If the API
    /// returns another scheme on purpose, read `redirect_url`.
    ///
    /// # Errors
    /// Of kind [`Decode`](crate::ErrorKind::Decode) if there is no `redirect_url`, or if it is not
    /// absolute, not https (`javascript:`, `file:`, `http:`), or has user information. The error
    /// does not show the URL.
    pub fn authorization_url(&self) -> Result<String, Error> {
        let checked = match &self.redirect_url {
            Some(url) => authorization_url::checked(url.expose())
                .map_err(|problem| format!("`redirect_url` {problem}")),
            None => Err("the response has no `redirect_url`".to_owned()),
        };
        let endpoint = Some(ConnectorsClient::O_AUTH_AUTHORIZE);
        let error =
            |problem| Error::new(ErrorKind::Decode, endpoint, problem).with_attempts(1, true);
        checked.map(String::from).map_err(error)
    }
}

/// A connector.
#[skip_unset]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Connector {
    /// The id.
    pub id: String,
    /// A human-readable name.
    pub name: String,
    /// Time of its creation.
    pub created_at: Timestamp,
    /// Time of its last change.
    pub updated_at: Timestamp,
    /// The organisation that it belongs to.
    pub organization_id: Option<String>,
    /// A description.
    pub description: Option<String>,
    /// The URL that is searched for documents.
    pub url: Option<String>,
    /// Fields that are kept out of the prompt.
    pub excludes: Option<Vec<String>>,
    /// Kind of its authentication: `oauth` or `service_auth`.
    pub auth_type: Option<String>,
    /// The OAuth 2.0 configuration.
    pub oauth: Option<ConnectorOAuth>,
    /// Authorisation of the user. It is absent or empty if the user has not been authorised yet.
    pub auth_status: Option<ConnectorAuthStatus>,
    /// True if the connector is active.
    pub active: Option<bool>,
    /// True if a chat continues after the request to this connector fails.
    pub continue_on_failure: Option<bool>,
}

impl Connector {
    /// Creates a connector without optional fields, for tests.
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        created_at: Timestamp,
        updated_at: Timestamp,
    ) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            created_at,
            updated_at,
            organization_id: None,
            description: None,
            url: None,
            excludes: None,
            auth_type: None,
            oauth: None,
            auth_status: None,
            active: None,
            continue_on_failure: None,
        }
    }
}

/// The OAuth 2.0 configuration of a connector, as the API returns it.
#[skip_unset]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ConnectorOAuth {
    /// URL at which the user authorises.
    pub authorize_url: String,
    /// URL at which a token is requested.
    pub token_url: String,
    /// The OAuth client's id.
    pub client_id: Option<String>,
    /// The OAuth client's secret. The API does not return it.
    #[serde(serialize_with = "crate::exposed")]
    pub client_secret: Option<Secret>,
    /// Scopes to request.
    pub scope: Option<String>,
}

impl ConnectorOAuth {
    /// Creates a configuration with these URLs, for tests.
    pub fn new(authorize_url: impl Into<String>, token_url: impl Into<String>) -> Self {
        Self {
            authorize_url: authorize_url.into(),
            token_url: token_url.into(),
            client_id: None,
            client_secret: None,
            scope: None,
        }
    }
}

/// The OAuth 2.0 configuration of a connector, to send to the API. An unset field is left out;
/// [`Nullable::Null`] is sent as null.
///
/// ```
/// use connectors_client::cohere::CreateConnectorOAuth;
///
/// let oauth = CreateConnectorOAuth::new("https://example.com/authorize", "https://example.com/token")
///     .client("my-client", "my-secret")
///     .scope("read");
/// ```
#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreateConnectorOAuth {
    /// The OAuth client's id.
    pub client_id: Nullable<String>,
    /// The OAuth client's secret.
    #[serde(serialize_with = "crate::exposed")]
    pub client_secret: Nullable<Secret>,
    /// URL at which the user authorises.
    pub authorize_url: Nullable<String>,
    /// URL at which a token is requested.
    pub token_url: Nullable<String>,
    /// Scopes to request.
    pub scope: Nullable<String>,
}

impl CreateConnectorOAuth {
    /// Creates a configuration with these URLs.
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

    /// Sets the scopes to request.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Nullable::Value(scope.into());
        self
    }
}

/// The service-to-service authentication of a connector, to send to the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CreateConnectorServiceAuth {
    /// The form in which the token is sent.
    pub r#type: AuthTokenType,
    /// The token.
    #[serde(serialize_with = "crate::exposed")]
    pub token: Secret,
}

impl CreateConnectorServiceAuth {
    /// Creates an authentication with this token.
    pub fn new(r#type: AuthTokenType, token: impl Into<Secret>) -> Self {
        Self { r#type, token: token.into() }
    }
}

/// The form in which the token of a connector is sent.
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
    /// Any other value, unchanged.
    Unknown(String),
}

/// The user's authorisation for a connector.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ConnectorAuthStatus {
    /// The authorisation is valid.
    Valid,
    /// The authorisation has expired.
    Expired,
    /// Any other value, unchanged.
    Unknown(String),
}
