//! Signs each request with an HMAC of the whole of it: `cargo run --example signatures`.
//!
//! ```text
//! the right key: paid 5
//! a wrong key:   POST payments: 401 Unauthorized
//! ```

use std::time::UNIX_EPOCH;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::post;
use bytes::Bytes;
use connectors_client::auth::{AuthError, AuthFuture, AuthRequest, Authenticate};
use connectors_client::{Client, Secret, Text, api_client};
use connectors_examples::serve;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

#[api_client]
trait Payments {
    #[post("payments")]
    async fn pay(&self, amount: u32) -> Text;
}

/// Signs the method, the path with its query, the time and the body.
struct Signature {
    key: Secret,
}

impl Authenticate for Signature {
    // It is called for each attempt, so that the time of a retry is its own.
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        AuthFuture::ready(self.sign(request))
    }
}

impl Signature {
    fn sign(&self, request: &mut AuthRequest) -> Result<(), AuthError> {
        let time = request.time().duration_since(UNIX_EPOCH)?.as_secs().to_string();
        let path = request.url().path_and_query().map_or("/", |path| path.as_str());
        let body = request.body().ok_or_else(|| AuthError::new("a stream cannot be signed"))?;
        let signature = hmac(self.key.expose(), [request.method().as_str(), path, &time], body);
        request.set_header("x-time", time)?;
        request.set_header("x-signature", signature)
    }
}

/// Returns the HMAC of these lines and a body, in hexadecimal digits.
fn hmac(key: &str, lines: [&str; 3], body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key of any length");
    for line in lines {
        mac.update(line.as_bytes());
        mac.update(b"\n");
    }
    mac.update(body);
    format!("{:x}", Bytes::copy_from_slice(&mac.finalize().into_bytes()))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = serve(Router::new().route("/payments", post(pay))).await?;
    for (name, key) in [("the right key: ", "k-1"), ("a wrong key:   ", "k-2")] {
        let client = Client::builder(&url).auth(Signature { key: Secret::new(key) }).build()?;
        match PaymentsClient::new(client).pay(5).await {
            Ok(answer) => println!("{name}{answer}"),
            Err(error) => println!("{name}{error}"),
        }
    }
    Ok(())
}

/// Accepts a payment with the right signature.
async fn pay(uri: Uri, headers: HeaderMap, body: String) -> Result<String, StatusCode> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let expected = hmac("k-1", ["POST", uri.path(), header("x-time")], body.as_bytes());
    // A real server compares in constant time, and refuses old times.
    if header("x-signature") != expected {
        return Err(StatusCode::UNAUTHORIZED);
    }
    Ok(format!("paid {}", body.trim_matches(|character: char| !character.is_ascii_digit())))
}
