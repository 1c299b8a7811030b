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

mod account;
mod authorization_url;
pub mod chat;
mod connectors;
mod data;
mod exposed;

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
