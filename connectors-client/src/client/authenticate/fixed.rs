//! Credentials that stay the same.

use std::fmt;

use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::sent::Place;
use super::{AuthError, AuthFuture, AuthRequest, Authenticate};
use crate::client::secret::{self, Secret};
use crate::client::{Client, request_options};
use crate::error::ConfigError;

/// Credentials that stay the same: a header, a query pair or a cookie. They cannot be renewed, so a
/// refused call is not sent again.
#[derive(Clone)]
pub struct Fixed(Result<(Place, Secret), ConfigError>);

/// Returns credentials of the form `Authorization: Bearer <token>` (RFC 6750 section 2.1).
pub fn bearer(token: impl Into<Secret>) -> Fixed {
    authorization(token.into().header_value("token", "Bearer "))
}

/// Returns credentials of the form `Authorization: Basic` (RFC 7617), as
/// [`ClientBuilder::basic_auth`](crate::ClientBuilder::basic_auth) does.
pub fn basic(user: &str, password: impl Into<Secret>) -> Fixed {
    authorization(secret::basic(user, &password.into()))
}

/// Returns credentials in a header, for example `X-Api-Key`.
pub fn header(name: &str, secret: impl Into<Secret>) -> Fixed {
    let secret = secret.into();
    let name = request_options::header_name(name).map_err(ConfigError::new);
    Fixed(name.and_then(|name| {
        secret.header_value("token", "")?;
        Ok((Place::Header(name), secret))
    }))
}

/// Returns credentials in a query pair. Servers and proxies often log URLs, so prefer a header.
pub fn query(name: &str, secret: impl Into<Secret>) -> Fixed {
    Fixed(not_empty(secret.into()).map(|secret| (Place::Query(name.to_owned()), secret)))
}

/// Returns credentials in a cookie (RFC 6265 section 4.2).
pub fn cookie(name: &str, secret: impl Into<Secret>) -> Fixed {
    Fixed(not_empty(secret.into()).map(|secret| (Place::Cookie(name.to_owned()), secret)))
}

fn authorization(value: Result<HeaderValue, ConfigError>) -> Fixed {
    // A value of visible ASCII is text.
    let text = value.map(|value| Secret::new(String::from_utf8_lossy(value.as_bytes())));
    Fixed(text.map(|text| (Place::Header(AUTHORIZATION), text)))
}

fn not_empty(secret: Secret) -> Result<Secret, ConfigError> {
    if secret.expose().is_empty() {
        Err(ConfigError::new("the token is empty"))
    } else {
        Ok(secret)
    }
}

impl Authenticate for Fixed {
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        AuthFuture::ready(match &self.0 {
            Ok((place, secret)) => request.set(place, secret),
            Err(mistake) => Err(AuthError::from(mistake.clone())),
        })
    }

    fn check(&self, _: &Client) -> Result<(), ConfigError> {
        self.0.as_ref().map(drop).map_err(Clone::clone)
    }
}

/// Shows the place, never the secret.
impl fmt::Debug for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fixed").field(&self.0.as_ref().map(|(place, _)| place)).finish()
    }
}

/// Returns a scheme by a function that does not wait, for example a signature.
///
/// ```
/// use connectors_client::auth::{AuthRequest, from_fn};
/// use connectors_client::Client;
///
/// let client = Client::builder("https://api.example.com")
///     .auth(from_fn(|request: &mut AuthRequest| {
///         let length = request.body().map_or(0, <[u8]>::len);
///         request.set_header("x-signature", format!("{} bytes", length))
///     }))
///     .build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
pub fn from_fn<F>(sign: F) -> impl Authenticate
where
    F: Fn(&mut AuthRequest) -> Result<(), AuthError> + Send + Sync + 'static,
{
    struct FromFn<F>(F);

    impl<F> Authenticate for FromFn<F>
    where
        F: Fn(&mut AuthRequest) -> Result<(), AuthError> + Send + Sync + 'static,
    {
        fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
            AuthFuture::ready((self.0)(request))
        }
    }

    FromFn(sign)
}
