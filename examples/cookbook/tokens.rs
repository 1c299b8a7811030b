//! Tokens that are obtained and renewed: `cargo run --example tokens`.
//!
//! ```text
//! a function:          orders of v-1
//! client credentials:  orders of c-2
//! refused:             orders of c-3
//! a device:            enter ABCD at https://login.example.com/device
//!                      stored r-2
//!                      orders of d-5
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use connectors_client::auth::{AccessToken, ClientCredentials, RefreshToken, TokenProvider};
use connectors_client::{Client, Text, api_client};
use connectors_examples::apis::oauth::{self, DeviceToken, OAuthClient};
use connectors_examples::serve;
use serde_json::{Value, json};

#[api_client]
trait Orders {
    #[get("orders")]
    async fn list(&self) -> Text;
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = serve(server()).await?;

    // A function, for example one that asks a vault.
    let provider = TokenProvider::new(|| async {
        Ok(AccessToken::new("v-1").expires_in(Duration::from_secs(3600)))
    });
    let orders = OrdersClient::new(Client::builder(&url).auth(provider).build()?);
    println!("a function:          {}", orders.list().await?);

    // OAuth 2.0 for the program itself.
    let grant = ClientCredentials::new(&format!("{url}/token"), "id", "secret").scope("orders");
    let orders = OrdersClient::new(Client::builder(&url).auth(grant).build()?);
    println!("client credentials:  {}", orders.list().await?);

    // The server has forgotten the token. The client renews it and sends the call again.
    OrdersClient::new(Client::builder(&url).bearer_token("forget").build()?).list().await.ok();
    println!("refused:             {}", orders.list().await?);

    // OAuth 2.0 for a user without a browser here (RFC 8628).
    let login = OAuthClient::new(Client::builder(&url).build()?);
    let device = login.authorize_device().client_id("app").await?;
    println!("a device:            enter {} at {}", device.user_code, device.verification_uri);
    let DeviceToken::Granted(token) = oauth::wait(&login, &device, Some("app")).await? else {
        return Err("the user has refused".into());
    };
    let refresh_token = token.refresh_token.ok_or("no refresh token")?;
    // It is renewed from now on, and each refresh token that follows is stored.
    let grant = RefreshToken::new(&format!("{url}/token"), "app", refresh_token).on_rotation(
        |token| async move { println!("                     stored {}", token.expose()) },
    );
    let orders = OrdersClient::new(Client::builder(&url).auth(grant).build()?);
    println!("                     {}", orders.list().await?);
    Ok(())
}

/// Issues tokens, and lists the orders of a token until it is told to forget it.
fn server() -> Router {
    let issued = Arc::new(AtomicUsize::new(1));
    let forgotten = Arc::new(AtomicUsize::new(0));
    let (issue, forget) = (Arc::clone(&issued), Arc::clone(&forgotten));
    let token = move |form: String| async move {
        Json(token(&form, issue.fetch_add(1, Ordering::Relaxed) + 1))
    };
    let orders = move |headers: HeaderMap| async move {
        let token = headers.get("authorization").and_then(|value| value.to_str().ok());
        let token = token.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let number = token.rsplit('-').next().and_then(|number| number.parse::<usize>().ok());
        match number {
            _ if token == "forget" => {
                forget.store(issued.load(Ordering::Relaxed), Ordering::Relaxed);
                Err(StatusCode::UNAUTHORIZED)
            }
            Some(number) if number > forget.load(Ordering::Relaxed) => {
                Ok(format!("orders of {token}"))
            }
            _ => Err(StatusCode::UNAUTHORIZED),
        }
    };
    let device = || async {
        Json(json!({
            "device_code": "d", "user_code": "ABCD", "interval": 0, "expires_in": 60,
            "verification_uri": "https://login.example.com/device",
        }))
    };
    Router::new()
        .route("/token", post(token))
        .route("/orders", get(orders))
        .route("/device_authorization", post(device))
}

fn token(form: &str, number: usize) -> Value {
    let (letter, refresh_token) = match form {
        form if form.contains("client_credentials") => ("c", None),
        form if form.contains("refresh_token=r-1") => ("d", Some("r-2")),
        _ => ("d", Some("r-1")),
    };
    json!({
        "access_token": format!("{letter}-{number}"), "token_type": "Bearer", "expires_in": 3600,
        "refresh_token": refresh_token,
    })
}
