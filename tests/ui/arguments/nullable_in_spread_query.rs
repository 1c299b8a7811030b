//! An argument of the query is `Nullable`, by `<..>`.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things?<..>")]
    async fn get(&self, limit: Nullable<u32>) -> String;
}

fn main() {}
