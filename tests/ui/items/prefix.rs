//! Invalid prefixes.

use connectors_client::api_client;

//~ The prefix is a number.
#[api_client(prefix = 1)]
pub trait PrefixIsNumber {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The prefix has a segment `..`.
#[api_client(prefix = "../v1")]
pub trait PrefixWithParentSegment {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The prefix has a placeholder.
#[api_client(prefix = "v1/<tenant>")]
pub trait PrefixWithPlaceholder {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("things/one")]
    async fn get(&self) -> String;
}

async fn prefix_with_placeholder(client: PrefixWithPlaceholderClient, things: impl PrefixWithPlaceholder) {
    let _ = client.list().await;
    let _ = client.with_raw_response().list().await;
    let _ = things.list().await;
}

//~ The prefix has a query.
#[api_client(prefix = "v1?beta=true")]
pub trait PrefixWithQuery {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The prefix has a scheme.
#[api_client(prefix = "https://api.example.com/v1")]
pub trait PrefixWithScheme {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The equals sign of the prefix is missing.
#[api_client(prefix "v1")]
pub trait PrefixWithoutEquals {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The name of the option `prefix` is missing.
#[api_client("v1")]
pub trait PrefixWithoutName {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
