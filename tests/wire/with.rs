//! Values that a module of the user serializes or reads.

use std::time::Duration;

use connectors_client::{ErrorKind, FromResponse, Nullable, api_client};
use support::server::{Reply, Server};

use crate::{client, whole};

mod millis {
    use std::time::Duration;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(value.as_millis().try_into().map_err(serde::ser::Error::custom)?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

mod hex {
    use serde::Serializer;

    pub(super) fn serialize<S: Serializer>(
        bytes: impl AsRef<[u8]>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let bytes = bytes.as_ref();
        if bytes == b"bad" {
            return Err(serde::ser::Error::custom("bad bytes"));
        }
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let text: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        to.serialize_str(&text)
    }
}

#[derive(Debug, FromResponse)]
struct Limits {
    #[header("X-Wait")]
    #[with(millis)]
    wait: Duration,
    #[header("X-Rest")]
    #[with(millis)]
    rest: Option<Duration>,
}

#[api_client]
trait Things {
    #[get("things/<id>?<within>&<tags>")]
    async fn get(
        &self,
        #[with(hex)] id: &[u8],
        #[with(millis)] within: Option<Duration>,
        tags: Option<&[&str]>,
        #[header("X-Wait")]
        #[with(millis)]
        wait: Duration,
    ) -> Limits;

    #[post("things")]
    async fn create(
        &self,
        #[with(millis)] after: Duration,
        #[with(hex)]
        #[field("digest")]
        sum: Nullable<Vec<u8>>,
    );

    #[post("form", form)]
    async fn form(&self, #[with(millis)] after: Duration);
}

#[tokio::test]
async fn a_module_serializes_a_value_in_every_place() {
    let limits = Reply::empty(204).header("X-Wait", "1500");
    let server = Server::start([limits.clone(), limits.header("X-Rest", "20"), Reply::empty(204)]);
    let things = ThingsClient::new(client(&server));
    let second = Duration::from_secs(1);
    let first = things.get(b"\x01\xff", second).within(second / 2).tags(&["a"]).await.unwrap();
    assert_eq!((first.wait, first.rest), (Duration::from_millis(1500), None));
    let limits = things.get(b"a", second).await.unwrap();
    assert_eq!(limits.rest, Some(Duration::from_millis(20)));
    things.create(second).sum(b"xyz".to_vec()).await.unwrap();
    things.create(second).sum_null().await.unwrap();
    things.form(second).await.unwrap();
    let sent: Vec<_> = server.requests().iter().map(whole).collect();
    let head = " HTTP/1.1\naccept: */*\nauthorization: Bearer test-token\n";
    let json = "content-type: application/json\naccept-encoding: gzip\n";
    assert_eq!(
        sent,
        [
            format!(
                "GET /things/01ff?within=500&tags=a{head}x-wait: 1000\naccept-encoding: gzip\n\n"
            ),
            format!("GET /things/61{head}x-wait: 1000\naccept-encoding: gzip\n\n"),
            format!(
                r#"POST /things{head}{json}content-length: 32

{{\"after\":1000,\"digest\":\"78797a\"}}"#
            ),
            format!(
                r#"POST /things{head}{json}content-length: 28

{{\"after\":1000,\"digest\":null}}"#
            ),
            format!(
                "POST /form{head}content-type: application/x-www-form-urlencoded\n\
                 accept-encoding: gzip\ncontent-length: 10\n\nafter=1000"
            ),
        ]
    );
}

#[tokio::test]
async fn a_failure_of_a_module_names_the_argument_or_the_header() {
    let server = Server::start([
        Reply::empty(204),
        Reply::empty(204).header("X-Wait", "soon"),
        Reply::empty(204).header("X-Wait", "1").header("X-Rest", "later"),
    ]);
    let things = ThingsClient::new(client(&server));
    let error = things.get(b"bad", Duration::ZERO).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().ends_with("`id` cannot be serialized: bad bytes"), "{error}");
    for expected in [
        "the response has no header `x-wait`: expected u64",
        "the header `x-wait` does not fit: expected u64",
        "the header `x-rest` does not fit: expected u64",
    ] {
        let error = things.get(b"a", Duration::ZERO).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(expected), "{error}");
    }
}
