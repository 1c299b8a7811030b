//! Ways to authenticate: `cargo run --example auth`.
//!
//! ```text
//! a bearer token:      authorization: Bearer abc
//! name and password:   authorization: Basic dXNlcjpwYXNz
//! a header of its own: x-api-key: k-1
//! another user's:      x-user-token: u-7 (authorization: Bearer abc)
//! none:                nothing
//! a scheme by name:    authorization: Basic cm9vdDpwYXNz
//! a client per user:   authorization: Bearer u-8
//! a key and a token:   x-api-key: k-1 (authorization: Bearer abc)
//! a token in Debug:    Secret(..)
//! ```

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;
use connectors_client::auth;
use connectors_client::{Client, Secret, Text, api_client};
use connectors_examples::serve;

#[api_client]
trait Whoami {
    #[get("whoami")]
    async fn ask(&self) -> Text;

    /// Asks on behalf of another user. The argument is a secret too.
    #[get("whoami")]
    async fn ask_for(&self, #[header("X-User-Token")] user: &Secret) -> Text;

    #[get("whoami", auth = none)]
    async fn ask_without(&self) -> Text;

    #[get("whoami", auth = admin)]
    async fn ask_as_admin(&self) -> Text;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = serve(Router::new().route("/whoami", get(credentials))).await?;

    let bearer = WhoamiClient::new(Client::builder(&url).bearer_token("abc").build()?);
    println!("a bearer token:      {}", bearer.ask().await?);

    let basic = WhoamiClient::new(Client::builder(&url).basic_auth("user", "pass").build()?);
    println!("name and password:   {}", basic.ask().await?);

    let header = WhoamiClient::new(Client::builder(&url).auth_header("X-Api-Key", "k-1").build()?);
    println!("a header of its own: {}", header.ask().await?);

    let user = Secret::new("u-7");
    println!("another user's:      {}", bearer.ask_for(&user).await?);
    println!("none:                {}", bearer.ask_without().await?);

    // Credentials of some endpoints only.
    let client =
        Client::builder(&url).bearer_token("abc").auth_scheme("admin", auth::basic("root", "pass"));
    let client = client.build()?;
    println!("a scheme by name:    {}", WhoamiClient::new(client.clone()).ask_as_admin().await?);

    // A cheap view for each user. It has none of the credentials of `client`.
    let of_user = WhoamiClient::new(client.with_token("u-8"));
    println!("a client per user:   {}", of_user.ask().await?);

    // Two at once, each fixed or a provider of tokens.
    let both = (auth::header("X-Api-Key", "k-1"), auth::bearer("abc"));
    let both = WhoamiClient::new(Client::builder(&url).auth(both).build()?);
    println!("a key and a token:   {}", both.ask().await?);
    println!("a token in Debug:    {user:?}");
    Ok(())
}

/// Returns the credentials that the server received.
async fn credentials(headers: HeaderMap) -> String {
    let seen = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(|value| format!("{name}: {value}"))
    };
    match (seen("authorization"), seen("x-api-key"), seen("x-user-token")) {
        (Some(own), _, Some(other)) | (Some(own), Some(other), _) => format!("{other} ({own})"),
        (Some(one), ..) | (None, Some(one), _) => one,
        _ => "nothing".to_owned(),
    }
}
