//! The trait of `#[api_client]`: thin, raw and blocking clients, with the defaults of a client.

use calls::{BlockingWay, Created, Failure, Found, NewConnector, Page, TOKEN, Way};
use connectors_client::{Client, Nullable, api_client};

/// Three endpoints of the connectors API.
#[api_client]
pub trait Connectors {
    #[get("v1/connectors/<id>")]
    async fn get(&self, id: &str) -> Found;

    #[post("v1/connectors")]
    async fn create(&self, name: &str, url: &str, description: Nullable<&str>) -> Created;

    #[get("v1/connectors?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Page;
}

struct Thin(ConnectorsClient);
struct Raw(RawConnectorsClient);
struct Blocking(BlockingConnectorsClient);

fn client(url: &str) -> Result<Client, Failure> {
    Ok(Client::builder(url).bearer_token(TOKEN).build()?)
}

impl Way for Thin {
    async fn get(&self, id: &str) -> Result<Found, Failure> {
        Ok(self.0.get(id).await?)
    }

    async fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        Ok(self.0.create(new.name, new.url).maybe_description(new.description).await?)
    }

    async fn list(&self, limit: u32) -> Result<Page, Failure> {
        Ok(self.0.list().limit(limit).await?)
    }
}

impl Way for Raw {
    async fn get(&self, id: &str) -> Result<Found, Failure> {
        Ok(self.0.get(id).await?.data)
    }

    async fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        Ok(self.0.create(new.name, new.url).maybe_description(new.description).await?.data)
    }

    async fn list(&self, limit: u32) -> Result<Page, Failure> {
        Ok(self.0.list().limit(limit).await?.data)
    }
}

impl BlockingWay for Blocking {
    fn get(&self, id: &str) -> Result<Found, Failure> {
        Ok(self.0.get(id).send()?)
    }

    fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        Ok(self.0.create(new.name, new.url).maybe_description(new.description).send()?)
    }

    fn list(&self, limit: u32) -> Result<Page, Failure> {
        Ok(self.0.list().limit(limit).send()?)
    }
}

fn main() -> Result<(), Failure> {
    match std::env::args().nth(2).as_deref() {
        Some("raw") => calls::load(|url, _| Ok(Raw(RawConnectorsClient::new(client(url)?)))),
        Some("blocking") => {
            calls::load_blocking(|url, _| Ok(Blocking(BlockingConnectorsClient::new(client(url)?))))
        }
        _ => calls::load(|url, _| Ok(Thin(ConnectorsClient::new(client(url)?)))),
    }
}
