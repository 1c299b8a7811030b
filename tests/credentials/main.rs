//! Credentials that are obtained, renewed, chosen by scheme and never shown, on real local servers.

mod crowds;
mod exceptions;
mod grants;
mod lifetimes;
mod places;
mod schemes;
mod secrets;
mod servers;
mod views;

use connectors_client::{Text, api_client};

#[api_client]
trait Things {
    #[get("things")]
    async fn list(&self) -> Text;

    #[post("things")]
    async fn add(&self, name: &str) -> Text;

    #[get("open", auth = none)]
    async fn open(&self) -> Text;
}
