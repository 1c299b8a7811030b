//! Implementations that conflict with generated ones.

use connectors_client::{Error, FromResponse, OpenEnum, OpenUnion, api_client};

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

//~ The derive writes the union already.
#[derive(serde::Serialize, OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

//~ The derive writes the enum already.
#[derive(serde::Serialize, OpenEnum)]
pub enum State {
    Open,
    Unknown(String),
}

fn main() {}
