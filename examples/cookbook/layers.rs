//! A layer that logs each request, and one that signs it: `cargo run --example layers`.
//!
//! ```text
//! attempt 1, hop 0: POST books/<id>/reader (id = emma, name = Ada, pin = ***): 503
//! attempt 2, hop 0: POST books/<id>/reader (id = emma, name = Ada, pin = ***): 204
//! the server saw the signature POST /books/emma/reader
//! ```

use connectors_client::{
    Arguments, Attempt, Body, Endpoint, Fake, FakeReply, NextTransport, Secret, Transport,
    TransportFuture, api_client,
};
use http::HeaderValue;

#[api_client]
trait Library {
    #[post("books/<id>/reader", idempotent)]
    async fn lend(&self, id: &str, name: &str, pin: &Secret);
}

/// Prints a line per request. It sees each attempt and each redirect.
struct Log(NextTransport);

impl Transport for Log {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let line = line(request.extensions()).unwrap_or_default();
        Box::pin(async move {
            let result = self.0.send(request).await;
            match &result {
                Ok(response) => println!("{line}: {}", response.status().as_u16()),
                Err(error) => println!("{line}: {error}"),
            }
            result
        })
    }
}

/// Describes a call. Secrets are masked, but other values are shown: log only those that you may.
fn line(extensions: &http::Extensions) -> Option<String> {
    let endpoint = extensions.get::<&'static Endpoint>()?;
    let attempt = extensions.get::<Attempt>()?;
    let arguments = extensions.get::<Arguments>()?;
    let arguments: Vec<_> =
        arguments.pairs().map(|(name, text)| format!("{name} = {text}")).collect();
    let (number, hop) = (attempt.number(), attempt.hop());
    Some(format!("attempt {number}, hop {hop}: {endpoint} ({})", arguments.join(", ")))
}

/// Adds a signature. A real one covers the body as well, for example as an HMAC.
struct Sign(NextTransport);

impl Transport for Sign {
    fn send(&self, mut request: http::Request<Body>) -> TransportFuture<'_> {
        let signature = format!("{} {}", request.method(), request.uri().path());
        if let Ok(signature) = HeaderValue::from_str(&signature) {
            request.headers_mut().insert("x-signature", signature);
        }
        self.0.send(request)
    }
}

#[tokio::main]
async fn main() -> Result<(), connectors_client::Error> {
    // A fake stands for the server, which is busy at first. `Client::builder(url)` has layers too.
    let fake = Fake::new().on(LibraryClient::LEND, |request| {
        let attempt = request.extensions().get::<Attempt>().map(|attempt| attempt.number());
        FakeReply::new(if attempt == Some(1) { 503 } else { 204 }, "")
    });
    let client = fake.builder().layer(Sign).layer(Log).build().expect("the settings are valid");

    LibraryClient::new(client).lend("emma", "Ada", &Secret::new("12345678")).await?;

    let signature = fake.requests()[0].headers()["x-signature"].clone();
    println!("the server saw the signature {}", signature.to_str().unwrap_or_default());
    Ok(())
}
