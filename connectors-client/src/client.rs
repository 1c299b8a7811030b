//! The client: what all calls of an API share. Cheap to clone.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::assemble::Limits;
use crate::base_url::BaseUrl;
use crate::blocking;
use crate::body::Body;
use crate::caller::{Call, Prepared};
use crate::clock::ClientClock;
use crate::config::ClientBuilder;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::mode::Thin;
use crate::options::{CallOptions, RequestOptions};
use crate::request::Request;
use crate::response::FromResponse;
use crate::response_future::ResponseFuture;
use crate::retry::RetryPolicy;
use crate::retry_budget::RetryBudget;
use crate::transport::Transport;

/// A client for one base URL, with its authentication, limits and connections.
///
/// Async calls are made inside a Tokio runtime whose timers and I/O are enabled (`enable_all`, as `#[tokio::main]` does);
/// Tokio itself panics where one of these is off. Blocking calls need none. Clones share all of it. Open the clients that `#[api_client]` generates on it: `ConnectorsClient::new(client)`, as
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
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) max_body: usize,
    pub(crate) max_error_body: usize,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_event: usize,
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

    /// Sends a request that no endpoint declares, or one that `.build()` of a call gave: with this client's
    /// authentication, limits, retries and errors.
    ///
    /// Its URL is absolute and within the base URL's origin, or a path that is joined to the base URL. To one written by
    /// hand the client's headers are added where it has none of that name, and the `Accept` of `T`; one that was built
    /// from a call is sent as it is, within the limits of that call. With [`HttpResponse<T>`](crate::HttpResponse) the
    /// result has status and headers too. It is repeated as its verb allows or, where it was built from a call, as its
    /// endpoint says. A URL that leads elsewhere, `Content-Length` and `Transfer-Encoding` are
    /// [`Build`](crate::ErrorKind::Build) errors.
    ///
    /// ```
    /// use connectors_client::{Body, Client, Error, HttpResponse, Text};
    ///
    /// async fn robots(client: &Client) -> Result<(), Error> {
    ///     let request = http::Request::get("/robots.txt").body(Body::empty()).unwrap();
    ///     let reply: HttpResponse<Text> = client.send(request).await?;
    ///     println!("{} {}", reply.status(), reply.data);
    ///     Ok(())
    /// }
    /// ```
    pub fn send<T: FromResponse>(&self, request: http::Request<impl Into<Body>>) -> ResponseFuture<T> {
        ResponseFuture::new(self.prepared::<Thin>(request.map(Into::into)))
    }

    /// The same, waiting for the reply on this thread.
    pub fn send_blocking<T: FromResponse>(
        &self,
        request: http::Request<impl Into<Body>>,
    ) -> Result<T, Error> {
        blocking::send(self.prepared::<Thin>(request.map(Into::into)))
    }

    fn prepared<M>(&self, request: http::Request<Body>) -> Call<M> {
        let declared = request.extensions().get::<&'static Endpoint>().copied();
        let endpoint = declared.unwrap_or_else(|| Endpoint::undeclared(request.method()));
        let limits = request.extensions().get::<Limits>().cloned();
        let mut request = Request::of_built(endpoint, request);
        let mut client = self.clone();
        if let Some(Limits(options)) = limits {
            request.options = Some(Box::new(options));
            // A call has its view's headers, query and fields already.
            client.defaults = self.defaults.as_ref().map(|view| Arc::new(view.limits()));
        }
        Call::of(Prepared { client, request })
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
