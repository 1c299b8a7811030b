//! The client credentials grant of OAuth 2.0.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use super::token_provider::{TokenFuture, TokenProvider, TokenSource, authenticate_by_provider};
use super::token_server::OAuthClient;
use crate::{Client, ConfigError, Secret};

/// Tokens for the program itself, by the client credentials grant of OAuth 2.0 (RFC 6749 section
/// 4.4). They are kept and renewed as by a [`TokenProvider`].
///
/// ```
/// use connectors_client::Client;
/// use connectors_client::auth::ClientCredentials;
///
/// let grant = ClientCredentials::new("https://login.example.com/oauth/token", "id", "secret");
/// let client = Client::builder("https://api.example.com")
///     .auth(grant.scope("orders.read orders.write"))
///     .build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
pub struct ClientCredentials {
    client: OAuthClient,
    provider: OnceLock<TokenProvider>,
}

impl ClientCredentials {
    /// Asks the token endpoint at this URL. The id and the secret of the program are sent by HTTP
    /// basic authentication (RFC 6749 section 2.3.1).
    ///
    /// The URL is https. Plain http is accepted only for the host of a base URL that is plain http
    /// on this machine.
    pub fn new(token_url: &str, client_id: &str, client_secret: impl Into<Secret>) -> Self {
        let secret = Some(client_secret.into());
        let client = OAuthClient { secret, ..OAuthClient::new(token_url, client_id) };
        Self { client, provider: OnceLock::new() }
    }

    /// Asks for these scopes, separated by spaces (RFC 6749 section 3.3). By default the server
    /// decides.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.client.scope = Some(scope.into());
        self
    }

    /// Sends the id and the secret as fields of the form, for servers without basic authentication.
    pub fn credentials_in_body(mut self) -> Self {
        self.client.is_in_body = true;
        self
    }

    /// Adds a field to the request, such as `audience` or `resource` (RFC 8707).
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.client.parameters.push((name.into(), value.into()));
        self
    }

    /// Returns a provider of these tokens, for its settings: timeout and place of the token.
    pub fn into_provider(self) -> TokenProvider {
        TokenProvider::of(self.client)
    }

    fn provider(&self) -> &TokenProvider {
        self.provider.get_or_init(|| TokenProvider::of(self.client.clone()))
    }
}

impl TokenSource for OAuthClient {
    fn token(&self, client: &Client, timeout: Duration) -> TokenFuture {
        let (this, server) = (self.clone(), self.server(client, timeout));
        Box::pin(async move {
            let identity = this.identity()?;
            let asked = server?
                .client_credentials()
                .maybe_scope(this.scope.as_deref())
                .maybe_client_id(identity.id)
                .maybe_client_secret(identity.secret)
                .maybe_basic(identity.basic.as_ref());
            asked.await?.token()
        })
    }

    fn check(&self, client: &Client) -> Result<(), ConfigError> {
        Self::check(self, client)
    }
}

authenticate_by_provider!(ClientCredentials);

/// Shows the id and the scope, never the secret or the URL.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("client_id", &self.client.id)
            .field("scope", &self.client.scope)
            .finish_non_exhaustive()
    }
}
