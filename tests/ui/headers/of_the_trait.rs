//! Invalid fixed header fields of a trait.

use connectors_client::api_client;

//~ The name of a fixed header of the trait has a colon.
#[api_client(headers("X:A" = "b"))]
pub trait TraitFixedWithColon {
    #[get("v1/things")]
    async fn get(&self) -> Option<String>;
}

//~ A fixed header of the trait is given twice.
#[api_client(headers("X-A" = "b", "X-A" = "c"))]
pub trait TraitFixedTwice {
    #[get("v1/things")]
    async fn get(&self) -> Option<String>;
}

//~ A fixed header of the trait has no value.
#[api_client(headers("X-A"))]
pub trait TraitFixedWithoutValue {
    #[get("v1/things")]
    async fn get(&self) -> Option<String>;
}

fn main() {}
