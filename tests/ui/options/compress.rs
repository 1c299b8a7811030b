//! Invalid values and places of `compress`.

use connectors_client::{Body, api_client};

//~ The coding is unknown.
#[api_client(compress = "br")]
pub trait Unknown {
    #[post("v1/things")]
    async fn create(&self, name: &str) -> String;
}

#[api_client(compress = "gzip")]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things", compress = none)]
    async fn create(&self, #[body] thing: Body) -> String;

    //~ The coding is not in quotes.
    #[post("v1/things", compress = gzip)]
    async fn unquoted(&self, name: &str) -> String;

    //~ There is no coding.
    #[post("v1/things", compress)]
    async fn alone(&self, name: &str) -> String;

    //~ There is no body.
    #[get("v1/things/<id>", compress = "gzip")]
    async fn get(&self, id: &str) -> String;
}

fn main() {}
