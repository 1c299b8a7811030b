//! pincer: a trait, and a client over hyper-util with tower's layers.

use calls::{Created, Failure, Found, NewConnector, Page, TOKEN, Way};
use pincer::prelude::*;
// The prelude exports its own `Result`.
use std::result::Result;

/// Three endpoints of the connectors API.
#[pincer(url = "http://localhost")]
pub trait Connectors {
    #[get("/v1/connectors/{id}")]
    async fn get(&self, #[path] id: &str) -> pincer::Result<Found>;

    #[post("/v1/connectors")]
    async fn create(&self, #[body] new: &NewConnector<'_>) -> pincer::Result<Created>;

    #[get("/v1/connectors")]
    async fn list(&self, #[query] limit: Option<u32>) -> pincer::Result<Page>;
}

struct Pincer(ConnectorsClient);

impl Pincer {
    fn new(url: &str) -> Result<Self, Failure> {
        Ok(Self(
            ConnectorsClientBuilder::default()
                .base_url(url)
                .configure_client(|client| client.with_bearer_auth(TOKEN))
                .build()?,
        ))
    }
}

impl Way for Pincer {
    async fn get(&self, id: &str) -> Result<Found, Failure> {
        Ok(self.0.get(id).await?)
    }

    async fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        Ok(self.0.create(&new).await?)
    }

    async fn list(&self, limit: u32) -> Result<Page, Failure> {
        Ok(self.0.list(Some(limit)).await?)
    }
}

fn main() -> Result<(), Failure> {
    calls::load(Pincer::new)
}
