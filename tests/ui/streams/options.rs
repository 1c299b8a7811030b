//! Invalid options of a stream.

use connectors_client::{EventStream, JsonLines, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The text is empty.
    #[get("v1/things", done = "")]
    async fn done_is_empty(&self) -> EventStream<u8>;

    //~ The text is a number.
    #[get("v1/things", done = 5)]
    async fn done_is_number(&self) -> EventStream<u8>;

    //~ The text is in brackets.
    #[get("v1/things", done("end"))]
    async fn done_is_string_in_brackets(&self) -> EventStream<u8>;

    //~ The value of the field is a character.
    #[get("v1/things", done(kind = 'x'))]
    async fn done_value_is_number(&self) -> EventStream<u8>;

    //~ The value of the field is missing.
    #[get("v1/things", done(kind = ))]
    async fn done_value_missing(&self) -> EventStream<u8>;

    //~ `done` has no value.
    #[get("v1/things", done)]
    async fn done_without_value(&self) -> EventStream<u8>;

    //~ `failed` has no brackets.
    #[get("v1/things", failed)]
    async fn fails_on_bare(&self) -> EventStream<u8>;

    //~ The choice is unknown.
    #[get("v1/things", on_invalid_item = ignore)]
    async fn on_bad_line_other(&self) -> JsonLines<u8>;

    //~ The choice is in quotes.
    #[get("v1/things", on_invalid_item = "skip")]
    async fn on_bad_line_text(&self) -> JsonLines<u8>;

    //~ A POST cannot be resumed without `idempotent`.
    #[post("v1/things", resume)]
    async fn resume_of_post(&self) -> EventStream<u8>;

    //~ The flag has a value.
    #[get("v1/things", resume = true)]
    async fn resume_with_value(&self) -> EventStream<u8>;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
