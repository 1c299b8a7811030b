//! Marks of a failure in a response that is not looked into.

use connectors_client::{ByteStream, api_client};

#[api_client(failed(ok = false))]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> ByteStream;

    #[post("v1/things", poll(link = header("Location"), result = field(url)), failed(state = "bad"))]
    async fn export(&self) -> ByteStream;

    #[get("v1/things", failed(ok = false))]
    //~ The content of the stream is not looked into.
    async fn content_that_fails(&self) -> ByteStream;
}

fn main() {}
