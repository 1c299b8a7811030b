//! Invalid polling.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ `poll` has a value.
    #[get("jobs/<id>", poll = "2s")]
    async fn value(&self, id: u64) -> String;

    //~ `poll` has an option without a value.
    #[get("jobs/<id>", poll(every))]
    async fn words(&self, id: u64) -> String;

    //~ `poll` has an unknown option.
    #[get("jobs/<id>", poll(interval = "2s"), done(status = "x"))]
    async fn unknown(&self, id: u64) -> String;

    //~ A time has an unknown unit.
    #[get("jobs/<id>", poll(timeout = "2 days"), done(status = "x"))]
    async fn time_of_unknown_unit(&self, id: u64) -> String;

    //~ A time has no unit.
    #[get("jobs/<id>", poll(every = 2), done(status = "x"))]
    async fn time_without_unit(&self, id: u64) -> String;

    //~ The value of the field is a character.
    #[get("jobs/<id>", poll, done(status = '3'))]
    async fn done_is_character(&self, id: u64) -> String;

    //~ The link is a text.
    #[post("jobs", poll(link = "Location"))]
    async fn link_is_text(&self, id: u64) -> String;

    //~ The place of the link is unknown.
    #[post("jobs", poll(link = query(url)))]
    async fn place_is_unknown(&self, id: u64) -> String;

    #[post("jobs", poll(link = field(links.self), result = field(r#type)))]
    async fn keywords(&self, id: u64) -> String;

    //~ The name of the header has a blank.
    #[post("jobs", poll(link = header("Operation Location")))]
    async fn header_is_no_name(&self, id: u64) -> String;

    //~ The name of the field is empty.
    #[post("jobs", poll(link = field("")))]
    async fn field_is_empty(&self, id: u64) -> String;

    //~ The path to the field ends with a dot.
    #[post("jobs", poll(link = field(links.)))]
    async fn field_is_cut(&self, id: u64) -> String;

    //~ There are two fields.
    #[post("jobs", poll(link = field(a, b)))]
    async fn two_fields(&self, id: u64) -> String;

    //~ The link is missing after the equals sign.
    #[post("jobs", poll(link = ))]
    async fn link_is_missing(&self, id: u64) -> String;

    //~ The result is a text.
    #[post("jobs", poll(link = header("Location"), result = "url"))]
    async fn result_is_text(&self, id: u64) -> String;

    //~ The result has no link.
    #[post("jobs", idempotent, poll(result = field(url)), done(status = "x"))]
    async fn result_without_link(&self, id: u64) -> String;

    //~ A POST cannot be polled without `idempotent`.
    #[post("jobs", poll, done(status = "x"))]
    async fn post(&self, id: u64) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    client.value(7).send().await?;
    let _ = client.value(7).poll();
    client.words(7).send().await?;
    let _ = client.words(7).poll();
    client.unknown(7).send().await?;
    let _ = client.unknown(7).poll();
    client.time_of_unknown_unit(7).send().await?;
    let _ = client.time_of_unknown_unit(7).poll();
    client.time_without_unit(7).send().await?;
    let _ = client.time_without_unit(7).poll();
    client.done_is_character(7).send().await?;
    let _ = client.done_is_character(7).poll();
    client.post(7).send().await?;
    let _ = client.post(7).poll();
    Ok(())
}

fn main() {}
