//! The result holds an `impl Trait`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> Vec<impl Sized>;
}

fn main() {}
