//! The token endpoint of OAuth 2.0.

use std::time::Duration;

use serde::Deserialize;
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::{AccessToken, AuthError};
use crate::client::secret::basic;
use crate::{Client, ConfigError, RequestOptions, Secret, api_client};

/// The token endpoint (RFC 6749 section 3.2). Its URL is the base URL of the client.
#[api_client]
pub(super) trait TokenServer {
    /// Asks for a token for the program itself (RFC 6749 section 4.4.2). Two tokens do no harm.
    #[post("", form, fields(grant_type = "client_credentials"), idempotent)]
    async fn client_credentials(
        &self,
        scope: Option<&str>,
        client_id: Option<&str>,
        client_secret: Option<&Secret>,
        #[header("Authorization")] basic: Option<&Secret>,
    ) -> Grant;

    /// Exchanges a refresh token (RFC 6749 section 6). A server that rotates refresh tokens takes
    /// each once, so a request that it may have executed is not sent again.
    #[post("", form, fields(grant_type = "refresh_token"))]
    async fn refresh(
        &self,
        refresh_token: &Secret,
        scope: Option<&str>,
        client_id: Option<&str>,
        client_secret: Option<&Secret>,
        #[header("Authorization")] basic: Option<&Secret>,
    ) -> Grant;
}

/// The response to a grant (RFC 6749 section 5.1).
#[derive(Debug, Deserialize)]
pub(super) struct Grant {
    access_token: Secret,
    token_type: Option<String>,
    expires_in: Option<Seconds>,
    pub(super) refresh_token: Option<Secret>,
}

/// A number of seconds. Some servers send it as text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(f64),
    Text(String),
}

impl Seconds {
    fn duration(&self) -> Option<Duration> {
        let seconds = match self {
            Self::Number(seconds) => Some(*seconds),
            Self::Text(text) => text.trim().parse().ok(),
        };
        Duration::try_from_secs_f64(seconds?).ok()
    }
}

impl Grant {
    /// Returns the token. A type that is unknown must not be used (RFC 6749 section 7.1).
    pub(super) fn token(self) -> Result<AccessToken, AuthError> {
        let kind = self.token_type.unwrap_or_else(|| "bearer".to_owned());
        if !kind.eq_ignore_ascii_case("bearer") {
            return Err(AuthError::new(
                "the token server issued a token that is not a bearer token",
            ));
        }
        let token = AccessToken::new(self.access_token);
        Ok(match self.expires_in.as_ref().and_then(Seconds::duration) {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        })
    }
}

/// A client that asks for tokens, and the way it authenticates itself (RFC 6749 section 2.3).
#[derive(Clone)]
pub(super) struct OAuthClient {
    pub(super) token_url: String,
    pub(super) id: String,
    /// Empty for a client without a secret.
    pub(super) secret: Option<Secret>,
    pub(super) scope: Option<String>,
    /// True if id and secret are fields of the form.
    pub(super) is_in_body: bool,
    pub(super) parameters: Vec<(String, String)>,
}

/// The id and the secret in their places.
pub(super) struct Identity<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) secret: Option<&'a Secret>,
    pub(super) basic: Option<Secret>,
}

impl OAuthClient {
    pub(super) fn new(token_url: &str, id: &str) -> Self {
        Self {
            token_url: token_url.to_owned(),
            id: id.to_owned(),
            secret: None,
            scope: None,
            is_in_body: false,
            parameters: Vec::new(),
        }
    }

    /// Returns the id and the secret in their places. A client without a secret only names itself.
    pub(super) fn identity(&self) -> Result<Identity<'_>, ConfigError> {
        let secret = self.secret.as_ref();
        let Some(own) = secret.filter(|_| !self.is_in_body) else {
            return Ok(Identity { id: Some(&self.id), secret, basic: None });
        };
        // Both are encoded as in a form (RFC 6749 section 2.3.1).
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let value = basic(&encoded(&self.id), &Secret::new(encoded(own.expose())))?;
        // Base64 is text.
        let value = Secret::new(String::from_utf8_lossy(value.as_bytes()));
        Ok(Identity { id: None, secret: None, basic: Some(value) })
    }

    /// Returns the client of the token endpoint, over the transport of another one.
    pub(super) fn server(
        &self,
        client: &Client,
        timeout: Duration,
    ) -> Result<TokenServerClient, ConfigError> {
        let (url, query) = match Url::parse(self.token_url.trim()) {
            Ok(mut url) if url.query().is_some() => {
                let pairs = url.query_pairs().into_owned().collect();
                url.set_query(None);
                (url.to_string(), pairs)
            }
            _ => (self.token_url.clone(), Vec::<(String, String)>::new()),
        };
        let options = RequestOptions::new();
        let options =
            query.iter().fold(options, |options, (name, value)| options.query(name, value));
        let options = self
            .parameters
            .iter()
            .fold(options, |options, (name, value)| options.body_field(name, value));
        let client = client.for_tokens(&url, timeout)?.with_options(options);
        Ok(TokenServerClient::new(client))
    }

    pub(super) fn check(&self, client: &Client) -> Result<(), ConfigError> {
        if self.id.is_empty() {
            return Err(ConfigError::new("the id of the OAuth client is empty"));
        }
        self.identity()?;
        self.server(client, Duration::ZERO).map(drop)
    }
}
