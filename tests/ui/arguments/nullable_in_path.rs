//! An argument of the path is `Nullable`.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, id: Nullable<&str>) -> String;
}

fn main() {}
