//! Middleware of `reqwest-middleware` below the calls: `cargo run --example reqwest_middleware`.
//!
//! ```text
//! GET /books/emma: 503 Service Unavailable
//! GET /books/emma: 200 OK
//! "Emma" after 2 attempts
//! ```

use std::error::Error;

use connectors_client::{
    Body, Client, ErrorKind, Text, Transport, TransportError, TransportFuture, api_client,
};
use futures_util::future::BoxFuture;
use http_body_util::BodyExt as _;
use reqwest::redirect::Policy;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Next};

#[api_client]
trait Books {
    #[get("books/<id>")]
    async fn get(&self, id: &str) -> Text;
}

/// Sends over a client with middleware. Each attempt passes through the middleware.
struct Middleware(ClientWithMiddleware);

impl Transport for Middleware {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request.map(reqwest::Body::wrap))
                .map_err(|error| TransportError::new(ErrorKind::Build, error))?;
            let response = self.0.execute(request).await.map_err(failure)?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| Body::stream(body.map_err(broken))))
        })
    }
}

/// Tells if the request can have been sent, on which retries depend.
fn failure(error: reqwest_middleware::Error) -> TransportError {
    match error {
        reqwest_middleware::Error::Reqwest(error) if error.is_connect() => {
            TransportError::new(ErrorKind::Connect, error.without_url()).not_sent()
        }
        reqwest_middleware::Error::Reqwest(error) => broken(error),
        error @ reqwest_middleware::Error::Middleware(_) => {
            TransportError::new(ErrorKind::Interrupted, error.without_url())
        }
    }
}

fn broken(error: reqwest::Error) -> TransportError {
    TransportError::new(ErrorKind::Interrupted, error.without_url())
}

/// A middleware: prints a line per request.
fn log<'a>(
    request: reqwest::Request,
    extensions: &'a mut http::Extensions,
    next: Next<'a>,
) -> BoxFuture<'a, reqwest_middleware::Result<reqwest::Response>> {
    Box::pin(async move {
        let line = format!("{} {}", request.method(), request.url().path());
        let response = next.run(request, extensions).await?;
        println!("{line}: {}", response.status());
        Ok(response)
    })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = busy_at_first().await?;
    // Without it, no client of reqwest can be built: this crate turns on none of its TLS back ends.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // Redirects and retries are those of the calls.
    let finished = reqwest::Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .build()?;
    let with_middleware = ClientBuilder::new(finished).with(log).build();
    let client = Client::builder(url).transport(Middleware(with_middleware)).build()?;

    let book = RawBooksClient::new(client).get("emma").await?;
    println!("{:?} after {} attempts", book.data.as_ref(), book.attempts());
    Ok(())
}

/// Starts a server that is busy at its first request.
async fn busy_at_first() -> std::io::Result<String> {
    use std::sync::atomic::{AtomicBool, Ordering};
    static WAS_ASKED: AtomicBool = AtomicBool::new(false);
    let get = || async {
        if WAS_ASKED.swap(true, Ordering::SeqCst) {
            (http::StatusCode::OK, "Emma")
        } else {
            (http::StatusCode::SERVICE_UNAVAILABLE, "")
        }
    };
    let app = axum::Router::new().route("/books/{id}", axum::routing::get(get));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(url)
}
