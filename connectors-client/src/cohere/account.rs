//! A Cohere account: its key, and the clients that use it.

use std::fmt;
use std::time::Duration;

use super::chat::{BlockingChatClient, BlockingChatV2Client, ChatClient, ChatV2Client};
use super::connectors::{BlockingConnectorsClient, ConnectorsClient};
use crate::auth::Authenticate;
use crate::{Client, ClientBuilder, ConfigError, RetryPolicy, Secret, Transport};

const BASE_URL: &str = "https://api.cohere.com";

/// Status by which Cohere refuses a token, beside 401.
const INVALID_TOKEN: u16 = 498;

/// A client of Cohere's API. Cheap to clone.
///
/// Clients of your own traits can use the same account:
/// `ModelsClient::new(cohere.client().clone())`.
#[derive(Clone, Debug)]
pub struct Cohere {
    client: Client,
}

impl Cohere {
    /// Reads the key from `CO_API_KEY`, or else from `COHERE_API_KEY`, and the base URL from
    /// `CO_API_URL`. An empty variable counts as missing. The default base URL is
    /// `https://api.cohere.com`.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::builder().build()
    }

    /// Returns a builder for other settings. Unset ones come from the environment, as in
    /// [`from_env`](Self::from_env).
    pub fn builder() -> CohereBuilder {
        CohereBuilder {
            token: None,
            has_scheme: false,
            base_url: None,
            client: Client::builder("").refused_on(INVALID_TOKEN),
        }
    }

    /// Returns a client of the organisation's connectors.
    pub fn connectors(&self) -> ConnectorsClient {
        ConnectorsClient::new(self.client.clone())
    }

    /// Returns a client of the first version of the chat, which searches connectors.
    pub fn chat(&self) -> ChatClient {
        ChatClient::new(self.client().clone())
    }

    /// Returns a client of the second version of the chat.
    pub fn chat_v2(&self) -> ChatV2Client {
        ChatV2Client::new(self.client().clone())
    }

    /// Returns the same account for blocking calls.
    pub fn blocking(&self) -> BlockingCohere {
        BlockingCohere { client: self.client.clone() }
    }

    /// Returns the underlying client, for traits of your own.
    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// A blocking client of Cohere's API. Cheap to clone.
#[derive(Clone, Debug)]
pub struct BlockingCohere {
    client: Client,
}

impl BlockingCohere {
    /// Reads the environment as [`Cohere::from_env`] does.
    pub fn from_env() -> Result<Self, ConfigError> {
        Cohere::from_env().map(|cohere| cohere.blocking())
    }

    /// Returns a client of the organisation's connectors.
    pub fn connectors(&self) -> BlockingConnectorsClient {
        BlockingConnectorsClient::new(self.client.clone())
    }

    /// Returns a client of the first version of the chat, which searches connectors.
    pub fn chat(&self) -> BlockingChatClient {
        BlockingChatClient::new(self.client().clone())
    }

    /// Returns a client of the second version of the chat.
    pub fn chat_v2(&self) -> BlockingChatV2Client {
        BlockingChatV2Client::new(self.client().clone())
    }

    /// Returns the underlying client, for traits of your own.
    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// Sets up a [`Cohere`] account; returned by [`Cohere::builder`]. All other settings of a client
/// are available through [`client`](Self::client).
#[must_use]
pub struct CohereBuilder {
    token: Option<Secret>,
    /// True if a scheme sets the credentials, so that no key is needed.
    has_scheme: bool,
    base_url: Option<String>,
    client: ClientBuilder,
}

impl CohereBuilder {
    /// Sets the key. The default is `CO_API_KEY`, or else `COHERE_API_KEY`. With an empty key no
    /// `Authorization` header is sent, for a proxy that adds it.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Sets the credentials by a scheme instead of a key, for example a
    /// [`TokenProvider`](crate::auth::TokenProvider). They are renewed if the server answers 401 or
    /// 498. The environment is not asked for a key.
    pub fn auth(mut self, scheme: impl Authenticate) -> Self {
        self.has_scheme = true;
        self.client(|client| client.auth(scheme))
    }

    /// Sends the name of your program as `X-Client-Name`. By default the header is not sent.
    pub fn client_name(self, name: &str) -> Self {
        self.client(|client| client.client_name(name))
    }

    /// Sets the base URL. The default is `CO_API_URL`, or else `https://api.cohere.com`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sets the timeout of a whole call. The default is 5 minutes.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.client(|client| client.timeout(timeout))
    }

    /// Sets the maximum number of retries of a call. The default is 2.
    pub fn max_retries(self, retries: u32) -> Self {
        self.client(|client| client.max_retries(retries))
    }

    /// Sets how failed attempts are retried.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.client(|client| client.retry(policy))
    }

    /// Sends through a transport of your own, for example a [`Fake`](crate::Fake).
    pub fn transport(self, transport: impl Transport) -> Self {
        self.client(|client| client.transport(transport))
    }

    /// Changes any other setting of the client.
    pub fn client(mut self, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        self.client = set(self.client);
        self
    }

    /// Builds the account. The error names an invalid or missing setting.
    pub fn build(self) -> Result<Cohere, ConfigError> {
        let from_scheme = self.has_scheme.then(|| Secret::new(""));
        let token = self.token.or(from_scheme).or_else(|| {
            variable("CO_API_KEY").or_else(|| variable("COHERE_API_KEY")).map(Secret::new)
        });
        let Some(token) = token else {
            return Err(ConfigError::new(
                "the key for Cohere is missing: set CO_API_KEY or COHERE_API_KEY, or call `token`",
            ));
        };
        let base_url = self.base_url.or_else(|| variable("CO_API_URL"));
        let base_url = base_url.as_deref().unwrap_or(BASE_URL);
        let client = self.client.base_url(base_url);
        let client = if token.expose().is_empty() { client } else { client.bearer_token(token) };
        client.build().map(|client| Cohere { client })
    }
}

/// Hides the base URL, which may contain credentials until `build` rejects them.
impl fmt::Debug for CohereBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CohereBuilder").field("client", &self.client).finish_non_exhaustive()
    }
}

/// Returns an environment variable. An empty one counts as missing.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
