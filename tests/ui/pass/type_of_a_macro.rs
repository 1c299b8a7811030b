//! `Option` is known where a macro by example hands it on.

#![deny(warnings)]

use connectors_client::api_client;

macro_rules! things {
    ($ty:ty) => {
        #[api_client]
        trait Things {
            #[get("things?<limit>")]
            async fn list(&self, limit: $ty) -> Vec<String>;
        }
    };
}

things!(Option<u8>);

#[test]
fn it_has_a_setter() {
    let _ = |things: ThingsClient| things.list().limit(1);
}
