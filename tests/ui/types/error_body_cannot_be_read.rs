//! The body of an error has a type that cannot be read.

use connectors_client::{ErrorClass, api_client};

pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(409, 422)]
    Invalid(Option<Problems>),
    #[status(other)]
    Other,
}

#[api_client(error = ThingsError)]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

async fn uses(client: ThingsClient) -> Option<ThingsError> {
    client.list().await.err()?.class()
}

fn main() {}
