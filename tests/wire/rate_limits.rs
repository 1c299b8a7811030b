//! The rate limit that a response tells.

use std::time::Duration;

use connectors_client::{FromResponse, RequestOptions, api_client};
use support::server::{Reply, Server};

use crate::{client, whole};

#[api_client]
trait Things {
    #[get("things")]
    async fn list(&self) -> Vec<u8>;

    #[get("things")]
    async fn limit(&self) -> Left;
}

/// A type of the user that reads the facts itself.
#[derive(Debug, PartialEq)]
struct Left(Option<u64>);

impl FromResponse for Left {
    fn accept() -> &'static str {
        "*/*"
    }

    fn from_response(
        response: connectors_client::Response,
    ) -> Result<Self, connectors_client::Error> {
        Ok(Self(response.rate_limit().and_then(|limit| limit.remaining)))
    }
}

fn limited(reply: Reply) -> Reply {
    reply
        .header("X-RateLimit-Limit", "60")
        .header("X-RateLimit-Remaining", "0")
        .header("X-RateLimit-Reset", "1704164675")
        .header("Date", "Tue, 02 Jan 2024 03:04:05 GMT")
}

#[tokio::test]
async fn responses_and_errors_tell_the_rate_limit() {
    let server = Server::start([
        limited(Reply::json(200, "[]")),
        limited(Reply::empty(429)),
        limited(Reply::empty(200)),
        Reply::json(200, "[]"),
    ]);
    let things = ThingsClient::new(client(&server));
    let response = things.with_raw_response().list().await.unwrap();
    let limit = response.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(60), Some(0)));
    assert_eq!(limit.reset, Some(Duration::from_secs(30)));
    let once = RequestOptions::new().max_retries(0);
    let error = things.list().options(once).await.unwrap_err();
    assert_eq!(error.rate_limit(), Some(limit));
    assert_eq!(things.limit().await.unwrap(), Left(Some(0)));
    let response = things.with_raw_response().list().await.unwrap();
    assert_eq!(response.rate_limit(), None);
    assert_eq!(
        whole(&server.requests()[0]),
        "GET /things HTTP/1.1\naccept: application/json\nauthorization: Bearer test-token\n\
         accept-encoding: gzip\n\n"
    );
}

#[tokio::test]
async fn an_error_without_a_response_tells_nothing() {
    let client = connectors_client::Client::builder(support::server::refused_url());
    let client = client.env_proxies(false).max_retries(0).build().unwrap();
    assert_eq!(ThingsClient::new(client).list().await.unwrap_err().rate_limit(), None);
}
