//! The client: what all calls of an API share. Cheap to clone.

pub(crate) mod base_url;
pub(crate) mod builder;
pub(crate) mod request_options;
pub(crate) mod secret;

use std::fmt;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use crate::endpoint::call_settings::CallSettings;
use crate::retry::budget::RetryBudget;
use crate::retry::clock::ClientClock;
use crate::retry::policy::RetryPolicy;
use crate::transport::Transport;
use base_url::BaseUrl;
use builder::ClientBuilder;
use request_options::{CallOptions, RequestOptions};

/// A client for one base URL, with its authentication, limits and connections.
///
/// Async calls are made inside a Tokio runtime whose timers and I/O are enabled (`enable_all`, as `#[tokio::main]` does),
/// and end in the one that they began in; anything else is a [`Runtime`](crate::ErrorKind::Runtime) error. Each runtime has
/// connections of its own. Blocking calls need none. Clones share all of it. Open the clients that `#[api_client]` generates on it: `ConnectorsClient::new(client)`, as
/// many as there are traits.
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
    /// The options of a view.
    pub(crate) defaults: Option<Arc<RequestOptions>>,
}

/// What clones share.
pub(crate) struct Shared {
    pub(crate) base: BaseUrl,
    /// Default headers and authentication; values that are secret are marked so.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: RetryBudget,
    pub(crate) settings: CallSettings,
    pub(crate) clock: ClientClock,
    /// Whether the transport or the clock is Tokio's, so that calls need its runtime.
    pub(crate) needs_runtime: bool,
}

impl Client {
    /// Starts a client for a base URL: `https://host`, with a path of its own if it has one.
    pub fn builder(base_url: impl AsRef<str>) -> ClientBuilder {
        ClientBuilder::new(base_url.as_ref())
    }

    /// A view of this client whose calls all have these options, as if each gave them first. Connections and limits
    /// are shared with it.
    pub fn with_options(&self, options: RequestOptions) -> Self {
        let options = match &self.defaults {
            Some(earlier) => RequestOptions::clone(earlier).merge(options),
            None => options,
        };
        Self { shared: Arc::clone(&self.shared), defaults: Some(Arc::new(options)) }
    }

    /// The options of a call: the view's, and the call's over them.
    pub(crate) fn options(&self, call: Option<Box<RequestOptions>>) -> CallOptions {
        CallOptions(match (self.defaults.as_deref(), call) {
            (None, call) => call,
            (Some(view), None) => Some(Box::new(view.clone())),
            (Some(view), Some(call)) => Some(Box::new(view.clone().merge(*call))),
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
