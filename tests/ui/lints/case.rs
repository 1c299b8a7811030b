//! Names in a wrong case.

#![deny(warnings)]

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait ArgumentInCamelCase {
    #[patch("v1/things/<id>")]
    //~ An argument is named in camel case.
    async fn update(&self, id: &str, firstName: Nullable<&str>);
}

#[api_client]
pub trait RequiredArgumentInCamelCase {
    #[get("v1/things/<thingId>")]
    //~ A required argument is named in camel case.
    async fn get(&self, thingId: &str) -> String;
}

#[api_client]
pub trait EndpointInCamelCase {
    #[patch("v1/things/<id>")]
    //~ An endpoint is named in camel case.
    async fn updateOne(&self, id: &str, name: Nullable<&str>);
}

#[api_client]
//~ A trait is named in snake case.
pub trait my_things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
