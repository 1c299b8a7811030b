//! Siblings of faults that were mended: other places, types and forms of each kind.

mod blocking;
mod by_macro;
mod bytes;
mod hosts;
mod operations;
mod pages;
mod pairs;
mod parts;
mod places;
mod positions;
mod proxies;
mod refusals;
mod resolvers;
mod secrets;
mod services;
mod spread;
mod stored;
mod texts;
mod unions;
mod waits;

use connectors_client::auth::{AccessToken, TokenProvider};
use connectors_client::{Client, ClientBuilder};
use support::clock::TestClock;
use support::server::{Recorded, Server};

/// Returns the builder of a client whose waits take no time.
fn builder(server: &Server) -> ClientBuilder {
    support::client(server.url()).env_proxies(false).clock(TestClock::new())
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

/// Returns a client whose token is another one each time, `t-1` first.
fn renewing(server: &Server) -> Client {
    let count = std::sync::atomic::AtomicUsize::new(1);
    let token = TokenProvider::new(move || {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        async move { Ok(AccessToken::new(format!("t-{number}"))) }
    });
    builder(server).auth(token).build().unwrap()
}

/// Returns the request line, the media type and the body, with the boundary of a form as `B`.
fn sent(request: &Recorded) -> String {
    let media_type = request.header("content-type").unwrap_or_default();
    let text = String::from_utf8_lossy(&request.body).replace("\r\n", "|");
    let line = request.head().lines().next().unwrap_or_default();
    let whole = format!("{line} {media_type} {text}");
    match media_type.split_once("boundary=") {
        Some((_, boundary)) => whole.replace(boundary, "B"),
        None => whole.trim_end().to_owned(),
    }
}

/// Returns all that was sent.
fn all_sent(server: &Server) -> Vec<String> {
    server.requests().iter().map(sent).collect()
}

/// Returns a form of these parts: the rest of each head, and the content.
fn form_of(parts: &[(&str, &str)]) -> String {
    let parts = parts
        .iter()
        .map(|(head, content)| format!("--B|Content-Disposition: form-data; {head}||{content}|"));
    format!("multipart/form-data; boundary=B {}--B--|", parts.collect::<String>())
}
