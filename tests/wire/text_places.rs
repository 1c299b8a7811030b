//! Values that are not text are refused in every place for text, before anything is sent.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use connectors_client::{Error, ErrorKind, api_client};
use support::server::{Reply, Server};

use crate::client;

#[api_client]
trait Places {
    #[get("path/<value>")]
    async fn bytes_in_path(&self, value: &Bytes);

    #[get("path/<value>")]
    async fn time_in_path(&self, value: Duration);

    #[get("path/<value..>")]
    async fn bytes_in_rest_of_path(&self, value: &Bytes);

    #[get("header")]
    async fn bytes_in_header(&self, #[header("X-Value")] value: &Bytes);

    #[get("header")]
    async fn time_in_header(&self, #[header("X-Value")] value: SystemTime);

    #[get("header")]
    async fn times_in_header(&self, #[header("X-Value")] value: &[Duration]);

    #[get("query?<value>")]
    async fn bytes_in_query(&self, value: Option<&Bytes>);

    #[get("query?<value>")]
    async fn time_in_query(&self, value: Option<SystemTime>);

    #[post("form", form)]
    async fn several_bytes_in_form(&self, value: &[Bytes]);

    #[post("form", form)]
    async fn time_in_form(&self, value: Option<Duration>);
}

fn mistake(result: Result<(), Error>) -> String {
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Build, 0), "{error}");
    error.to_string()
}

#[tokio::test]
async fn bytes_and_times_are_refused_where_text_is_sent() {
    let server = Server::start([Reply::empty(204)]);
    let places = PlacesClient::new(client(&server));
    let (bytes, second) = (&Bytes::from_static(b"ab"), Duration::from_secs(1));
    for mistake in [
        mistake(places.bytes_in_path(bytes).await),
        mistake(places.bytes_in_rest_of_path(bytes).await),
        mistake(places.bytes_in_header(bytes).await),
        mistake(places.bytes_in_query().value(bytes).await),
        mistake(places.several_bytes_in_form(std::slice::from_ref(bytes)).await),
    ] {
        let wanted = "`value` is bytes, which cannot be sent as text: encode them";
        assert!(mistake.contains(wanted), "{mistake}");
    }
    for mistake in [
        mistake(places.time_in_path(second).await),
        mistake(places.time_in_header(SystemTime::UNIX_EPOCH).await),
        mistake(places.times_in_header(&[second]).await),
        mistake(places.time_in_query().value(SystemTime::UNIX_EPOCH).await),
        mistake(places.time_in_form().value(second).await),
    ] {
        assert!(mistake.contains("`value` cannot contain a `"), "{mistake}");
        assert!(mistake.contains(": send a number, a date type, or a newtype"), "{mistake}");
    }
    assert_eq!(server.requests().len(), 0);
}
