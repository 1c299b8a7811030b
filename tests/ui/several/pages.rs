//! Responses that are not a page of a list.

use connectors_client::{Page, api_client};

#[derive(serde::Deserialize)]
pub struct List {
    pub items: Vec<String>,
}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("things?<offset>", paginate(offset))]
    //~ The response is a number.
    //~ Reported again.
    async fn page_is_a_number(&self, offset: Option<u64>) -> u32;

    #[get("things?<offset>", paginate(offset))]
    //~ The response is a struct without items.
    //~ Reported again.
    async fn page_of_a_struct(&self, offset: Option<u64>) -> List;
}

//~ The derive needs a list.
#[derive(Page)]
pub struct PageItemsOfAMap {
    #[page(items)]
    //~ The items are a map.
    //~ Reported again.
    pub items: std::collections::BTreeMap<String, u8>,
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
