//! Options of a call: `cargo run --example options`.
//!
//! ```text
//! declared:   POST /search?lang=en {"query":"rust"} trace: -
//! per call:   POST /search?lang=de&preview=true {"query":"rust","depth":3} trace: t-1
//! by a view:  POST /search?lang=en {"query":"rust"} trace: t-2
//! over it:    POST /search?lang=en {"query":"rust"} trace: -
//! not sent:   POST http://127.0.0.1/search?lang=en
//! ```

use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, Uri};
use axum::routing::post;
use connectors_client::{Client, RequestOptions, Text, api_client};
use connectors_examples::serve;

#[api_client]
trait Search {
    #[post("search?<lang>", idempotent)]
    async fn find(&self, query: &str, lang: &str) -> Text;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let search = SearchClient::new(Client::builder(serve(router()).await?).build()?);
    println!("declared:   {}", search.find("rust", "en").await?);

    // Options that the declaration has no argument for, or that override its arguments.
    let options = RequestOptions::new()
        .timeout(Duration::from_secs(5))
        .max_retries(0)
        .header("X-Trace", "t-1")
        .query("lang", "de")
        .query("preview", true)
        .body_field("depth", 3);
    println!("per call:   {}", search.find("rust", "en").options(options).await?);

    // A view of the client: the same connections with other defaults.
    let traced = search.with_options(RequestOptions::new().header("X-Trace", "t-2"));
    println!("by a view:  {}", traced.find("rust", "en").await?);
    let without = RequestOptions::new().header("X-Trace", None);
    println!("over it:    {}", traced.find("rust", "en").options(without).await?);

    let request = search.find("rust", "en").build()?;
    let place = request
        .uri()
        .to_string()
        .replace(&format!(":{}", request.uri().port_u16().unwrap_or(80)), "");
    println!("not sent:   {} {place}", request.method());
    Ok(())
}

fn router() -> Router {
    Router::new().route(
        "/search",
        post(|uri: Uri, headers: HeaderMap, body: String| async move {
            let trace = headers.get("x-trace").and_then(|value| value.to_str().ok()).unwrap_or("-");
            format!("POST {uri} {body} trace: {trace}")
        }),
    )
}
