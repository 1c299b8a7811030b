//! Constants with an invalid value.

use connectors_client::api_client;

const ACCEPT: &str = "csv";
const CONTENT_TYPE: &str = "json";
const HEADER: &str = "a\nb";
const STATUS: u16 = 200;
const PREFIX: &str = "v1?beta=true";

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The constant is not a media type.
    #[get("v1/things", accept = ACCEPT)]
    async fn accept_is_not_a_media_type(&self) -> Option<String>;

    #[put("v1/things")]
    //~ The constant is not a media type.
    async fn content_type_is_not_a_media_type(&self, #[body(content_type = CONTENT_TYPE)] thing: &str);

    //~ The constant is not a value of a header.
    #[get("v1/things", headers("X-A" = HEADER))]
    async fn fixed_header_is_not_valid(&self) -> Option<String>;

    //~ The constant is not an error status.
    #[get("v1/things", none_on = STATUS)]
    async fn none_on_is_a_success(&self) -> Option<String>;
}

//~ The constant is not a path.
#[api_client(prefix = PREFIX)]
pub trait PrefixIsNotAPath {
    #[get("things/one")]
    async fn get(&self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
