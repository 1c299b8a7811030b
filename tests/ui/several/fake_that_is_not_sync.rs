//! A fake cannot be shared between threads.

use connectors_client::{Error, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

struct Fake(std::cell::Cell<u32>);

//~ The fake is not `Sync`.
impl Things for Fake {
    //~ The future of `list` is not `Send`.
    async fn list(&self, _: Option<u32>) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    //~ The future of `get` is not `Send`.
    async fn get(&self, id: &str) -> Result<String, Error> {
        Ok(id.to_owned())
    }
}

fn main() {}
