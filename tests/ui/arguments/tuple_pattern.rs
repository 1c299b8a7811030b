//! An argument is a pattern.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, (id, _kind): (&str, &str)) -> String;
}

fn main() {}
