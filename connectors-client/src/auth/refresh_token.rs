//! The refresh token grant of OAuth 2.0.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::AuthError;
use super::token_provider::{TokenFuture, TokenProvider, TokenSource, authenticate_by_provider};
use super::token_server::OAuthClient;
use crate::runtime::background;
use crate::{Client, ConfigError, Secret};

/// Tokens of a user who has agreed, by a refresh token of OAuth 2.0 (RFC 6749 section 6). They are
/// kept and renewed as by a [`TokenProvider`].
///
/// Many servers rotate refresh tokens: each renewal returns the next one, and the old one becomes
/// invalid. [`on_rotation`](Self::on_rotation) keeps it for the next start of the program.
///
/// ```
/// use connectors_client::Client;
/// use connectors_client::auth::RefreshToken;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let directory = std::env::temp_dir();
/// # let path = directory.join("connectors-client-refresh-token");
/// # std::fs::write(&path, "r-1")?;
/// let stored = std::fs::read_to_string(&path)?;
/// let grant = RefreshToken::new("https://login.example.com/token", "id", stored)
///     .on_rotation(move |token| {
///         let path = path.clone();
///         async move {
///             if let Err(error) = std::fs::write(&path, token.expose()) {
///                 eprintln!("the refresh token is not stored: {error}");
///             }
///         }
///     });
/// let client = Client::builder("https://api.example.com").auth(grant).build()?;
/// # Ok(())
/// # }
/// ```
pub struct RefreshToken {
    source: Source,
    provider: OnceLock<TokenProvider>,
}

type Hook = Arc<dyn Fn(Secret) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

#[derive(Clone)]
struct Source {
    client: OAuthClient,
    current: Arc<Mutex<Secret>>,
    on_rotation: Option<Hook>,
}

impl RefreshToken {
    /// Asks the token endpoint at this URL, for a client without a secret. The URL is https, as for
    /// [`ClientCredentials`](super::ClientCredentials::new).
    pub fn new(token_url: &str, client_id: &str, refresh_token: impl Into<Secret>) -> Self {
        let source = Source {
            client: OAuthClient::new(token_url, client_id),
            current: Arc::new(Mutex::new(refresh_token.into())),
            on_rotation: None,
        };
        Self { source, provider: OnceLock::new() }
    }

    /// Sets the secret of the program, which is sent by HTTP basic authentication.
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.source.client.secret = Some(secret.into());
        self
    }

    /// Asks for these scopes, separated by spaces. The default is those that the user agreed to.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.source.client.scope = Some(scope.into());
        self
    }

    /// Sends the id and the secret as fields of the form, for servers without basic authentication.
    pub fn credentials_in_body(mut self) -> Self {
        self.source.client.is_in_body = true;
        self
    }

    /// Adds a field to the request, such as `resource` (RFC 8707).
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.source.client.parameters.push((name.into(), value.into()));
        self
    }

    /// Calls a function with each new refresh token, to store it. Calls wait until it has returned,
    /// so a later token cannot overtake it. It runs on a background runtime and may block. It runs
    /// to its end even if the calls are cancelled. If it fails to store the token, the token stays
    /// in use.
    pub fn on_rotation<F, T>(mut self, store: F) -> Self
    where
        F: Fn(Secret) -> T + Send + Sync + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        self.source.on_rotation = Some(Arc::new(move |token| Box::pin(store(token))));
        self
    }

    /// Returns a provider of these tokens, for its settings: timeout and place of the token.
    pub fn into_provider(self) -> TokenProvider {
        TokenProvider::of(self.source)
    }

    fn provider(&self) -> &TokenProvider {
        self.provider.get_or_init(|| TokenProvider::of(self.source.clone()))
    }
}

impl Source {
    fn current(&self) -> MutexGuard<'_, Secret> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the next refresh token, and waits until the caller's function has stored it. It is a
    /// task of its own, which the timeout of the renewal does not stop.
    async fn rotate(&self, next: Secret) -> Result<(), AuthError> {
        self.current().clone_from(&next);
        let Some(hook) = self.on_rotation.clone() else { return Ok(()) };
        let storing = background::spawn_isolated(move || hook(next)).map_err(AuthError::new)?;
        // The token is valid even if the function panicked.
        let _ = storing.await;
        Ok(())
    }
}

impl TokenSource for Source {
    fn token(&self, client: &Client, timeout: Duration) -> TokenFuture {
        let (this, server) = (self.clone(), self.client.server(client, timeout));
        Box::pin(async move {
            let (identity, current) = (this.client.identity()?, this.current().clone());
            let asked = server?
                .refresh(&current)
                .maybe_scope(this.client.scope.as_deref())
                .maybe_client_id(identity.id)
                .maybe_client_secret(identity.secret)
                .maybe_basic(identity.basic.as_ref());
            // A failure keeps the refresh token.
            let mut grant = asked.await?;
            if let Some(next) = grant.refresh_token.take().filter(|next| *next != current) {
                this.rotate(next).await?;
            }
            grant.token()
        })
    }

    fn check(&self, client: &Client) -> Result<(), ConfigError> {
        if self.current().expose().is_empty() {
            return Err(ConfigError::new("the refresh token is empty"));
        }
        self.client.check(client)
    }
}

authenticate_by_provider!(RefreshToken);

/// Shows the id and the scope, never a token or the URL.
impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken")
            .field("client_id", &self.source.client.id)
            .field("scope", &self.source.client.scope)
            .finish_non_exhaustive()
    }
}
