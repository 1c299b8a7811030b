//! The async client that returns the data.

use calls::{Created, Failure, Found, NewConnector, Page, Way};
use declared::{ConnectorsClient, client};

struct Thin(ConnectorsClient);

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

fn main() -> Result<(), Failure> {
    calls::load(|url| Ok(Thin(ConnectorsClient::new(client(url)?))))
}
