//! Options that are given twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ An option is given twice.
    #[post("v1/things", timeout = "5s", timeout = "6s")]
    async fn twice(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A flag is given twice.
    #[post("v1/things", idempotent, idempotent)]
    async fn flag_twice(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ An endpoint has two errors.
    #[post("v1/things", error = CreateError, error = OtherError)]
    async fn error_twice(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `paginate` is given twice.
    #[get("things?<offset>", paginate(offset), paginate(link))]
    async fn paginate_twice(&self, offset: Option<u64>) -> Vec<String>;

    //~ `poll` is given twice.
    #[get("jobs/<id>", poll, poll, done(status = "x"))]
    async fn poll_twice(&self, id: u64) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    client.paginate_twice().send().await?;
    let _ = client.paginate_twice().items();
    client.poll_twice(7).send().await?;
    let _ = client.poll_twice(7).poll();
    Ok(())
}

fn main() {}
