//! Invalid places of lists.

use connectors_client::{Bracketed, CommaSeparated, Nullable, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things/<ids>")]
    async fn get(&self, ids: &[u32], #[header("X-Tags")] tags: Option<Vec<String>>) -> Vec<String>;

    #[get("v1/things/<ids>")]
    //~ A list in the path is an option.
    async fn optional(&self, ids: Option<&[u32]>) -> Vec<String>;

    #[get("v1/files/<path..>")]
    //~ A list of segments is an option.
    async fn optional_rest(&self, path: Option<CommaSeparated<Vec<String>>>) -> Vec<String>;

    #[get("v1/things")]
    //~ A list in a header is nullable.
    async fn nullable(&self, #[header("X-Ids")] ids: Nullable<Vec<u32>>) -> Vec<String>;

    #[get("v1/things/<ids>")]
    //~ A list in the path has brackets.
    async fn brackets(&self, ids: Bracketed<&[u32]>) -> Vec<String>;

    #[get("v1/things")]
    //~ A list in a header has brackets.
    async fn header(&self, #[header("X-Ids")] ids: Option<Bracketed<Vec<u32>>>) -> Vec<String>;

    //~ A list of segments is not at the end.
    #[get("v1/files/<path..>/meta")]
    async fn in_between(&self, path: &[&str]) -> Vec<String>;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.get(&[1]).tags(vec![String::new()]).await?;
    client.optional().await?;
    Ok(())
}

fn main() {}
