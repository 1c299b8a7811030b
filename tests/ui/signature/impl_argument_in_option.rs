//! An optional argument is `impl Trait`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<name>")]
    async fn get(&self, name: Option<impl AsRef<str>>) -> String;
}

fn main() {}
