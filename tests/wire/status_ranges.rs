//! Ranges of statuses in error classes and results.

use connectors_client::{ErrorClass, ErrorKind, FromResponse, Text, api_client};
use support::server::{Reply, Server};

use crate::{client, whole};

#[derive(Debug, PartialEq, ErrorClass)]
enum Class {
    #[status(400..=499)]
    Client,
    #[status(404)]
    NotFound,
    #[status(420..=429, 300..=303)]
    Slow,
    #[status(500..=599)]
    Server,
    #[status(other)]
    Other,
}

#[derive(Debug, PartialEq, FromResponse)]
enum Outcome {
    #[status(400..=499)]
    Refused(Text),
    #[status(404)]
    Missing,
    #[status(200..=299)]
    Done {
        #[status]
        status: u16,
    },
    #[status(202)]
    Later,
}

#[api_client(error = Class)]
trait Things {
    #[get("class")]
    async fn class(&self);

    #[post("outcome")]
    async fn outcome(&self) -> Outcome;
}

#[tokio::test]
async fn the_narrowest_range_names_the_class() {
    for (status, expected) in [
        (400, Class::Client),
        (499, Class::Client),
        (404, Class::NotFound),
        (423, Class::Slow),
        (301, Class::Slow),
        (500, Class::Server),
        (599, Class::Server),
        (305, Class::Other),
    ] {
        let server = Server::start([Reply::empty(status)]);
        let error = ThingsClient::new(client(&server)).class().await.unwrap_err();
        assert_eq!(error.class::<Class>(), Some(expected), "{status}");
    }
}

#[tokio::test]
async fn the_narrowest_range_is_the_result() {
    let refused = |text: &str| Outcome::Refused(Text::new(text));
    for (status, expected) in [
        (200, Outcome::Done { status: 200 }),
        (299, Outcome::Done { status: 299 }),
        (202, Outcome::Later),
        (400, refused("no")),
        (499, refused("no")),
        (404, Outcome::Missing),
    ] {
        let server = Server::start([Reply::text(status, "text/plain", "no")]);
        let outcome = ThingsClient::new(client(&server)).outcome().await.unwrap();
        assert_eq!(outcome, expected, "{status}");
        assert_eq!(
            whole(&server.request()),
            "POST /outcome HTTP/1.1\naccept: text/plain, */*;q=0.5\nauthorization: Bearer test-token\n\
             accept-encoding: gzip\ncontent-length: 0\n\n"
        );
    }
}

#[tokio::test]
async fn a_range_of_results_leaves_out_what_is_retried() {
    for (status, kind) in [(408, ErrorKind::Api), (429, ErrorKind::Api), (500, ErrorKind::Api)] {
        let server = Server::start([Reply::empty(status)]);
        let error = ThingsClient::new(client(&server)).outcome().await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (kind, status));
    }
    let server = Server::start([Reply::empty(429), Reply::empty(202)]);
    assert_eq!(ThingsClient::new(client(&server)).outcome().await.unwrap(), Outcome::Later);
}
