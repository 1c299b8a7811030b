//! Results with a type that cannot be read, or without what an option needs.

use connectors_client::{EventStream, JsonLines, api_client};

pub struct Thing {
    pub name: String,
}

#[derive(serde::Serialize)]
pub struct SentThing {
    pub name: String,
}

#[derive(connectors_client::FromResponse)]
pub struct Report {
    #[header("X-Total")]
    pub total: u32,
    #[body]
    pub lines: Vec<String>,
}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ The result has a type that cannot be read.
    async fn result_cannot_be_read(&self, id: &str) -> Thing;

    #[get("v1/things/<id>")]
    //~ The result has a type that can only be sent.
    async fn result_can_only_be_sent(&self, id: &str) -> SentThing;

    #[get("v1/things/all")]
    //~ The result holds a type that cannot be read.
    async fn result_in_vec_cannot_be_read(&self) -> Vec<Thing>;

    #[get("v1/things", done = "x")]
    //~ The items of the stream cannot be read.
    async fn stream_of_unreadable_items(&self) -> EventStream<std::sync::mpsc::Sender<u8>>;

    #[get("v1/things", done = "[DONE]")]
    //~ The result has no items, which `done` needs.
    async fn done_without_stream(&self) -> Vec<u8>;

    #[get("v1/things", resume)]
    //~ The lines have no ids, which `resume` needs.
    async fn resume_of_lines(&self) -> JsonLines<u8>;

    #[head("v1/things")]
    //~ A response to HEAD has no number.
    async fn number_of_head(&self) -> u32;

    #[request("HEAD", "v1/things")]
    //~ A response to HEAD has no text.
    async fn text_of_head(&self) -> connectors_client::Text;

    #[head("v1/things")]
    //~ A response to HEAD has no body, whatever stands around it.
    async fn body_of_head(&self) -> connectors_client::HttpResponse<Vec<u8>>;

    #[head("v1/things")]
    //~ The derived type has a body.
    async fn derived_of_head(&self) -> Report;

    #[head("v1/things", none_on = 404)]
    //~ The content of the `Option` is read from a body.
    async fn content_of_head(&self) -> Option<String>;

    #[get("v1/things", none_on = 404)]
    //~ The result cannot be `None`, which `none_on` needs.
    async fn none_on_without_option(&self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
