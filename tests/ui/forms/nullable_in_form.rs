//! A Nullable in form.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[post("v1/things", form)]
    async fn create(&self, name: Nullable<&str>) -> String;
}

fn main() {}
