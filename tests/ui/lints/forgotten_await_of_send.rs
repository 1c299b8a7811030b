//! A sent call is not awaited.

#![deny(unused_must_use)]

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[delete("v1/things/<id>")]
    async fn delete(&self, id: &str);
}

async fn uses(things: ThingsClient) {
    things.delete("x").send();
}

fn main() {}
