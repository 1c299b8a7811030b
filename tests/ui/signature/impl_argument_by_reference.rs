//! An argument refers to an `impl Trait`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &impl AsRef<str>) -> String;
}

fn main() {}
