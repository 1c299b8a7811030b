//! Fakes that do not match the trait.

use connectors_client::{Error, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

struct Fake;

//~ A fake leaves a method out.
impl Things for Fake {
    async fn list(&self, _: Option<u32>) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }
}

struct BareFake;

impl Things for BareFake {
    async fn list(&self, _: Option<u32>) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    //~ A fake returns the data alone.
    async fn get(&self, id: &str) -> String {
        id.to_owned()
    }
}

fn main() {}
