//! The six endpoints of `v1/connectors`.

use super::data::{
    CreateConnectorOAuth, CreateConnectorResponse, CreateConnectorServiceAuth,
    DeleteConnectorResponse, GetConnectorResponse, ListConnectorsResponse, OAuthAuthorizeResponse,
    UpdateConnectorResponse,
};
use crate::{ErrorClass, Nullable, api_client};

/// The connectors of an organisation: the sources that a chat could search.
///
/// Cohere retired connectors on 2025-09-15 and recommends tool use instead.
#[api_client(error = ConnectorsError)]
pub trait Connectors {
    /// Lists the connectors of your organisation.
    #[get("v1/connectors?<limit>&<offset>", paginate(offset))]
    async fn list(
        &self,
        /// Maximum number of connectors to return, from 0 to 100. The server handles other values.
        limit: Option<u32>,
        /// Number of connectors to skip.
        offset: Option<u64>,
    ) -> ListConnectorsResponse;

    /// Creates a connector with a name and the URL that is searched for documents.
    ///
    /// `oauth` and `service_auth` exclude each other: a call with both fails before it is sent.
    #[post("v1/connectors", at_most_one(oauth, service_auth))]
    async fn create(
        &self,
        name: &str,
        url: &str,
        /// A description of the connector.
        description: Nullable<&str>,
        /// Fields to keep out of the prompt. They stay in the document.
        excludes: Nullable<&[&str]>,
        /// OAuth 2.0 configuration. Excludes `service_auth`.
        oauth: Nullable<&CreateConnectorOAuth>,
        /// Activates or deactivates the connector.
        active: Nullable<bool>,
        /// Lets a chat continue if the request to this connector fails.
        continue_on_failure: Nullable<bool>,
        /// Service-to-service authentication. Excludes `oauth`.
        service_auth: Nullable<&CreateConnectorServiceAuth>,
    ) -> CreateConnectorResponse;

    /// Gets a connector.
    #[get("v1/connectors/<id>")]
    async fn get(&self, id: &str) -> GetConnectorResponse;

    /// Deletes a connector.
    #[delete("v1/connectors/<id>")]
    async fn delete(&self, id: &str) -> DeleteConnectorResponse;

    /// Changes the fields of a connector that are set. The API cannot change the description.
    ///
    /// `oauth` and `service_auth` exclude each other: a call with both fails before it is sent.
    #[patch("v1/connectors/<id>", at_most_one(oauth, service_auth))]
    async fn update(
        &self,
        id: &str,
        /// A human-readable name.
        name: Nullable<&str>,
        /// The URL that is searched for documents.
        url: Nullable<&str>,
        /// Fields to keep out of the prompt. They stay in the document.
        excludes: Nullable<&[&str]>,
        /// OAuth 2.0 configuration. Excludes `service_auth`.
        oauth: Nullable<&CreateConnectorOAuth>,
        /// Activates or deactivates the connector.
        active: Nullable<bool>,
        /// Lets a chat continue if the request to this connector fails.
        continue_on_failure: Nullable<bool>,
        /// Service-to-service authentication. Excludes `oauth`.
        service_auth: Nullable<&CreateConnectorServiceAuth>,
    ) -> UpdateConnectorResponse;

    /// Starts the OAuth authorisation of a connector. It returns the URL that the user visits; the
    /// client does not follow it.
    #[doc(alias = "oauth_authorize")]
    #[post("v1/connectors/<id>/oauth/authorize?<after_token_redirect>")]
    async fn o_auth_authorize(
        &self,
        id: &str,
        /// URL to send the user to after the authorisation.
        after_token_redirect: Option<&str>,
    ) -> OAuthAuthorizeResponse;
}

/// The error statuses of the connectors API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorClass)]
#[non_exhaustive]
pub enum ConnectorsError {
    /// 400
    #[status(400)]
    BadRequest,
    /// 401
    #[status(401)]
    Unauthorized,
    /// 403
    #[status(403)]
    Forbidden,
    /// 404
    #[status(404)]
    NotFound,
    /// 407 and 498
    #[status(407, 498)]
    InvalidToken,
    /// 422
    #[status(422)]
    UnprocessableEntity,
    /// 429
    #[status(429)]
    TooManyRequests,
    /// 499
    #[status(499)]
    ClientClosedRequest,
    /// 500
    #[status(500)]
    InternalServerError,
    /// 501
    #[status(501)]
    NotImplemented,
    /// 503
    #[status(503)]
    ServiceUnavailable,
    /// 504
    #[status(504)]
    GatewayTimeout,
    /// Any other error status.
    #[status(other)]
    Api,
}
