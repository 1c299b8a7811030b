//! Tokens that are obtained by a function.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use http::header::AUTHORIZATION;

use super::AccessToken;
use super::token_cache::{Lookup, Refusal, Renew, Renewed, TokenCache};
use crate::client::authenticate::sent::Place;
use crate::client::authenticate::{AuthError, AuthFuture, AuthRequest, Authenticate, Refused};
use crate::client::request_options;
use crate::retry::clock::{ClientClock, within};
use crate::runtime::background::{self, isolate};
use crate::{Client, ConfigError, Secret};

/// Default timeout of a renewal.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Obtains tokens by a function, keeps them for all calls, and renews them. The
/// [module](super#how-tokens-are-renewed) describes when.
///
/// The token is sent as `Authorization: Bearer <token>` (RFC 6750 section 2.1), or where
/// [`in_header`](Self::in_header), [`in_query`](Self::in_query) or [`in_cookie`](Self::in_cookie)
/// puts it. Clones share the token, also if they belong to different clients.
///
/// ```
/// use std::time::Duration;
///
/// use connectors_client::Client;
/// use connectors_client::auth::{AccessToken, AuthError, TokenProvider};
///
/// async fn ask_the_vault() -> Result<String, AuthError> {
///     Ok("abc".to_owned())
/// }
///
/// let provider = TokenProvider::new(|| async {
///     Ok(AccessToken::new(ask_the_vault().await?).expires_in(Duration::from_secs(3600)))
/// });
/// let client = Client::builder("https://api.example.com").auth(provider).build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct TokenProvider {
    source: Arc<dyn TokenSource>,
    slot: Slot,
    timeout: Duration,
    cache: Arc<TokenCache>,
}

/// Obtains tokens.
pub(super) trait TokenSource: Send + Sync + 'static {
    /// Obtains a token. `client` is the one whose call needs it.
    fn token(&self, client: &Client, timeout: Duration) -> TokenFuture;

    /// Checks the settings of the source.
    fn check(&self, client: &Client) -> Result<(), ConfigError>;
}

pub(super) type TokenFuture =
    Pin<Box<dyn Future<Output = Result<AccessToken, AuthError>> + Send + 'static>>;

/// The place of a token, and a text before it.
#[derive(Clone)]
struct Slot {
    place: Result<Place, ConfigError>,
    prefix: &'static str,
}

impl Slot {
    /// Returns the token as it is sent.
    fn value(&self, token: &Secret) -> Result<Secret, AuthError> {
        if matches!(self.place, Ok(Place::Header(_))) {
            token.header_value("token", self.prefix)?;
        }
        Ok(Secret::new(format!("{}{}", self.prefix, token.expose())))
    }
}

impl TokenProvider {
    /// Obtains tokens by this function. It runs on a background runtime and may block.
    pub fn new<F, T>(function: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<AccessToken, AuthError>> + Send + 'static,
    {
        Self::of(Function { url: None, function: Arc::new(move |_| function()) })
    }

    /// Obtains tokens by this function, which gets a client for this URL. The client shares the
    /// connections of the client that needs the token, but not its credentials. The URL is https.
    /// Plain http is accepted only on this machine, and only for the host of a base URL that is
    /// plain http too.
    ///
    /// ```
    /// use connectors_client::auth::{AccessToken, TokenProvider};
    /// use connectors_client::{Client, Secret, api_client};
    ///
    /// #[api_client]
    /// trait Login {
    ///     #[post("login")]
    ///     async fn login(&self, user: &str, password: &Secret) -> Session;
    /// }
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Session {
    ///     token: Secret,
    /// }
    ///
    /// let provider = TokenProvider::with_client("https://login.example.com", |client| async {
    ///     let session = LoginClient::new(client).login("ada", &Secret::new("pass")).await?;
    ///     Ok(AccessToken::new(session.token))
    /// });
    /// let client = Client::builder("https://api.example.com").auth(provider).build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    pub fn with_client<F, T>(url: &str, function: F) -> Self
    where
        F: Fn(Client) -> T + Send + Sync + 'static,
        T: Future<Output = Result<AccessToken, AuthError>> + Send + 'static,
    {
        Self::of(Function { url: Some(url.to_owned()), function: Arc::new(function) })
    }

    pub(super) fn of(source: impl TokenSource) -> Self {
        let slot = Slot { place: Ok(Place::Header(AUTHORIZATION)), prefix: "Bearer " };
        Self { source: Arc::new(source), slot, timeout: TIMEOUT, cache: Arc::default() }
    }

    /// Sets the timeout of a renewal with all its retries. The default is 30 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sends the token alone in this header, for example `X-Auth-Token`.
    pub fn in_header(mut self, name: &str) -> Self {
        let name = request_options::header_name(name).map_err(ConfigError::new);
        self.slot = Slot { place: name.map(Place::Header), prefix: "" };
        self
    }

    /// Sends the token in a query pair. Servers and proxies often log URLs, so prefer a header.
    pub fn in_query(mut self, name: &str) -> Self {
        self.slot = Slot { place: Ok(Place::Query(name.to_owned())), prefix: "" };
        self
    }

    /// Sends the token in a cookie (RFC 6265 section 4.2).
    pub fn in_cookie(mut self, name: &str) -> Self {
        self.slot = Slot { place: Ok(Place::Cookie(name.to_owned())), prefix: "" };
        self
    }

    fn renewer<'a>(&'a self, client: &'a Client) -> Renewer<'a> {
        Renewer { provider: self, client }
    }
}

impl Authenticate for TokenProvider {
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        let place = match &self.slot.place {
            Ok(Place::Header(name)) if request.has_header(name) => {
                return AuthFuture::ready(Ok(()));
            }
            Ok(place) => place,
            Err(mistake) => return AuthFuture::ready(Err(mistake.clone().into())),
        };
        match self.cache.lookup(&self.renewer(request.client())) {
            Lookup::Ready(token) => AuthFuture::ready(request.set(place, &token)),
            Lookup::Failed(error) => AuthFuture::ready(Err(error)),
            Lookup::Wait(renewal) => AuthFuture::new(async move {
                let renewed = renewal.finished().await;
                let now = request.client().shared.clock.now();
                let token = renewed.or_else(|error| self.cache.valid(now).ok_or(error))?;
                request.set(place, &token)
            }),
        }
    }

    fn renew<'a>(&'a self, refused: &'a Refused) -> AuthFuture<'a, bool> {
        let place = self.slot.place.as_ref();
        let Some(sent) = place.ok().and_then(|place| refused.at(place)) else {
            return AuthFuture::ready(Ok(false));
        };
        match self.cache.refuse(sent, &self.renewer(&refused.client)) {
            Refusal::Renewed => AuthFuture::ready(Ok(true)),
            Refusal::Recent => AuthFuture::ready(Ok(false)),
            Refusal::Failed(error) => AuthFuture::ready(Err(error)),
            Refusal::Wait(renewal) => {
                AuthFuture::new(
                    async move { Ok(renewal.finished().await?.expose().as_bytes() != sent) },
                )
            }
        }
    }

    fn check(&self, client: &Client) -> Result<(), ConfigError> {
        self.slot.place.as_ref().map_err(Clone::clone)?;
        self.source.check(client)
    }
}

/// Implements [`Authenticate`] for a grant by its provider, `provider()`.
macro_rules! authenticate_by_provider {
    ($grant:ty) => {
        impl $crate::auth::Authenticate for $grant {
            fn authenticate<'a>(
                &'a self,
                request: &'a mut $crate::auth::AuthRequest,
            ) -> $crate::auth::AuthFuture<'a> {
                self.provider().authenticate(request)
            }

            fn renew<'a>(
                &'a self,
                refused: &'a $crate::auth::Refused,
            ) -> $crate::auth::AuthFuture<'a, bool> {
                self.provider().renew(refused)
            }

            fn check(&self, client: &$crate::Client) -> Result<(), $crate::ConfigError> {
                self.provider().check(client)
            }
        }
    };
}

pub(super) use authenticate_by_provider;

/// Shows nothing of the function.
impl fmt::Debug for TokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("TokenProvider");
        debug.field("place", &self.slot.place).field("timeout", &self.timeout);
        debug.finish_non_exhaustive()
    }
}

/// The renewal of a provider's token for a client.
struct Renewer<'a> {
    provider: &'a TokenProvider,
    client: &'a Client,
}

impl Renew for Renewer<'_> {
    fn clock(&self) -> &ClientClock {
        &self.client.shared.clock
    }

    fn renewing(&self) -> impl Future<Output = Renewed> + Send + 'static {
        let TokenProvider { source, slot, timeout, .. } = self.provider.clone();
        let client = self.client.clone();
        async move {
            let clock = client.shared.clock.clone();
            let mut timer = pin!(clock.limit(timeout));
            // A task of its own, so that a panic of the caller's function becomes an error.
            // Apart from others, because a layer of the caller may block.
            let work = move || Box::pin(async move { source.token(&client, timeout).await });
            let mut work = background::spawn_isolated(work).map_err(AuthError::new)?;
            let result = within(timer.as_mut(), Pin::new(&mut work)).await.unwrap_or_else(|| {
                work.abort();
                Ok(Err(AuthError::new(format!("no token arrived within {timeout:?}"))))
            });
            let panicked = |_| AuthError::new("the function that obtains the token panicked");
            let token = result.map_err(panicked)??;
            let value = slot.value(&token.secret)?;
            Ok((token, value))
        }
    }
}

/// A function of the caller, with the URL of its client if it wants one.
struct Function<F> {
    url: Option<String>,
    function: Arc<F>,
}

impl<F, T> TokenSource for Function<F>
where
    F: Fn(Client) -> T + Send + Sync + 'static,
    T: Future<Output = Result<AccessToken, AuthError>> + Send + 'static,
{
    fn token(&self, client: &Client, timeout: Duration) -> TokenFuture {
        let function = Arc::clone(&self.function);
        let client = match &self.url {
            Some(url) => client.for_tokens(url, timeout),
            None => Ok(client.clone()),
        };
        Box::pin(async move {
            let client = client?;
            let mut work = Box::pin(isolate(|| function(client)));
            poll_fn(|context| isolate(|| work.as_mut().poll(context))).await
        })
    }

    fn check(&self, client: &Client) -> Result<(), ConfigError> {
        self.url.as_ref().map_or(Ok(()), |url| client.for_tokens(url, TIMEOUT).map(drop))
    }
}
