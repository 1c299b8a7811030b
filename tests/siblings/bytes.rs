//! Bytes behind other names where a value is text, and items of a header that a server would read
//! as other ones.

use std::collections::BTreeSet;

use connectors_client::{Bracketed, CommaSeparated, Error, ErrorKind, api_client};
use serde::{Serialize, Serializer};
use support::server::{Reply, Server};

use crate::{all_sent, client};

#[derive(Serialize)]
struct ObjectId([u8; 3]);

#[derive(Serialize)]
#[serde(transparent)]
struct Transparent(Vec<u8>);

type Digest = [u8; 2];

#[derive(Serialize)]
struct Rgb(u8, u8, u8);

#[derive(Serialize)]
struct Ratings(Vec<Rating>);

#[derive(Serialize)]
struct Rating(u8);

#[derive(Serialize)]
struct Filter {
    value: Value,
}

#[derive(Serialize)]
struct Range {
    value: (u8, u8),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Bytes(Vec<u8>),
    Array([u8; 2]),
    Wrapped(Option<Transparent>),
    Styled(CommaSeparated<Vec<u8>>),
    Numbers(Vec<u16>),
    Ratings(Ratings),
    Mixed((u8, u16)),
    Nothing(Vec<u8>),
}

/// A list in each form that it can have as an argument.
struct Held(Value);

impl Serialize for Held {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

type Pair = (u8, u8);

#[api_client]
trait Things {
    #[get("objects/<id>")]
    async fn path(&self, id: &ObjectId);

    #[get("files/<path..>")]
    async fn rest(&self, path: &Transparent);

    #[get("objects")]
    async fn header(&self, #[header("Content-MD5")] digest: Option<Digest>);

    #[get("objects?<id>")]
    async fn query(&self, id: Option<&Transparent>, #[header("X-Tags")] tags: Option<&[&str]>);

    #[post("form", form)]
    async fn form(&self, set: &BTreeSet<u8>);

    #[get("filter?<filter..>")]
    async fn filter(&self, filter: &Filter);

    #[get("filter?<range..>")]
    async fn range(&self, range: &Range);

    #[post("fields", form)]
    async fn fields(&self, #[fields] filter: &Filter);

    #[get("tuples/<pair>?<pairs>&<rgb>&<held>&<bracketed>")]
    async fn tuples(
        &self,
        pair: Pair,
        pairs: Option<Pair>,
        rgb: Option<Rgb>,
        held: Option<Held>,
        bracketed: Option<Bracketed<Vec<u8>>>,
        #[header("X-Pair")] header: Option<(u8, u8)>,
    );

    #[post("parts", multipart)]
    async fn parts(&self, id: &ObjectId);

    #[post("json")]
    async fn json(&self, id: &ObjectId);
}

fn check(name: &str, result: Result<(), Error>) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build, "{error}");
    let expected = format!("`{name}` contains a list of `u8`, and bytes cannot be sent as text");
    assert!(error.to_string().contains(&expected), "{error}");
    assert!(error.to_string().contains("`CommaSeparated`"), "{error}");
}

#[tokio::test]
async fn bytes_behind_another_name_are_refused_wherever_a_value_is_text() {
    let server = Server::start([Reply::empty(204)]);
    let things = ThingsClient::new(client(&server));
    check("id", things.path(&ObjectId(*b"abc")).await);
    check("path", things.rest(&Transparent(b"ab".to_vec())).await);
    check("digest", things.header().digest(*b"ab").await);
    check("id", things.query().id(&Transparent(b"ab".to_vec())).await);
    check("set", things.form(&BTreeSet::from([1, 2])).await);
    let wrapped = || Value::Wrapped(Some(Transparent(vec![1])));
    for value in [|| Value::Bytes(vec![1, 2]), || Value::Array([1, 2]), wrapped] {
        check("filter", things.filter(&Filter { value: value() }).await);
        check("filter", things.fields(&Filter { value: value() }).await);
        check("held", things.tuples((1, 2)).held(Held(value())).await);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn lists_of_numbers_that_are_no_bytes_are_sent() {
    let server = Server::start([Reply::empty(204)]);
    let things = ThingsClient::new(client(&server));
    things.range(&Range { value: (1, 2) }).await.unwrap();
    for value in [
        Value::Styled(CommaSeparated(vec![1, 2])),
        Value::Numbers(vec![1, 2]),
        Value::Ratings(Ratings(vec![Rating(1), Rating(2)])),
        Value::Mixed((1, 2)),
        Value::Nothing(Vec::new()),
    ] {
        things.filter(&Filter { value }).await.unwrap();
    }
    let all = things.tuples((1, 2)).pairs((3, 4)).rgb(Rgb(5, 6, 7)).header((8, 9));
    all.bracketed(Bracketed(vec![1])).await.unwrap();
    things.json(&ObjectId([1, 2, 3])).await.unwrap();
    things.parts(&ObjectId(*b"abc")).await.unwrap();
    let (two, requests) = ("GET /filter?value=1&value=2 HTTP/1.1", all_sent(&server));
    assert_eq!(
        requests[..8],
        [
            two,
            "GET /filter?value=1,2 HTTP/1.1",
            two,
            two,
            two,
            "GET /filter HTTP/1.1",
            "GET /tuples/1,2?pairs=3&pairs=4&rgb=5&rgb=6&rgb=7&bracketed%5B%5D=1 HTTP/1.1",
            "POST /json HTTP/1.1 application/json {\"id\":[1,2,3]}",
        ]
    );
    assert_eq!(server.requests()[6].header("x-pair"), Some("8,9"));
    assert!(requests[8].contains("filename=\"id\"|Content-Type: application/octet-stream||abc|"));
}

#[tokio::test]
async fn an_item_of_a_header_has_no_blank_at_its_ends() {
    let server = Server::start([Reply::empty(204)]);
    let things = ThingsClient::new(client(&server));
    for item in ["a ", " b", "\tc", " "] {
        let error = things.query().tags(&[item, "d"]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        let expected = "`tags` has an item that is empty, begins or ends with a blank or contains a comma or a quote";
        assert!(error.to_string().contains(expected), "{error}");
    }
    things.query().tags(&["a b", "c"]).await.unwrap();
    assert_eq!(server.request().header("x-tags"), Some("a b,c"));
}
