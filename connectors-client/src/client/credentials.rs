//! The settings of credentials that a scheme sets.

use std::sync::Arc;

use http::StatusCode;

use super::authenticate::Authenticate;
use super::builder::ClientBuilder;
use crate::error::ConfigError;

/// Credentials that are obtained, signed or chosen by name. See [`auth`](crate::auth).
impl ClientBuilder {
    /// Sets the credentials of each request by a scheme, which may obtain and renew them: a
    /// [`TokenProvider`], [`ClientCredentials`], a [`RefreshToken`], one of the functions in
    /// [`auth`](crate::auth), or an [`Authenticate`] of your own. A later one replaces it.
    ///
    /// The credentials go to the base URL's origin only, over https or to this machine. A header
    /// that a call or an endpoint sets is stronger; a default header of the client is weaker.
    ///
    /// If the server answers 401, or a status of [`refused_on`](Self::refused_on), the credentials
    /// are renewed and the call is sent once more, whatever its method, since a refused call was
    /// not executed. This happens once per call, and only if
    ///
    /// - the scheme has set the credentials, and renewing changed them,
    /// - the request body can be made again: a stream is sent once,
    /// - the status is an error. A status that the endpoint declares as a result, with `none_on` or
    ///   in a [`FromResponse`](crate::FromResponse), is returned.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use connectors_client::Client;
    /// use connectors_client::auth::{AccessToken, TokenProvider};
    ///
    /// let client = Client::builder("https://api.example.com")
    ///     .auth(TokenProvider::new(|| async {
    ///         let token = std::fs::read_to_string("/run/secrets/token")?;
    ///         Ok(AccessToken::new(token.trim()).expires_in(Duration::from_secs(600)))
    ///     }))
    ///     .build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    ///
    /// [`TokenProvider`]: crate::auth::TokenProvider
    /// [`ClientCredentials`]: crate::auth::ClientCredentials
    /// [`RefreshToken`]: crate::auth::RefreshToken
    pub fn auth(mut self, scheme: impl Authenticate) -> Self {
        self.schemes.default = Some(Arc::new(scheme));
        self
    }

    /// Adds a scheme for endpoints with `auth = name`. Such an endpoint sends these credentials and
    /// no other secret header of the client. If the scheme is missing, its calls end with a
    /// [`Build`](crate::ErrorKind::Build) error before anything is sent.
    ///
    /// ```
    /// use connectors_client::auth::basic;
    /// use connectors_client::{Client, api_client};
    ///
    /// #[api_client]
    /// trait Users {
    ///     #[get("users")]
    ///     async fn list(&self) -> Vec<String>;
    ///
    ///     #[delete("users/<id>", auth = admin)]
    ///     async fn delete(&self, id: &str);
    /// }
    ///
    /// let client = Client::builder("https://api.example.com")
    ///     .bearer_token("token of the program")
    ///     .auth_scheme("admin", basic("admin", "password"))
    ///     .build()?;
    /// # Ok::<(), connectors_client::ConfigError>(())
    /// ```
    pub fn auth_scheme(mut self, name: &str, scheme: impl Authenticate) -> Self {
        self.schemes.add(name, Arc::new(scheme));
        self
    }

    /// Adds a status by which this server refuses credentials, for example 498. They are then
    /// renewed as after a 401. A status outside 400 to 599 is a mistake.
    pub fn refused_on(mut self, status: u16) -> Self {
        match StatusCode::from_u16(status).ok().filter(|_| (400..600).contains(&status)) {
            Some(status) => {
                self.schemes.add_refused(status);
                self
            }
            None => self.fail(ConfigError::new(format!(
                "`refused_on({status})` is not an error status: give one from 400 to 599"
            ))),
        }
    }
}
