//! conjure-http: a trait, over conjure-runtime.

use std::sync::Arc;

use calls::{Created, Failure, Found, NewConnector, Page, TOKEN, Way};
use conjure_error::Error;
use conjure_http::client::{
    AsyncService as _, ConjureRuntime, DisplaySeqEncoder, StdResponseDeserializer,
};
use conjure_http::{conjure_client, endpoint};
use conjure_object::BearerToken;
use conjure_runtime::{Agent, Client, UserAgent};

/// Three endpoints of the connectors API.
#[conjure_client]
pub trait Connectors {
    #[endpoint(method = GET, path = "/v1/connectors/{id}", accept = StdResponseDeserializer)]
    async fn get(&self, #[auth] token: &BearerToken, #[path] id: &str) -> Result<Found, Error>;

    #[endpoint(method = POST, path = "/v1/connectors", accept = StdResponseDeserializer)]
    async fn create(
        &self,
        #[auth] token: &BearerToken,
        #[body] new: &NewConnector<'static>,
    ) -> Result<Created, Error>;

    #[endpoint(method = GET, path = "/v1/connectors", accept = StdResponseDeserializer)]
    async fn list(
        &self,
        #[auth] token: &BearerToken,
        #[query(name = "limit", encoder = DisplaySeqEncoder)] limit: Option<u32>,
    ) -> Result<Page, Error>;
}

struct Conjure {
    client: ConnectorsClient<Client>,
    token: BearerToken,
}

impl Conjure {
    fn new(url: &str) -> Result<Self, Failure> {
        let client = Client::builder()
            .service("connectors")
            .user_agent(UserAgent::new(Agent::new("bench", "1.0.0")));
        let client = client.uri(url.parse()?).build().map_err(failure)?;
        let client = ConnectorsClient::new(client, &Arc::new(ConjureRuntime::new()));
        Ok(Self { client, token: TOKEN.parse()? })
    }
}

/// Conjure's error does not implement `std::error::Error`.
fn failure(error: Error) -> Failure {
    format!("{error:?}").into()
}

impl Way for Conjure {
    async fn get(&self, id: &str) -> Result<Found, Failure> {
        self.client.get(&self.token, id).await.map_err(failure)
    }

    async fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        self.client.create(&self.token, &new).await.map_err(failure)
    }

    async fn list(&self, limit: u32) -> Result<Page, Failure> {
        self.client.list(&self.token, Some(limit)).await.map_err(failure)
    }
}

fn main() -> Result<(), Failure> {
    calls::load(Conjure::new)
}
