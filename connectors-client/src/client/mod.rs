//! The client that all calls of an API share.

pub(crate) mod authenticate;
pub(crate) mod base_url;
pub(crate) mod body_field;
pub(crate) mod builder;
mod credentials;
pub(crate) mod exposed;
pub(crate) mod limits;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod network;
#[cfg(not(any(feature = "reqwest", feature = "hyper")))]
mod no_network;
pub(crate) mod request_options;
pub(crate) mod secret;
pub(crate) mod secret_listener;
mod view;

use std::fmt;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use crate::endpoint::call_settings::CallSettings;
use crate::error::secrets::Secrets;
use crate::observation::Observation;
use crate::retry::budget::RetryBudget;
use crate::retry::clock::ClientClock;
use crate::retry::policy::RetryPolicy;
use crate::transport::layer::Stack;
use authenticate::schemes::Schemes;
use base_url::BaseUrl;
use builder::ClientBuilder;
use limits::ClientLimits;
use request_options::{CallOptions, RequestOptions};

/// A client for one base URL, with its authentication, timeouts, limits and connections. Clones are
/// cheap and share all of these.
///
/// Create the clients that `#[api_client]` generates from it: `ConnectorsClient::new(client)`, one
/// per trait.
///
/// An async call needs a Tokio runtime with timers and I/O enabled (`enable_all`, as in
/// `#[tokio::main]`), and must finish on the runtime it started on. Otherwise it fails with a
/// [`Runtime`](crate::ErrorKind::Runtime) error. Each runtime has its own connection pool. Blocking
/// calls need no runtime.
///
/// ```
/// use connectors_client::Client;
///
/// let client = Client::builder("https://api.example.com/v2").bearer_token("secret").build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    /// Options of all calls, from `with_options`.
    pub(crate) defaults: Option<Arc<RequestOptions>>,
}

/// The state that all clones of a client share. A client with credentials of its own has a copy, in
/// which pools and budget are shared.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) base: BaseUrl,
    /// Default headers and authentication. Secret values are marked as sensitive.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The secrets in these headers, which errors mask.
    pub(crate) secrets: Secrets,
    pub(crate) transport: Stack,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: Arc<RetryBudget>,
    pub(crate) settings: CallSettings,
    /// Size from which on request bodies are compressed, in bytes.
    #[cfg(feature = "compression")]
    pub(crate) compress_from: u64,
    /// `None` if there is no limit.
    pub(crate) limits: Option<Arc<ClientLimits>>,
    pub(crate) clock: ClientClock,
    pub(crate) observation: Arc<Observation>,
    /// True if the transport or the clock is Tokio's, so calls need its runtime.
    pub(crate) needs_runtime: bool,
    /// Credentials that are set per request, and by name.
    pub(crate) schemes: Option<Arc<Schemes>>,
}

impl Client {
    /// Starts building a client for a base URL such as `https://api.example.com/v2`. The paths of
    /// all endpoints are joined to it.
    pub fn builder(base_url: impl AsRef<str>) -> ClientBuilder {
        ClientBuilder::new(base_url.as_ref())
    }

    /// Returns a client that applies these options to every call. A call's own options override
    /// them. It shares its connections and settings with this client.
    ///
    /// Headers with a secret, such as `Authorization`, go only to endpoints that send the client's
    /// own credentials: not with `auth = none` or the credentials of another name.
    pub fn with_options(&self, options: RequestOptions) -> Self {
        let options = match &self.defaults {
            Some(earlier) => RequestOptions::clone(earlier).merge(options),
            None => options,
        };
        Self { shared: Arc::clone(&self.shared), defaults: Some(Arc::new(options)) }
    }

    /// Merges the options of a call over the options of this client.
    pub(crate) fn options(&self, call: Option<Box<RequestOptions>>) -> CallOptions {
        CallOptions(match (self.defaults.as_deref(), call) {
            (None, call) => call,
            (Some(defaults), None) => Some(Box::new(defaults.clone())),
            (Some(defaults), Some(call)) => Some(Box::new(defaults.clone().merge(*call))),
        })
    }
}

/// Shows the names of the headers, never their values.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base.prefix())
            .field("headers", &self.shared.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("options", &self.defaults)
            .finish_non_exhaustive()
    }
}
