//! An account at Cohere: the key, and the clients that use it.

use std::fmt;
use std::time::Duration;

use super::chat::{BlockingChatClient, BlockingChatV2Client, ChatClient, ChatV2Client};
use super::connectors::{BlockingConnectorsClient, ConnectorsClient};
use crate::{Client, ClientBuilder, ConfigError, RetryPolicy, Secret, Transport};

const BASE_URL: &str = "https://api.cohere.com";

/// A client of Cohere's API. Cheap to clone.
///
/// Clients of your own traits open on the same account: `ModelsClient::new(cohere.client().clone())`.
#[derive(Clone, Debug)]
pub struct Cohere {
    client: Client,
}

impl Cohere {
    /// Takes the key from `CO_API_KEY`, else from `COHERE_API_KEY`, and the base URL from `CO_API_URL`; an empty
    /// variable counts as missing. The default base URL is `https://api.cohere.com`.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::builder().build()
    }

    /// Starts an account with settings of its own. What is not set comes from the environment, as in
    /// [`from_env`](Self::from_env).
    pub fn builder() -> CohereBuilder {
        CohereBuilder { token: None, base_url: None, client: Client::builder("") }
    }

    /// The connectors of the organisation.
    pub fn connectors(&self) -> ConnectorsClient {
        ConnectorsClient::new(self.client.clone())
    }

    /// The chat of the first version, which searches connectors.
    pub fn chat(&self) -> ChatClient {
        ChatClient::new(self.client().clone())
    }

    /// The chat of the second version.
    pub fn chat_v2(&self) -> ChatV2Client {
        ChatV2Client::new(self.client().clone())
    }

    /// The same account for blocking calls.
    pub fn blocking(&self) -> BlockingCohere {
        BlockingCohere { client: self.client.clone() }
    }

    /// The client under it, for traits of your own.
    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// A client of Cohere's API whose calls block. Cheap to clone.
#[derive(Clone, Debug)]
pub struct BlockingCohere {
    client: Client,
}

impl BlockingCohere {
    /// As [`Cohere::from_env`].
    pub fn from_env() -> Result<Self, ConfigError> {
        Cohere::from_env().map(|cohere| cohere.blocking())
    }

    /// The connectors of the organisation.
    pub fn connectors(&self) -> BlockingConnectorsClient {
        BlockingConnectorsClient::new(self.client.clone())
    }

    /// The chat of the first version, which searches connectors.
    pub fn chat(&self) -> BlockingChatClient {
        BlockingChatClient::new(self.client().clone())
    }

    /// The chat of the second version.
    pub fn chat_v2(&self) -> BlockingChatV2Client {
        BlockingChatV2Client::new(self.client().clone())
    }

    /// The client under it, for traits of your own.
    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// Sets up a [`Cohere`] account; from [`Cohere::builder`]. What has no setting here is set by
/// [`client`](Self::client).
#[must_use]
pub struct CohereBuilder {
    token: Option<Secret>,
    base_url: Option<String>,
    client: ClientBuilder,
}

impl CohereBuilder {
    /// Sets the key. The default is `CO_API_KEY`, else `COHERE_API_KEY`. An empty one sends no `Authorization` at all,
    /// for a proxy that adds it.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Sends the name of your program as `X-Client-Name`. By default there is none.
    pub fn client_name(self, name: &str) -> Self {
        self.client(|client| client.client_name(name))
    }

    /// Sets the base URL. The default is `CO_API_URL`, else `https://api.cohere.com`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Limits the whole call. The default is 5 minutes.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.client(|client| client.timeout(timeout))
    }

    /// Sets how often a call is repeated at the most. The default is 2.
    pub fn max_retries(self, retries: u32) -> Self {
        self.client(|client| client.max_retries(retries))
    }

    /// Sets how failed attempts are repeated.
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

    /// Builds the account, or says which setting is wrong or missing.
    pub fn build(self) -> Result<Cohere, ConfigError> {
        let token = self
            .token
            .or_else(|| variable("CO_API_KEY").or_else(|| variable("COHERE_API_KEY")).map(Secret::new));
        let Some(token) = token else {
            return Err(ConfigError::new(
                "there is no key for Cohere: set CO_API_KEY or COHERE_API_KEY, or give one by `token`",
            ));
        };
        let base_url = self.base_url.or_else(|| variable("CO_API_URL"));
        let base_url = base_url.as_deref().unwrap_or(BASE_URL);
        let client = self.client.base_url(base_url);
        let client = if token.expose().is_empty() { client } else { client.bearer_token(token) };
        client.build().map(|client| Cohere { client })
    }
}

/// Leaves the base URL out, which may hold credentials until `build` refuses them.
impl fmt::Debug for CohereBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CohereBuilder").field("client", &self.client).finish_non_exhaustive()
    }
}

/// A variable of the environment; an empty one counts as missing.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
