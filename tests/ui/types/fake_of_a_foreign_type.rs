//! A type of another crate could become a pointer one day.

use connectors_client::{Error, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

impl Things for Vec<String> {
    async fn list(&self) -> Result<Vec<String>, Error> {
        Ok(self.clone())
    }
}

fn main() {}
