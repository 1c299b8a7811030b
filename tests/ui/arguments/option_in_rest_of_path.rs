//! The rest of the path is optional.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/files/<path..>")]
    async fn get(&self, path: Option<&str>) -> String;
}

fn main() {}
