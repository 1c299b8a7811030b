//! The six operations of `v1/connectors`.

use super::data::{
    CreateConnectorOAuth, CreateConnectorResponse, CreateConnectorServiceAuth, DeleteConnectorResponse,
    GetConnectorResponse, ListConnectorsResponse, OAuthAuthorizeResponse, UpdateConnectorResponse,
};
use crate::{ErrorClass, Nullable, api_client};

/// The connectors of an organisation: the sources that a chat could search.
///
/// Cohere retired connectors on 2025-09-15 and points to tool use in their place.
#[api_client(error = ConnectorsError)]
pub trait Connectors {
    /// Lists the connectors of your organisation.
    #[get("v1/connectors?<limit>&<offset>", paginate(offset))]
    async fn list(
        &self,
        /// The most connectors to return. Range: 0 to 100; the server decides what it does with others.
        limit: Option<u32>,
        /// How many connectors to skip before those returned. Range: 0 and up.
        offset: Option<u64>,
    ) -> ListConnectorsResponse;

    /// Registers a connector: its name, and the URL that is searched for documents.
    ///
    /// `oauth` and `service_auth` cannot both be given: the call is then refused before it is sent.
    #[post("v1/connectors", at_most_one(oauth, service_auth))]
    async fn create(
        &self,
        name: &str,
        url: &str,
        /// A description of the connector.
        description: Nullable<&str>,
        /// The fields to keep out of the prompt; they stay in the document.
        excludes: Nullable<&[&str]>,
        /// The OAuth 2.0 configuration. Cannot be given together with `service_auth`.
        oauth: Nullable<&CreateConnectorOAuth>,
        /// Whether the connector is active.
        active: Nullable<bool>,
        /// Whether a chat goes on if the request to this connector fails.
        continue_on_failure: Nullable<bool>,
        /// The service-to-service authentication. Cannot be given together with `oauth`.
        service_auth: Nullable<&CreateConnectorServiceAuth>,
    ) -> CreateConnectorResponse;

    /// Gets a connector.
    #[get("v1/connectors/<id>")]
    async fn get(&self, id: &str) -> GetConnectorResponse;

    /// Deletes a connector.
    #[delete("v1/connectors/<id>")]
    async fn delete(&self, id: &str) -> DeleteConnectorResponse;

    /// Changes a connector: what is set, and nothing else. The API has no way to change the description.
    ///
    /// `oauth` and `service_auth` cannot both be given: the call is then refused before it is sent.
    #[patch("v1/connectors/<id>", at_most_one(oauth, service_auth))]
    async fn update(
        &self,
        id: &str,
        /// A human-readable name.
        name: Nullable<&str>,
        /// The URL that is searched for documents.
        url: Nullable<&str>,
        /// The fields to keep out of the prompt; they stay in the document.
        excludes: Nullable<&[&str]>,
        /// The OAuth 2.0 configuration. Cannot be given together with `service_auth`.
        oauth: Nullable<&CreateConnectorOAuth>,
        /// Whether the connector is active.
        active: Nullable<bool>,
        /// Whether a chat goes on if the request to this connector fails.
        continue_on_failure: Nullable<bool>,
        /// The service-to-service authentication. Cannot be given together with `oauth`.
        service_auth: Nullable<&CreateConnectorServiceAuth>,
    ) -> UpdateConnectorResponse;

    /// Starts the OAuth authorisation of a connector: gives the URL that the user is to visit, as data. Nothing
    /// follows it.
    #[post("v1/connectors/<id>/oauth/authorize?<after_token_redirect>")]
    async fn o_auth_authorize(
        &self,
        id: &str,
        /// Where to send the user after the connector is authorised.
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
    /// Any other status that is no success.
    #[status(other)]
    Api,
}
