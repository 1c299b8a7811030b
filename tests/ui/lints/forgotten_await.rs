//! Calls that are not awaited.

#![deny(unused_must_use)]

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[delete("v1/things/<id>")]
    async fn delete(&self, id: &str);
}

async fn forgotten_await(things: ThingsClient) {
    //~ A call is not awaited.
    things.delete("x");
}

async fn forgotten_await_of_send(things: ThingsClient) {
    //~ A sent call is not awaited.
    things.delete("x").send();
}

fn main() {}
