//! Streams of the items of a JSON array that cannot be read, or have no place.

use connectors_client::{JsonArray, api_client};

pub struct Row {
    pub id: u64,
}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> JsonArray<String>;

    #[get("v1/things")]
    //~ The items of the array cannot be read.
    async fn unreadable_items(&self) -> JsonArray<Row>;

    #[get("v1/things", resume)]
    //~ An array cannot be resumed.
    async fn resumed(&self) -> JsonArray<String>;

    #[head("v1/things")]
    //~ A response to HEAD has no array.
    async fn of_head(&self) -> JsonArray<String>;

    #[get("v1/things", none_on = 404)]
    //~ A stream is not `None`.
    async fn none_on_without_option(&self) -> JsonArray<String>;

    #[post("v1/things")]
    //~ A stream that is read is sent.
    async fn sent(&self, #[body] rows: JsonArray<String>);
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.list().await?;
    Ok(())
}

fn main() {}
