//! The endpoints of an OAuth 2.0 server that a program calls itself: tokens, devices, revocation, introspection.
//!
//! Follows RFC 6749 (OAuth 2.0), RFC 7009 (revocation), RFC 7636 (PKCE), RFC 7662 (introspection), RFC 8414 (metadata)
//! and RFC 8628 (devices). The paths are those of the examples in these documents; a server has its own.

use std::time::Duration;

use connectors_client::{ErrorClass, FromResponse, OpenEnum, Secret, api_client};
use serde::{Deserialize, Serialize};

/// The endpoints of an OAuth 2.0 server.
///
/// A client with a secret is authenticated by
/// [`basic_auth`](connectors_client::ClientBuilder::basic_auth), one without by `client_id`.
#[api_client(error = OAuthError)]
pub trait OAuth {
    /// Says what the server can do and where (RFC 8414 section 3).
    #[get(".well-known/oauth-authorization-server", auth = none)]
    async fn metadata(&self) -> Metadata;

    /// A token for the client itself (RFC 6749 section 4.4).
    #[post("token", form, fields(grant_type = "client_credentials"))]
    async fn client_credentials(
        &self,
        /// What the token is for, separated by spaces.
        scope: Option<&str>,
        client_id: Option<&str>,
        /// Where the server takes no basic authentication (RFC 6749 section 2.3.1).
        client_secret: Option<&Secret>,
    ) -> Token;

    /// A token for the code that came with the user's return (RFC 6749 section 4.1.3).
    #[post("token", form, fields(grant_type = "authorization_code"))]
    async fn authorization_code(
        &self,
        code: &Secret,
        /// The one that the user was sent away with.
        redirect_uri: Option<&str>,
        client_id: Option<&str>,
        client_secret: Option<&Secret>,
        /// What the challenge was made from (RFC 7636 section 4.5).
        code_verifier: Option<&Secret>,
    ) -> Token;

    /// A new token in place of one that expires (RFC 6749 section 6).
    #[post("token", form, fields(grant_type = "refresh_token"))]
    async fn refresh(
        &self,
        refresh_token: &Secret,
        scope: Option<&str>,
        client_id: Option<&str>,
        client_secret: Option<&Secret>,
    ) -> Token;

    /// Asks for a code that the user enters on another device (RFC 8628 section 3.1).
    #[post("device_authorization", form)]
    async fn authorize_device(&self, client_id: Option<&str>, scope: Option<&str>) -> DeviceAuthorization;

    /// A token, once the user has entered the code (RFC 8628 section 3.4). [`wait`] asks until then.
    ///
    /// Asking again does no harm: a code that has given its token gives no other.
    #[post(
        "token",
        form,
        fields(grant_type = "urn:ietf:params:oauth:grant-type:device_code"),
        poll,
        idempotent
    )]
    async fn device_token(&self, device_code: &Secret, client_id: Option<&str>) -> DeviceToken;

    /// Takes a token back, and succeeds also where there is none (RFC 7009 section 2.1).
    #[post("revoke", form)]
    async fn revoke(
        &self,
        token: &Secret,
        token_type_hint: Option<TokenTypeHint>,
        client_id: Option<&str>,
        client_secret: Option<&Secret>,
    );

    /// Says what a token is good for (RFC 7662 section 2.1).
    #[post("introspect", form)]
    async fn introspect(&self, token: &Secret, token_type_hint: Option<TokenTypeHint>) -> Introspection;
}

/// Asks for the token of a device until the user has entered the code, has refused, or was too slow: as often as the
/// server wants, which is less often each time that it says so (RFC 8628 section 3.5).
///
/// # Errors
///
/// Those of the calls; a refusal and a code that expired are a [`Refused`](OAuthError::Refused) that says which.
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
        .fails_if(|reply| reply.problem().is_some_and(|problem| !problem.is_not_yet()))
        .until(|reply| matches!(reply, DeviceToken::Granted(_)))
        .await
}

/// The error statuses of an OAuth 2.0 server.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum OAuthError {
    /// 400: the request is wrong, or is refused.
    #[status(400)]
    Refused(Option<Problem>),
    /// 401: the client is not known, or not authenticated.
    #[status(401)]
    InvalidClient(Option<Problem>),
    /// 403: the client may not do that.
    #[status(403)]
    Forbidden(Option<Problem>),
    /// 503: the server cannot do it now.
    #[status(503)]
    Unavailable,
    /// Any other status that is no success.
    #[status(other)]
    Other,
}

/// The body of an error (RFC 6749 section 5.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// What is wrong.
    pub error: ProblemCode,
    /// The same for the developer of the client.
    pub error_description: Option<String>,
    /// Where there is more about it.
    pub error_uri: Option<String>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemCode {
    /// Something is missing, given twice, or unknown.
    InvalidRequest,
    /// The client is not known, or not authenticated.
    InvalidClient,
    /// The code or token is wrong, has expired, or is not the client's.
    InvalidGrant,
    /// The client may not get a token this way.
    UnauthorizedClient,
    /// The server does not know this way.
    UnsupportedGrantType,
    /// The scope is unknown, or more than the user granted.
    InvalidScope,
    /// The server cannot take this kind of token back.
    UnsupportedTokenType,
    /// The user has not entered the code yet.
    AuthorizationPending,
    /// The same, and the client asks too often.
    SlowDown,
    /// The user has refused.
    AccessDenied,
    /// The user was too slow.
    ExpiredToken,
    /// A value that is not known here, as it came.
    Unknown(String),
}

impl ProblemCode {
    /// Whether it is worth asking again.
    fn is_not_yet(&self) -> bool {
        matches!(self, Self::AuthorizationPending | Self::SlowDown)
    }
}

/// A token (RFC 6749 section 5.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Token {
    /// The token.
    pub access_token: Secret,
    /// How it is sent, in any case of letters: `Bearer`.
    pub token_type: String,
    /// For how many seconds it is good.
    pub expires_in: Option<u64>,
    /// What a new one is got by.
    pub refresh_token: Option<Secret>,
    /// What it is for, where that is not what was asked for.
    pub scope: Option<String>,
}

/// What a device and its user have to know (RFC 8628 section 3.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeviceAuthorization {
    /// What the device gets its token by.
    pub device_code: Secret,
    /// What the user enters.
    pub user_code: String,
    /// Where the user enters it.
    pub verification_uri: String,
    /// The same with the code in it.
    pub verification_uri_complete: Option<String>,
    /// For how many seconds the codes are good.
    pub expires_in: u64,
    /// How many seconds to wait between two questions.
    #[serde(default = "five")]
    pub interval: u64,
}

/// What is waited where the server does not say it.
fn five() -> u64 {
    5
}

/// The answer to a device.
#[derive(Clone, Debug, FromResponse)]
pub enum DeviceToken {
    /// The user has entered the code.
    #[status(200)]
    Granted(Token),
    /// The user has not, or will not.
    #[status(400)]
    Refused(Problem),
}

impl DeviceToken {
    /// Why there is no token.
    fn problem(&self) -> Option<&ProblemCode> {
        match self {
            Self::Granted(_) => None,
            Self::Refused(problem) => Some(&problem.error),
        }
    }
}

/// Which kind of token it probably is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenTypeHint {
    /// One that is sent with requests.
    AccessToken,
    /// One that a new one is got by.
    RefreshToken,
}

/// What a token is good for (RFC 7662 section 2.2).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Introspection {
    /// Whether it is good for anything; if not, there is nothing else.
    pub active: bool,
    /// What it is for.
    pub scope: Option<String>,
    /// Whom it was given to.
    pub client_id: Option<String>,
    /// Who granted it, for a person.
    pub username: Option<String>,
    /// How it is sent.
    pub token_type: Option<String>,
    /// When it ends, in seconds since 1970.
    pub exp: Option<i64>,
    /// When it was given, in seconds since 1970.
    pub iat: Option<i64>,
    /// When it begins, in seconds since 1970.
    pub nbf: Option<i64>,
    /// Who granted it.
    pub sub: Option<String>,
    /// What it is for.
    pub aud: Option<Audience>,
    /// Who gave it.
    pub iss: Option<String>,
    /// Its id.
    pub jti: Option<String>,
    /// What the server says beside.
    #[serde(flatten)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// What a token is for: one, or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

/// What a server can do and where (RFC 8414 section 2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Metadata {
    /// Who gives tokens.
    pub issuer: String,
    /// Where users are sent.
    pub authorization_endpoint: Option<String>,
    /// Where tokens are got.
    pub token_endpoint: Option<String>,
    /// How clients are authenticated there.
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// The scopes that there are.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// What users are sent for.
    pub response_types_supported: Vec<String>,
    /// The ways to a token.
    #[serde(default)]
    pub grant_types_supported: Vec<String>,
    /// Where tokens are taken back.
    pub revocation_endpoint: Option<String>,
    /// Where tokens are looked at.
    pub introspection_endpoint: Option<String>,
    /// Where devices ask (RFC 8628 section 4).
    pub device_authorization_endpoint: Option<String>,
    /// How challenges are made (RFC 7636).
    #[serde(default)]
    pub code_challenge_methods_supported: Vec<String>,
}
