//! The blocking client.

use calls::{BlockingWay, Created, Failure, Found, NewConnector, Page};
use declared::{BlockingConnectorsClient, client};

struct Blocking(BlockingConnectorsClient);

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
    calls::load_blocking(|url| Ok(Blocking(BlockingConnectorsClient::new(client(url)?))))
}
