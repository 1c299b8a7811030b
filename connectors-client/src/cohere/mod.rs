//! Cohere's connectors API, declared with [`api_client`](crate::api_client).
//!
//! Cohere retired connectors on 2025-09-15 and points to [tool
//! use](https://docs.cohere.com/docs/tool-use-overview) in their place. This module has the API as
//! it was documented then.
//!
//! ```no_run
//! use connectors_client::cohere::{Cohere, ConnectorsError};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), connectors_client::Error> {
//! let cohere = Cohere::from_env()?;
//! match cohere.connectors().get("my-id").await {
//!     Ok(found) => println!("{}", found.connector.name),
//!     Err(error) if error.is_not_found() => println!("no such connector"),
//!     Err(error) => match error.class() {
//!         Some(ConnectorsError::InvalidToken) => println!("the key is not valid"),
//!         _ => return Err(error),
//!     },
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Beside the public description
//!
//! The API is declared by hand. It is compared with Cohere's OpenAPI description in the tests of
//! `connectors-openapi`. Where the two differ, this module is right and follows the Python SDK:
//!
//! - The description requires `clientId`, `clientSecret`, `authorizeUrl` and `tokenUrl` of
//!   [`CreateConnectorOAuth`], and its fields are `client_id`, `client_secret`, `authorize_url` and
//!   `token_url`. So no request fits the description. This module sends the fields, all optional.
//! - The description allows no null in the fields of `create` and `update`. They are `Nullable`
//!   here, because the SDK sends an explicit `None` as null.
//! - The description does not have the error status 407, which [`ConnectorsError`] treats like 498.
//! - The header `X-Client-Name` of the description is set for all calls, by
//!   [`CohereBuilder::client_name`].

mod account;
mod authorization_url;
pub mod chat;
mod connectors;
mod data;

pub use account::{BlockingCohere, Cohere, CohereBuilder};
pub use connectors::{
    BlockingConnectorsClient, BlockingRawConnectorsClient, Connectors, ConnectorsClient,
    ConnectorsCreateRequest, ConnectorsDeleteRequest, ConnectorsError, ConnectorsGetRequest,
    ConnectorsListRequest, ConnectorsOAuthAuthorizeRequest, ConnectorsUpdateRequest,
    GenericConnectorsClient, RawConnectorsClient,
};
pub use data::{
    AuthTokenType, Connector, ConnectorAuthStatus, ConnectorOAuth, CreateConnectorOAuth,
    CreateConnectorResponse, CreateConnectorServiceAuth, DeleteConnectorResponse,
    GetConnectorResponse, ListConnectorsResponse, OAuthAuthorizeResponse, UpdateConnectorResponse,
};
