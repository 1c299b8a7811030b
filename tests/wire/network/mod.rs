//! The settings of the network, each on a real server and on both transports.

mod connections;
mod early_http2;
mod environment;
mod finished;
mod headers;
mod keep_alive;
mod lean;
mod names;
mod own_reqwest;
mod process;
mod proxies;
mod proxy_server;
mod server;
mod sockets;
mod tls;

use std::time::Duration;

use connectors_client::{Body, Client, ClientBuilder, RetryPolicy, Text, api_client};

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);

    #[get("text")]
    async fn text(&self) -> Text;

    #[post("things")]
    async fn post(&self, #[body] content: Body);
}

/// Returns a builder for each transport. Retries do not wait.
fn both(base_url: impl AsRef<str>) -> [(&'static str, ClientBuilder); 2] {
    let builder = || {
        Client::builder(&base_url)
            .env_proxies(false)
            .retry(RetryPolicy::default().initial_backoff(Duration::ZERO))
    };
    [("default", builder()), ("lean", builder().lean())]
}

fn things(builder: ClientBuilder) -> ThingsClient {
    ThingsClient::new(builder.build().unwrap())
}

/// Returns the text of the error of `build`.
fn mistake(builder: ClientBuilder) -> String {
    builder.build().unwrap_err().to_string()
}
