//! Names that the generated code uses itself.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things")]
    //~ An optional argument is named `options`.
    async fn argument_options(&self, options: Option<bool>) -> String;

    #[post("v1/things")]
    //~ An optional argument is named `send`.
    async fn argument_send(&self, send: Option<bool>) -> String;

    #[get("v1/things?<build>")]
    //~ A setter has the name of a method of every request.
    async fn setter_named_build(&self, build: Option<&str>);

    #[post("v1/things")]
    //~ An endpoint is named `new`.
    async fn new(&self) -> String;

    #[post("v1/things")]
    //~ An endpoint is named `with_options`.
    async fn with_options(&self) -> String;

    #[post("v1/things")]
    //~ An endpoint is named `with_raw_response`.
    async fn with_raw_response(&self) -> String;

    #[get("v1/endpoints")]
    //~ An endpoint is named `endpoints`.
    async fn endpoints(&self) -> String;

    #[get("things?<offset>&<items>", paginate(offset))]
    //~ An argument is named like the method `items`.
    async fn argument_items(&self, offset: Option<u64>, items: Option<u64>) -> Vec<String>;

    #[get("things?<pages>", paginate(page = pages))]
    //~ An argument is named like the method `pages`.
    async fn argument_pages(&self, pages: Option<u64>) -> Vec<String>;

    #[get("jobs/<id>?<poll>", poll, done(status = "x"))]
    //~ An argument is named like the method `poll`.
    async fn argument_poll(&self, id: u64, poll: Option<u64>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
