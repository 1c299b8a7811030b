//! A type of a public trait is private.

#![deny(warnings)]

use connectors_client::api_client;

#[derive(serde::Deserialize)]
struct Thing {
    name: String,
}

//~ The type is private.
//~ Reported again.
#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> Thing;
}

fn uses(thing: Thing) -> String {
    thing.name
}

fn main() {}
