//! A lifetime is not written, so that a trait object cannot keep what it is of.

use connectors_client::api_client;

#[derive(serde::Serialize)]
pub struct Filter<'a> {
    pub name: &'a str,
}

#[api_client(dyn_compatible)]
pub trait Things {
    #[get("v1/things?<filter..>")]
    async fn list(&self, filter: Filter) -> Vec<String>;
}

fn main() {}
