//! Endpoints of an OAuth 2.0 server that a program calls itself: tokens, devices, revocation,
//! introspection.
//!
//! Follows RFC 6749 (OAuth 2.0), RFC 7009 (revocation), RFC 7636 (PKCE), RFC 7662 (introspection),
//! RFC 8414 (metadata) and RFC 8628 (devices). The paths are those of the examples in these
//! documents. Real servers have their own.

use std::time::Duration;

use connectors_client::{ErrorClass, FromResponse, OpenEnum, Secret, api_client};
use serde::{Deserialize, Serialize};

/// Endpoints of an OAuth 2.0 server.
///
/// A client with a secret authenticates by
/// [`basic_auth`](connectors_client::ClientBuilder::basic_auth), and one without by `client_id`.
#[api_client(error = OAuthError)]
pub trait OAuth {
    /// Gets the server's metadata (RFC 8414 section 3).
    #[get(".well-known/oauth-authorization-server", auth = none)]
    async fn metadata(&self) -> Metadata;

    /// Gets a token for the client itself (RFC 6749 section 4.4).
    #[post("token", form, fields(grant_type = "client_credentials"))]
    async fn client_credentials(
        &self,
        /// Scopes of the token, separated by spaces.
        scope: Option<&str>,
        client_id: Option<&str>,
        /// Secret for servers without basic authentication (RFC 6749 section 2.3.1).
        client_secret: Option<&Secret>,
    ) -> Token;

    /// Exchanges the authorization code of a returning user for a token (RFC 6749 section 4.1.3).
    #[post("token", form, fields(grant_type = "authorization_code"))]
    async fn authorization_code(
        &self,
        code: &Secret,
        /// The redirect URI of the authorization request.
        redirect_uri: Option<&str>,
        client_id: Option<&str>,
        client_secret: Option<&Secret>,
        /// The verifier of the code challenge (RFC 7636 section 4.5).
        code_verifier: Option<&Secret>,
    ) -> Token;

    /// Exchanges a refresh token for a new token (RFC 6749 section 6).
    #[post("token", form, fields(grant_type = "refresh_token"))]
    async fn refresh(
        &self,
        refresh_token: &Secret,
        scope: Option<&str>,
        client_id: Option<&str>,
        client_secret: Option<&Secret>,
    ) -> Token;

    /// Gets a code that the user enters on another device (RFC 8628 section 3.1).
    #[post("device_authorization", form)]
    async fn authorize_device(
        &self,
        client_id: Option<&str>,
        scope: Option<&str>,
    ) -> DeviceAuthorization;

    /// Gets the token of a device after the user has entered the code (RFC 8628 section 3.4).
    /// [`wait`] polls until then.
    ///
    /// A retry is harmless, because a used code returns no other token.
    #[post(
        "token",
        form,
        fields(grant_type = "urn:ietf:params:oauth:grant-type:device_code"),
        poll,
        idempotent
    )]
    async fn device_token(&self, device_code: &Secret, client_id: Option<&str>) -> DeviceToken;

    /// Revokes a token. It succeeds for an unknown token too (RFC 7009 section 2.1).
    #[post("revoke", form)]
    async fn revoke(
        &self,
        token: &Secret,
        token_type_hint: Option<TokenTypeHint>,
        client_id: Option<&str>,
        client_secret: Option<&Secret>,
    );

    /// Introspects a token (RFC 7662 section 2.1).
    #[post("introspect", form)]
    async fn introspect(
        &self,
        token: &Secret,
        token_type_hint: Option<TokenTypeHint>,
    ) -> Introspection;
}

/// Polls for the token of a device until the user has entered the code, has refused or was too
/// slow. The server sets the interval and can make it longer (RFC 8628 section 3.5).
///
/// # Errors
///
/// Returns the errors of the calls. A refusal or an expired code is a
/// [`Refused`](OAuthError::Refused) with its code.
pub async fn wait(
    oauth: &OAuthClient,
    device: &DeviceAuthorization,
    client_id: Option<&str>,
) -> Result<DeviceToken, connectors_client::Error> {
    oauth
        .device_token(&device.device_code)
        .maybe_client_id(client_id)
        .poll()
        .every(Duration::from_secs(device.interval))
        .timeout(Duration::from_secs(device.expires_in))
        .pace(|reply, before| match reply.problem() {
            Some(ProblemCode::SlowDown) => before + Duration::from_secs(5),
            _ => before,
        })
        .failed_when(|reply| reply.problem().is_some_and(|problem| !problem.is_not_yet()))
        .done_when(|reply| matches!(reply, DeviceToken::Granted(_)))
        .await
}

/// Error statuses of an OAuth 2.0 server.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum OAuthError {
    /// 400: an invalid or refused request.
    #[status(400)]
    Refused(Option<Problem>),
    /// 401: the client is unknown or not authenticated.
    #[status(401)]
    InvalidClient(Option<Problem>),
    /// 403: the client lacks the permission.
    #[status(403)]
    Forbidden(Option<Problem>),
    /// 503: the server is temporarily unavailable.
    #[status(503)]
    Unavailable,
    /// Any other status that is not a success.
    #[status(other)]
    Other,
}

/// The body of an error (RFC 6749 section 5.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// Error code.
    pub error: ProblemCode,
    /// Description for the developer of the client.
    pub error_description: Option<String>,
    /// URL of the documentation.
    pub error_uri: Option<String>,
}

/// Error code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemCode {
    /// A parameter is missing, duplicated or unknown.
    InvalidRequest,
    /// The client is unknown or not authenticated.
    InvalidClient,
    /// The code or token is invalid, has expired or belongs to another client.
    InvalidGrant,
    /// The client may not use this grant type.
    UnauthorizedClient,
    /// The server does not support this grant type.
    UnsupportedGrantType,
    /// The scope is unknown or exceeds the user's grant.
    InvalidScope,
    /// The server cannot revoke this type of token.
    UnsupportedTokenType,
    /// The user has not entered the code yet.
    AuthorizationPending,
    /// The user has not entered the code yet, and the client polls too often.
    SlowDown,
    /// The user has refused.
    AccessDenied,
    /// The user was too slow.
    ExpiredToken,
    /// An unknown value, as received.
    Unknown(String),
}

impl ProblemCode {
    /// Returns true if the client should poll again.
    fn is_not_yet(&self) -> bool {
        matches!(self, Self::AuthorizationPending | Self::SlowDown)
    }
}

/// A token (RFC 6749 section 5.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Token {
    /// The token.
    pub access_token: Secret,
    /// Token type, in any case: `Bearer`.
    pub token_type: String,
    /// Lifetime in seconds.
    pub expires_in: Option<u64>,
    /// Refresh token.
    pub refresh_token: Option<Secret>,
    /// Scopes, if they differ from the requested ones.
    pub scope: Option<String>,
}

/// Codes and URLs for a device and its user (RFC 8628 section 3.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeviceAuthorization {
    /// Code with which the device gets its token.
    pub device_code: Secret,
    /// Code that the user enters.
    pub user_code: String,
    /// URL at which the user enters it.
    pub verification_uri: String,
    /// URL that includes the code.
    pub verification_uri_complete: Option<String>,
    /// Lifetime of the codes in seconds.
    pub expires_in: u64,
    /// Seconds to wait between two polls.
    #[serde(default = "five")]
    pub interval: u64,
}

/// Returns the default interval.
fn five() -> u64 {
    5
}

/// Result of a device's poll.
#[derive(Clone, Debug, FromResponse)]
pub enum DeviceToken {
    /// The user has entered the code.
    #[status(200)]
    Granted(Token),
    /// The user has not entered the code yet, or refused.
    #[status(400)]
    Refused(Problem),
}

impl DeviceToken {
    /// Returns the error code if there is no token.
    fn problem(&self) -> Option<&ProblemCode> {
        match self {
            Self::Granted(_) => None,
            Self::Refused(problem) => Some(&problem.error),
        }
    }
}

/// Probable type of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenTypeHint {
    /// A token that is sent with requests.
    AccessToken,
    /// A refresh token.
    RefreshToken,
}

/// State of a token (RFC 7662 section 2.2).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Introspection {
    /// True if the token is valid. If not, all other fields are absent.
    pub active: bool,
    /// Scopes.
    pub scope: Option<String>,
    /// Client that received it.
    pub client_id: Option<String>,
    /// User who granted it, for people.
    pub username: Option<String>,
    /// Token type.
    pub token_type: Option<String>,
    /// Expiry in seconds since 1970.
    pub exp: Option<i64>,
    /// Issue time in seconds since 1970.
    pub iat: Option<i64>,
    /// Start of validity in seconds since 1970.
    pub nbf: Option<i64>,
    /// User who granted it.
    pub sub: Option<String>,
    /// Audience.
    pub aud: Option<Audience>,
    /// Issuer.
    pub iss: Option<String>,
    /// Its id.
    pub jti: Option<String>,
    /// Other fields of the server.
    #[serde(flatten)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// Audience of a token: one or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// One audience.
    One(String),
    /// Several audiences.
    Several(Vec<String>),
}

/// Metadata of a server (RFC 8414 section 2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Metadata {
    /// Issuer of tokens.
    pub issuer: String,
    /// URL of the authorization page.
    pub authorization_endpoint: Option<String>,
    /// URL of the token endpoint.
    pub token_endpoint: Option<String>,
    /// Authentication methods of clients there.
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// Supported scopes.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// Supported response types.
    pub response_types_supported: Vec<String>,
    /// Supported grant types.
    #[serde(default)]
    pub grant_types_supported: Vec<String>,
    /// URL of the revocation endpoint.
    pub revocation_endpoint: Option<String>,
    /// URL of the introspection endpoint.
    pub introspection_endpoint: Option<String>,
    /// URL of the device endpoint (RFC 8628 section 4).
    pub device_authorization_endpoint: Option<String>,
    /// Methods of code challenges (RFC 7636).
    #[serde(default)]
    pub code_challenge_methods_supported: Vec<String>,
}
