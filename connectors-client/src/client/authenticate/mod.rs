//! Credentials that are set when a request is sent, and renewed if the server refuses them.

mod auth_error;
mod auth_future;
mod auth_request;
pub(crate) mod fixed;
mod refused;
pub(crate) mod schemes;
pub(crate) mod sent;

use super::Client;
use crate::error::ConfigError;
pub use auth_error::AuthError;
pub use auth_future::AuthFuture;
pub use auth_request::AuthRequest;
pub use refused::Refused;

/// Sets the credentials of a request, for [`ClientBuilder::auth`](crate::ClientBuilder::auth) and
/// [`ClientBuilder::auth_scheme`](crate::ClientBuilder::auth_scheme).
///
/// It is called for each attempt and each redirect, after the request is complete, with headers such
/// as `traceparent`, and before the layers see it. It may wait, within the timeouts of the call, and
/// it may fail: then nothing is sent, and the call ends with a
/// [`Credentials`](crate::ErrorKind::Credentials) error. It is not called with `auth = none`, nor
/// for another origin. A request then waits for the limits of the client, so a signature with a
/// time may be older by that wait when it is sent.
///
/// ```
/// use connectors_client::auth::{AuthFuture, AuthRequest, Authenticate};
/// use connectors_client::{Client, Secret};
///
/// /// Signs the method and the path. A real signature is an HMAC: see the cookbook.
/// struct Signed {
///     key: Secret,
/// }
///
/// impl Authenticate for Signed {
///     fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
///         let signature = format!("{}{}", request.method(), request.url().path());
///         AuthFuture::ready(request.set_header("x-signature", signature + self.key.expose()))
///     }
/// }
///
/// let client = Client::builder("https://api.example.com")
///     .auth(Signed { key: Secret::new("k-1") })
///     .build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not set credentials",
    label = "this type is not a scheme",
    note = "a function that obtains tokens goes into a provider: `TokenProvider::new(|| async {{ .. }})`",
    note = "a function that signs requests goes into `auth::from_fn(|request: &mut AuthRequest| ..)`"
)]
pub trait Authenticate: Send + Sync + 'static {
    /// Sets the credentials of this request.
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a>;

    /// Renews the credentials after the server has refused them, and returns true if that changed
    /// them. Then the call is sent once more. The default has nothing to renew and returns false.
    ///
    /// Many calls may report the same refusal, also late: compare [`Refused::header`] with the
    /// current credentials. If they differ already, return true without renewing them again.
    fn renew<'a>(&'a self, refused: &'a Refused) -> AuthFuture<'a, bool> {
        let _ = refused;
        AuthFuture::ready(Ok(false))
    }

    /// Checks the settings of the credentials. [`ClientBuilder::build`] returns the error. The
    /// default has nothing to check.
    ///
    /// [`ClientBuilder::build`]: crate::ClientBuilder::build
    fn check(&self, client: &Client) -> Result<(), ConfigError> {
        let _ = client;
        Ok(())
    }
}

/// Two schemes together, for example a key and a token. Each sets its part and renews it. If one
/// cannot be renewed and the other one has changed, the call is sent once more.
impl<A: Authenticate, B: Authenticate> Authenticate for (A, B) {
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        AuthFuture::new(async move {
            self.0.authenticate(request).await?;
            self.1.authenticate(request).await
        })
    }

    fn renew<'a>(&'a self, refused: &'a Refused) -> AuthFuture<'a, bool> {
        AuthFuture::new(async move {
            match (self.0.renew(refused).await, self.1.renew(refused).await) {
                (Ok(true), _) | (_, Ok(true)) => Ok(true),
                (first, second) => first.and(second),
            }
        })
    }

    fn check(&self, client: &Client) -> Result<(), ConfigError> {
        self.0.check(client)?;
        self.1.check(client)
    }
}

impl<T: Authenticate + ?Sized> Authenticate for std::sync::Arc<T> {
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        (**self).authenticate(request)
    }

    fn renew<'a>(&'a self, refused: &'a Refused) -> AuthFuture<'a, bool> {
        (**self).renew(refused)
    }

    fn check(&self, client: &Client) -> Result<(), ConfigError> {
        (**self).check(client)
    }
}
