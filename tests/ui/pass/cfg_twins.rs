//! Two endpoints of one name, of which one is there.

#![deny(warnings)]

use connectors_client::api_client;

#[api_client]
trait Things {
    #[cfg(unix)]
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[cfg(not(unix))]
    #[get("v2/things")]
    async fn list(&self) -> Vec<String>;
}
