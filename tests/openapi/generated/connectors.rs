//! Cohere.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use connectors_client::{
    Client, ClientBuilder, ErrorClass, Nullable, OpenEnum, Secret, api_client, exposed, skip_unset,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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
    ) -> ConnectorResponse;

    /// Gets a connector.
    #[get("<id>")]
    async fn get(&self, id: &str) -> ConnectorResponse;

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
    ) -> ConnectorResponse;

    /// Starts the authorisation of a connector.
    #[post("<id>/oauth/authorize?<after_token_redirect>")]
    async fn o_auth_authorize(
        &self,
        id: &str,
        after_token_redirect: Option<&str>,
    ) -> OAuthAuthorizeResponse;
}

#[skip_unset]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ListConnectorsResponse {
    pub connectors: Vec<Connector>,
    pub total_count: Option<f64>,
}

#[skip_unset]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Connector {
    pub id: String,
    pub name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub organization_id: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub excludes: Option<Vec<String>>,
    pub auth_type: Option<String>,
    pub oauth: Option<ConnectorOAuth>,
    pub auth_status: Option<ConnectorAuthStatus>,
    pub active: Option<bool>,
    pub continue_on_failure: Option<bool>,
}

#[skip_unset]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ConnectorOAuth {
    pub authorize_url: String,
    pub token_url: String,
    pub client_id: Option<String>,
    #[serde(serialize_with = "exposed")]
    pub client_secret: Option<Secret>,
    pub scope: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum ConnectorAuthStatus {
    Valid,
    Expired,
    Unknown(String),
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CreateConnectorOAuth {
    pub client_id: Nullable<String>,
    #[serde(serialize_with = "exposed")]
    pub client_secret: Nullable<Secret>,
    pub authorize_url: Nullable<String>,
    pub token_url: Nullable<String>,
    pub scope: Nullable<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CreateConnectorServiceAuth {
    pub r#type: AuthTokenType,
    #[serde(serialize_with = "exposed")]
    pub token: Secret,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ConnectorResponse {
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

#[skip_unset]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct OAuthAuthorizeResponse {
    pub redirect_url: Option<String>,
}

#[skip_unset]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ErrorBody {
    pub message: Option<String>,
}

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
