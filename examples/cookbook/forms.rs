//! A form, with nested fields and lists: `cargo run --example forms`.
//!
//! ```text
//! name=Ada+%26+Co&address%5Bcity%5D=London&tags=a&tags=b&notify=true&grant_type=fixed
//! name=Ada&tags%5B%5D=a&tags%5B%5D=b&grant_type=fixed
//! ```

use axum::Router;
use axum::routing::post;
use connectors_client::{Bracketed, Client, Text, api_client};
use connectors_examples::serve;
use serde::Serialize;

#[derive(Serialize)]
struct Address {
    city: &'static str,
}

#[api_client]
trait Customers {
    #[post("customers", form, fields(grant_type = "fixed"))]
    async fn create(
        &self,
        name: &str,
        address: Option<&Address>,
        tags: &[&str],
        #[field("notify")] tell_them: Option<bool>,
    ) -> Text;

    /// A list in the style that PHP and Rails read.
    #[post("customers", form, fields(grant_type = "fixed"))]
    async fn create_bracketed(&self, name: &str, tags: Bracketed<&[&str]>) -> Text;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = serve(Router::new().route("/customers", post(|body: String| async { body }))).await?;
    let customers = CustomersClient::new(Client::builder(url).build()?);

    let london = Address { city: "London" };
    let sent = customers.create("Ada & Co", &["a", "b"]).address(&london).tell_them(true).await?;
    println!("{sent}");
    println!("{}", customers.create_bracketed("Ada", Bracketed(&["a", "b"])).await?);
    Ok(())
}
