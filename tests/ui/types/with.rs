//! Modules of `#[with]` that cannot serialize the value.

use connectors_client::api_client;

mod own {
    pub fn serialize<S: serde::Serializer>(_: &u32, _: S) -> Result<S::Ok, S::Error> {
        unimplemented!()
    }
}

mod empty {}

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, #[with(own)] id: u32) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ The module has no function.
    async fn no_function(&self, #[with(empty)] id: u32) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ The function serializes another type.
    async fn other_type(&self, #[with(own)] id: u64) -> Vec<String>;
}

fn main() {}
