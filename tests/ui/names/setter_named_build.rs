//! A setter has the name of a method of every request.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<build>")]
    async fn call(&self, build: Option<&str>);
}

fn main() {}
