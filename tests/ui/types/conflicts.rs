//! Implementations that conflict with generated ones.

use connectors_client::{Error, FromResponse, api_client};

//~ The type of another crate could become a pointer one day.
#[api_client]
pub trait FakeOfAForeignType {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

impl FakeOfAForeignType for Vec<String> {
    async fn list(&self) -> Result<Vec<String>, Error> {
        Ok(self.clone())
    }
}

//~ The type is read as JSON already.
#[derive(serde::Deserialize, FromResponse)]
pub struct Job {
    #[body]
    pub report: String,
}

fn main() {}
