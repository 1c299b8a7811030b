//! Clients that share everything with another one but its credentials.

use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderName, HeaderValue};
use url::Url;

use super::authenticate::Authenticate;
use super::authenticate::fixed::bearer;
use super::base_url::BaseUrl;
use super::request_options::RequestOptions;
use super::secret::Secret;
use super::{Client, Shared};
use crate::endpoint::call_settings::{CallSettings, Compression};
use crate::error::ConfigError;
use crate::error::secrets::Secrets;
use crate::retry::budget::RetryBudget;

impl Client {
    /// Returns a client that sends `Authorization: Bearer <token>` and none of the credentials of
    /// this one. It is cheap to make, for programs that call for many users.
    ///
    /// Connections, limits, settings and the retry budget are shared. No credentials are shared:
    /// neither [`auth`](crate::ClientBuilder::auth), nor the schemes of other names, nor a header
    /// with a secret, not even one of [`with_options`](Self::with_options). Renewals and the secrets
    /// that errors mask are not shared either.
    ///
    /// If the token cannot be sent, the call fails before anything is sent.
    ///
    /// ```
    /// use connectors_client::Client;
    /// use connectors_client::cohere::ConnectorsClient;
    ///
    /// # fn handler(client: &Client, user_token: &str) {
    /// let connectors = ConnectorsClient::new(client.with_token(user_token));
    /// # }
    /// ```
    pub fn with_token(&self, token: impl Into<Secret>) -> Self {
        let token = token.into();
        match token.header_value("token", "Bearer ") {
            Ok(value) => self.view(Some((AUTHORIZATION, value)), None),
            // The scheme reports the mistake when a call is made.
            Err(_) => self.with_auth(bearer(token)),
        }
    }

    /// Returns a client with credentials of its own, like [`with_token`](Self::with_token), by any
    /// scheme.
    pub fn with_auth(&self, scheme: impl Authenticate) -> Self {
        self.view(None, Some(Arc::new(scheme)))
    }

    fn view(
        &self,
        header: Option<(HeaderName, HeaderValue)>,
        scheme: Option<Arc<dyn Authenticate>>,
    ) -> Self {
        let headers = self.shared.headers.iter().filter(|(_, value)| !value.is_sensitive());
        let schemes = self.shared.schemes.as_deref().cloned().unwrap_or_default();
        let defaults = self.defaults.as_deref().map(RequestOptions::without_credentials);
        Self {
            shared: Arc::new(Shared {
                secrets: Secrets::of_headers(header.iter().map(|(_, value)| value)),
                headers: headers.cloned().chain(header).collect(),
                schemes: schemes.with(scheme).shared(),
                ..Shared::clone(&self.shared)
            }),
            defaults: defaults.map(Arc::new),
        }
    }

    /// Returns the client of a token server: over the same transport, with the same limits of
    /// sizes and retries, but without credentials, limits of calls or anything else of this one.
    pub(crate) fn for_tokens(&self, url: &str, timeout: Duration) -> Result<Self, ConfigError> {
        let shared = &self.shared;
        let base = shared.base.for_tokens(url)?;
        let agent = shared.headers.iter().filter(|(name, _)| *name == USER_AGENT);
        let shared = Shared {
            base,
            secrets: Secrets::default(),
            headers: agent.cloned().collect(),
            transport: shared.transport.clone(),
            retry: shared.retry.clone(),
            retry_budget: Arc::new(RetryBudget::full()),
            settings: CallSettings { timeout, compress: Compression::None, ..shared.settings },
            #[cfg(feature = "compression")]
            compress_from: shared.compress_from,
            limits: None,
            clock: shared.clock.clone(),
            observation: Arc::default(),
            needs_runtime: shared.needs_runtime,
            schemes: None,
        };
        Ok(Self { shared: Arc::new(shared), defaults: None })
    }
}

impl BaseUrl {
    /// Parses the URL of a token server that is reached by the transport of this base URL. Plain
    /// http to this machine is accepted only for the host of a base URL that is plain http too,
    /// since only that host is known to be reached without a proxy.
    fn for_tokens(&self, url: &str) -> Result<Self, ConfigError> {
        let is_http = self.url().scheme() == "http";
        let is_allowed = is_http && self.may_carry_secrets() && !self.is_loopback();
        let is_here =
            |url: &Url| is_http && self.is_loopback() && url.host_str() == self.url().host_str();
        let base = Self::parse(url, is_allowed, is_here).map_err(|mistake| {
            ConfigError::new(mistake.to_string().replace("base URL", "token URL"))
        })?;
        if !base.may_carry_secrets() {
            return Err(ConfigError::new(base.insecure()));
        }
        Ok(base)
    }
}
