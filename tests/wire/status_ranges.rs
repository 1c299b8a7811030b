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

#[derive(Debug, PartialEq, FromResponse)]
enum Download {
    #[status(302..=303)]
    At {
        #[header("Location")]
        url: String,
    },
    #[status(200)]
    Here(Text),
}

#[api_client]
trait Files {
    #[get("files/<id>")]
    async fn get(&self, id: u8) -> Download;

    #[get("files/<id>")]
    async fn followed(&self, id: u8) -> Text;
}

#[tokio::test]
async fn a_redirect_can_be_a_result_and_is_then_not_followed() {
    let elsewhere = "https://cdn.example.com/a?signature=x";
    let server = Server::start([
        Reply::text(302, "text/html", "<p>Found</p>").header("Location", elsewhere),
        Reply::empty(303).header("Location", "/files/2"),
        Reply::empty(307).header("Location", "/files/3"),
        Reply::text(200, "text/plain", "content"),
        Reply::empty(302).header("Location", "/files/4"),
        Reply::text(200, "text/plain", "followed"),
    ]);
    let files = FilesClient::new(client(&server));
    let at = |url: &str| Download::At { url: url.to_owned() };
    assert_eq!(files.get(1).await.unwrap(), at(elsewhere));
    assert_eq!(files.get(1).await.unwrap(), at("/files/2"));
    assert_eq!(files.get(1).await.unwrap(), Download::Here(Text::new("content")));
    assert_eq!(files.followed(1).await.unwrap().as_str(), "followed");
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    let expected = ["/files/1", "/files/1", "/files/1", "/files/3", "/files/1", "/files/4"];
    assert_eq!(targets, expected);
}
