//! The async client that returns status and headers too.

use calls::{Created, Failure, Found, NewConnector, Page, Way};
use declared::{RawConnectorsClient, client};

struct Raw(RawConnectorsClient);

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

fn main() -> Result<(), Failure> {
    calls::load(|url| Ok(Raw(RawConnectorsClient::new(client(url)?))))
}
