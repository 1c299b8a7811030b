//! Options with an invalid value.

use connectors_client::api_client;

const KEY: &str = "X-Key";

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The media type is a number.
    #[get("v1/things", accept = 5)]
    async fn accept_is_number(&self) -> String;

    //~ The media type has no slash.
    #[get("v1/things", accept = "csv")]
    async fn accept_without_slash(&self) -> String;

    //~ The second media type has no type.
    #[get("v1/things", accept = "text/csv, /json")]
    async fn accept_without_type(&self) -> String;

    //~ The media type has a newline.
    #[get("v1/things", accept = "text/csv\n")]
    async fn accept_with_control(&self) -> Option<String>;

    //~ The scheme is a path.
    #[get("v1/things", auth = schemes::admin)]
    async fn auth_path(&self) -> String;

    //~ The scheme is text.
    #[get("v1/things", auth = "none")]
    async fn auth_text(&self) -> String;

    //~ The status is negative.
    #[get("v1/things", none_on = -404)]
    async fn none_on_negative(&self) -> Option<String>;

    //~ The status is a success.
    #[get("v1/things", none_on = 204)]
    async fn none_on_success(&self) -> Option<String>;

    //~ The status is text.
    #[get("v1/things", none_on = "404")]
    async fn none_on_text(&self) -> Option<String>;

    #[post("v1/things", idempotency_key)]
    //~ The idempotency key is an argument too.
    async fn idempotency_key_and_argument(&self, #[header("Idempotency-Key")] key: &str);

    //~ The idempotency key is in brackets.
    #[post("v1/things", idempotency_key("X-Key"))]
    async fn idempotency_key_in_brackets(&self, name: &str);

    //~ The header of the idempotency key is a constant, which the macro cannot check.
    #[post("v1/things", idempotency_key = KEY)]
    async fn idempotency_key_is_constant(&self, name: &str);

    //~ The header of the idempotency key has a space.
    #[post("v1/things", idempotency_key = "X Key")]
    async fn idempotency_key_with_space(&self, name: &str);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
