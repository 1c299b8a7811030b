//! An argument is named in camel case.

#![deny(warnings)]

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[patch("v1/things/<id>")]
    async fn update(&self, id: &str, firstName: Nullable<&str>);
}

fn main() {}
