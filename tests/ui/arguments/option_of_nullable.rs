//! `Nullable` is inside `Option`.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, name: Option<Nullable<&str>>) -> String;
}

fn main() {}
