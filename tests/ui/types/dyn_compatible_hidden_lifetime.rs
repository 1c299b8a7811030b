//! A lifetime is hidden, so the trait object cannot name it.

use connectors_client::api_client;

#[derive(serde::Serialize)]
pub struct Filter<'a> {
    pub name: &'a str,
}

//~ The lifetime of `Filter` is hidden.
#[api_client(dyn_compatible)]
pub trait Things {
    #[get("v1/things?<filter..>")]
    async fn list(&self, filter: Filter) -> Vec<String>;
}

fn main() {}
