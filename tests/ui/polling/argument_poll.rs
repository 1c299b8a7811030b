//! An argument is called as the new method is.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("jobs/<id>?<poll>", poll, done(status = "x"))]
    async fn list(&self, id: u64, poll: Option<u64>) -> String;
}

fn main() {}
