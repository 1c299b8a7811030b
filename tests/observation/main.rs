//! Spans and events of `tracing`, observers, and the headers of attempts.

mod attributes;
mod connections;
mod conventions;
mod events;
mod observers;

use std::time::Duration;

use connectors_client::{ByteStream, ClientBuilder, EventStream, Nullable, Secret, api_client};
use support::clock::TestClock;
use support::server::Server;

#[api_client]
trait Tickets {
    #[get("v1/tickets?<limit>&<state>")]
    async fn list(&self, limit: Option<u32>, state: Option<&str>) -> Vec<String>;

    #[get("v1/tickets/<id>")]
    async fn get(&self, id: &str) -> String;

    #[post("v1/tickets/<id>/notes/<note>:pin")]
    async fn pin(
        &self,
        id: &str,
        note: &str,
        text: Nullable<&str>,
        #[header("X-Reason")] why: &str,
    );

    #[get("v1/files/<path..>", none_on = 404)]
    async fn file(&self, path: &str) -> Option<String>;

    #[get("v1/search?beta=true&<filter..>")]
    async fn search(&self, filter: std::collections::BTreeMap<String, String>) -> Vec<String>;

    #[get("v1/key/<key>")]
    async fn by_key(&self, key: Secret) -> String;

    #[get("v1/events", done = "[DONE]")]
    async fn events(&self) -> EventStream<String>;

    #[get("v1/download")]
    async fn download(&self) -> ByteStream;

    #[get("")]
    async fn given(&self, #[url] url: &str) -> String;
}

/// Returns the builder of a client whose retries do not wait.
fn builder(server: &Server) -> ClientBuilder {
    support::client(server.url()).clock(TestClock::new()).timeout(Duration::from_secs(30))
}

fn tickets(server: &Server) -> TicketsClient {
    TicketsClient::new(builder(server).build().unwrap())
}
