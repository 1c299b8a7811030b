//! There is a named field beside the body.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[body] thing: &str, #[field("dry-run")] dry_run: Option<bool>) -> String;
}

fn main() {}
