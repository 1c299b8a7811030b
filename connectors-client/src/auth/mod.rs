//! Credentials: fixed ones, tokens that are obtained and renewed, and signatures.
//!
//! | credentials | setting |
//! |---|---|
//! | a fixed token, password or key | [`bearer_token`], [`basic_auth`], [`auth_header`] |
//! | a token from a function | [`auth`]`(`[`TokenProvider::new`]`(..))` |
//! | OAuth 2.0: a token for the program itself | `auth(`[`ClientCredentials::new`]`(..))` |
//! | OAuth 2.0: a token for a user who has agreed | `auth(`[`RefreshToken::new`]`(..))` |
//! | a signature | `auth(`[`from_fn`]`(..))`, or an [`Authenticate`] of your own |
//! | a key in the query, or a cookie | `auth(`[`query`]`(..))`, `auth(`[`cookie`]`(..))` |
//! | two of these together | `auth((header(..), provider))` |
//! | others for some endpoints | [`auth_scheme`]`("admin", ..)` and `auth = admin` |
//! | none for some endpoints | `auth = none` |
//! | a token of another user | [`Client::with_token`](crate::Client::with_token) |
//!
//! All of them go to the base URL's origin only, over https or to this machine. None is ever shown
//! in an error or by `Debug`. Async and blocking clients are alike.
//!
//! ```
//! use connectors_client::Client;
//! use connectors_client::auth::{ClientCredentials, basic};
//!
//! let token = ClientCredentials::new("https://login.example.com/token", "id", "secret");
//! let client = Client::builder("https://api.example.com")
//!     .auth(token.scope("read"))
//!     .auth_scheme("admin", basic("admin", "password"))
//!     .build()?;
//! # Ok::<(), connectors_client::ConfigError>(())
//! ```
//!
//! # How tokens are renewed
//!
//! A [`TokenProvider`], and so each OAuth 2.0 grant, keeps its token for all calls.
//!
//! - The first call obtains it. Calls that need it at the same time wait for one request.
//! - In the last fifth of its life, but at most the last 5 minutes, the next call renews it ahead
//!   of time, at a random moment. Calls wait for that only in the last twentieth of its life, at
//!   most 10 s. If it fails, calls go on with the token as long as it is valid.
//! - If the server refuses the token, it is renewed, and each refused call is sent once more: see
//!   [`ClientBuilder::auth`](crate::ClientBuilder::auth). Between two such renewals there are at
//!   least 10 s, so that an endpoint that always answers 401 cannot burden the token server. A
//!   refusal of an older token renews nothing.
//! - After a failure, the next renewal waits: up to 500 ms, doubled with each further failure, up
//!   to 30 s. Until then, calls without a valid token get the error of the last renewal.
//!
//! A renewal is a task of its own on a background runtime, with a timeout of 30 s. It goes on if
//! the caller is cancelled, its timeout expires or its runtime ends. Its requests use the
//! connections, layers, retries and size limits of the client, but neither its credentials nor its
//! limits of calls. A client certificate is offered to the token server too.
//!
//! Tokio's paused time does not wait for the background runtime. A test that pauses it sets fixed
//! credentials instead.
//!
//! [`bearer_token`]: crate::ClientBuilder::bearer_token
//! [`basic_auth`]: crate::ClientBuilder::basic_auth
//! [`auth_header`]: crate::ClientBuilder::auth_header
//! [`auth`]: crate::ClientBuilder::auth
//! [`auth_scheme`]: crate::ClientBuilder::auth_scheme

mod access_token;
mod client_credentials;
mod refresh_token;
mod token_cache;
mod token_provider;
mod token_server;

pub use crate::client::authenticate::fixed::{
    Fixed, basic, bearer, cookie, from_fn, header, query,
};
pub use crate::client::authenticate::{AuthError, AuthFuture, AuthRequest, Authenticate, Refused};
pub use access_token::AccessToken;
pub use client_credentials::ClientCredentials;
pub use refresh_token::RefreshToken;
pub use token_provider::TokenProvider;
