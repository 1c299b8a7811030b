//! Cohere.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use connectors_client::{
    Client, ClientBuilder, ErrorClass, Nullable, OpenEnum, Secret, api_client,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// Base URL of the API.
pub const BASE_URL: &str = "https://api.cohere.com";

/// Returns the settings of a client that sends this token.
pub fn builder(base_url: impl AsRef<str>, token: impl Into<Secret>) -> ClientBuilder {
    Client::builder(base_url).bearer_token(token)
}

#[api_client(prefix = "v1/connectors", error = CohereError)]
pub trait Connectors {
    /// Lists the connectors of an organisation.
    #[get("?<limit>&<offset>")]
    async fn list(
        &self,
        /// Maximum number of connectors.
        limit: Option<u32>,
        /// Number of connectors to skip.
        offset: Option<u64>,
    ) -> ListConnectorsResponse;

    /// Creates a connector.
    #[post("")]
    async fn create(
        &self,
        name: &str,
        url: &str,
        description: Nullable<&str>,
        excludes: Nullable<&[&str]>,
        oauth: Nullable<&CreateConnectorOAuth>,
        active: Nullable<bool>,
        continue_on_failure: Nullable<bool>,
        service_auth: Nullable<&CreateConnectorServiceAuth>,
    ) -> CreateConnectorResponse;

    /// Gets a connector.
    #[get("<id>")]
    async fn get(&self, id: &str) -> GetConnectorResponse;

    /// Deletes a connector.
    #[delete("<id>")]
    async fn delete(&self, id: &str) -> Map<String, Value>;

    /// Changes a connector.
    #[patch("<id>")]
    async fn update(
        &self,
        id: &str,
        name: Nullable<&str>,
        url: Nullable<&str>,
        excludes: Nullable<&[&str]>,
        oauth: Nullable<&CreateConnectorOAuth>,
        active: Nullable<bool>,
        continue_on_failure: Nullable<bool>,
        service_auth: Nullable<&CreateConnectorServiceAuth>,
    ) -> UpdateConnectorResponse;

    /// Starts the authorisation of a connector.
    #[post("<id>/oauth/authorize?<after_token_redirect>")]
    async fn o_auth_authorize(
        &self,
        id: &str,
        after_token_redirect: Option<&str>,
    ) -> OAuthAuthorizeResponse;
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ListConnectorsResponse {
    pub connectors: Vec<Connector>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Connector {
    pub id: String,
    pub name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excludes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth: Option<ConnectorOAuth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_status: Option<ConnectorAuthStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continue_on_failure: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ConnectorOAuth {
    pub authorize_url: String,
    pub token_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "exposed_if_set"
    )]
    pub client_secret: Option<Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum ConnectorAuthStatus {
    Valid,
    Expired,
    Unknown(String),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CreateConnectorOAuth {
    #[serde(skip_serializing_if = "Nullable::is_unset")]
    pub client_id: Nullable<String>,
    #[serde(
        skip_serializing_if = "Nullable::is_unset",
        serialize_with = "exposed_or_null"
    )]
    pub client_secret: Nullable<Secret>,
    #[serde(skip_serializing_if = "Nullable::is_unset")]
    pub authorize_url: Nullable<String>,
    #[serde(skip_serializing_if = "Nullable::is_unset")]
    pub token_url: Nullable<String>,
    #[serde(skip_serializing_if = "Nullable::is_unset")]
    pub scope: Nullable<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CreateConnectorServiceAuth {
    pub r#type: AuthTokenType,
    #[serde(serialize_with = "exposed")]
    pub token: Secret,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct CreateConnectorResponse {
    pub connector: Connector,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum AuthTokenType {
    Bearer,
    Basic,
    Noscheme,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct GetConnectorResponse {
    pub connector: Connector,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct UpdateConnectorResponse {
    pub connector: Connector,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct OAuthAuthorizeResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ErrorBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Error statuses.
#[derive(Clone, Debug, PartialEq, ErrorClass)]
pub enum CohereError {
    #[status(400)]
    BadRequest(Option<ErrorBody>),
    #[status(401)]
    Unauthorized(Option<ErrorBody>),
    #[status(403)]
    Forbidden(Option<ErrorBody>),
    #[status(404)]
    NotFound(Option<ErrorBody>),
    #[status(407)]
    ProxyAuthenticationRequired(Option<ErrorBody>),
    #[status(422)]
    UnprocessableEntity(Option<ErrorBody>),
    #[status(429)]
    TooManyRequests(Option<ErrorBody>),
    #[status(498)]
    InvalidToken(Option<ErrorBody>),
    #[status(499)]
    ClientClosedRequest(Option<ErrorBody>),
    #[status(500)]
    InternalServerError(Option<ErrorBody>),
    #[status(501)]
    NotImplemented(Option<ErrorBody>),
    #[status(503)]
    ServiceUnavailable(Option<ErrorBody>),
    #[status(504)]
    GatewayTimeout(Option<ErrorBody>),
    #[status(other)]
    Other,
}

/// Writes a secret into a request.
fn exposed<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret.expose())
}

/// Writes a secret into a request, if there is one.
fn exposed_if_set<'a, S: Serializer>(
    secret: impl Into<Option<&'a Secret>>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match secret.into() {
        Some(secret) => to.serialize_str(secret.expose()),
        None => to.serialize_none(),
    }
}

/// Writes a secret or a null into a request.
fn exposed_or_null<S: Serializer>(secret: &Nullable<Secret>, to: S) -> Result<S::Ok, S::Error> {
    match secret {
        Nullable::Value(secret) => to.serialize_str(secret.expose()),
        _ => to.serialize_none(),
    }
}
