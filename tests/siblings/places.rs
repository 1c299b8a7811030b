//! Lists, serialized values and compressed bodies in places and forms beside the usual ones.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::{Arc, Mutex};

use connectors_client::auth::{AuthRequest, from_fn};
use connectors_client::{
    Client, CommaSeparated, Compression, EventStream, JsonArray, PipeSeparated, api_client,
};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use support::server::{Recorded, Reply, Server};

use crate::{all_sent, builder, client, form_of};

#[derive(Serialize)]
struct Names(Vec<&'static str>);

mod upper {
    use serde::Serializer;

    pub(super) fn serialize<S: Serializer>(value: &str, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&value.to_uppercase())
    }
}

mod as_map {
    use std::collections::BTreeMap;

    use serde::{Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &str, to: S) -> Result<S::Ok, S::Error> {
        let pairs = value.split(',').filter_map(|pair| pair.split_once('='));
        pairs.collect::<BTreeMap<_, _>>().serialize(to)
    }
}

#[api_client]
trait Lists {
    #[get("sets/<ids>")]
    async fn set(&self, ids: &BTreeSet<u32>);

    #[get("cows/<ids>")]
    async fn cow(&self, ids: Cow<'_, [&str]>);

    #[get("names/<names>")]
    async fn names(&self, names: &Names);

    #[get("tuples/<pair>")]
    async fn tuple(&self, pair: (u32, &str));

    #[get("rest/<path..>")]
    async fn comma(&self, path: CommaSeparated<&[&str]>);

    #[get("rest/<path..>")]
    async fn pipe(&self, path: PipeSeparated<&[&str]>);

    #[get("header")]
    async fn header(
        &self,
        #[header("X-Ids")] ids: Option<Vec<u32>>,
        #[header("X-Names")] names: Option<&Names>,
    );
}

#[tokio::test]
async fn a_list_of_any_type_is_a_list_in_the_path_and_in_a_header() {
    let server = Server::start([Reply::empty(204)]);
    let lists = ListsClient::new(client(&server));
    lists.set(&BTreeSet::from([1, 2])).await.unwrap();
    lists.cow(Cow::Borrowed(&["a", "b/c"])).await.unwrap();
    lists.names(&Names(vec!["a", "b"])).await.unwrap();
    lists.tuple((1, "a,b")).await.unwrap();
    lists.comma(CommaSeparated(&["a/b", "c"])).await.unwrap();
    lists.pipe(PipeSeparated(&["a", "b"])).await.unwrap();
    lists.header().ids(vec![1, 2]).names(&Names(vec!["a", "b c"])).await.unwrap();
    lists.header().maybe_ids(None).await.unwrap();
    lists.header().ids(Vec::new()).await.unwrap();
    assert_eq!(
        all_sent(&server),
        [
            "GET /sets/1,2 HTTP/1.1",
            "GET /cows/a,b%2Fc HTTP/1.1",
            "GET /names/a,b HTTP/1.1",
            "GET /tuples/1,a%2Cb HTTP/1.1",
            "GET /rest/a%2Fb,c HTTP/1.1",
            "GET /rest/a%7Cb HTTP/1.1",
            "GET /header HTTP/1.1",
            "GET /header HTTP/1.1",
            "GET /header HTTP/1.1",
        ]
    );
    let requests = server.requests();
    let ids: Vec<_> = requests[6..].iter().map(|request| request.header("x-ids")).collect();
    assert_eq!(ids, [Some("1,2"), None, None]);
    assert_eq!(requests[6].header("x-names"), Some("a,b c"));
}

#[test]
fn the_description_knows_a_list_in_the_rest_of_the_path() {
    let style = |endpoint: &connectors_client::Endpoint| {
        endpoint.parameters().next().and_then(|parameter| parameter.list_style())
    };
    assert_eq!(style(ListsClient::COMMA), Some(connectors_client::ListStyle::Comma));
    assert_eq!(style(ListsClient::TUPLE), None);
}

#[api_client]
trait Withs {
    #[get("files/<path..>?<filter..>")]
    async fn rest(&self, #[with(upper)] path: &str, #[with(as_map)] filter: &str);

    #[post("fields")]
    async fn fields(
        &self,
        #[fields]
        #[with(as_map)]
        all: &str,
    );

    #[post("parts", multipart)]
    async fn part(
        &self,
        name: &str,
        #[fields]
        #[with(as_map)]
        all: Option<&str>,
    );
}

#[tokio::test]
async fn a_module_serializes_a_value_that_is_several_parts_of_a_request() {
    let server = Server::start([Reply::empty(204)]);
    let withs = WithsClient::new(client(&server));
    withs.rest("a/b", "x=1,y=2").await.unwrap();
    withs.fields("x=1").await.unwrap();
    withs.part("n").all("y=2").await.unwrap();
    assert_eq!(
        all_sent(&server),
        [
            "GET /files/A/B?x=1&y=2 HTTP/1.1".to_owned(),
            "POST /fields HTTP/1.1 application/json {\"x\":\"1\"}".to_owned(),
            format!(
                "POST /parts HTTP/1.1 {}",
                form_of(&[("name=\"name\"", "n"), ("name=\"y\"", "2")])
            ),
        ]
    );
}

mod base64 {
    use ::base64::Engine as _;
    use ::base64::engine::general_purpose::STANDARD;
    use serde::Serializer;

    pub(super) fn serialize<S: Serializer>(
        bytes: impl AsRef<[u8]>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }
}

mod day_first {
    use std::borrow::Borrow;

    use jiff::civil::Date;
    use serde::Serializer;

    pub(super) fn serialize<S: Serializer>(
        date: impl Borrow<Date>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_str(&date.borrow().strftime("%d.%m.%Y"))
    }
}

#[api_client]
trait Formats {
    #[put("blobs/<key>?<until>")]
    async fn put(
        &self,
        #[with(base64)] key: &[u8],
        #[with(day_first)] until: Option<Date>,
        #[header("Content-MD5")]
        #[with(base64)]
        digest: &[u8],
        #[with(base64)] data: &[u8],
        #[with(day_first)] since: Date,
    );
}

#[tokio::test]
async fn bytes_are_sent_in_base64_and_dates_in_a_format_of_the_caller() {
    let server = Server::start([Reply::empty(204)]);
    let formats = FormatsClient::new(client(&server));
    let day = jiff::civil::date(2026, 3, 9);
    formats.put(b"\xfb\xff", b"a\xffb", b"?>", day).until(day).await.unwrap();
    let json = r#"{"data":"Pz4=","since":"09.03.2026"}"#;
    assert_eq!(
        all_sent(&server),
        [format!("PUT /blobs/%2B%2F8%3D?until=09.03.2026 HTTP/1.1 application/json {json}")]
    );
    assert_eq!(server.requests()[0].header("content-md5"), Some("Yf9i"));
}

#[api_client(compress = "gzip")]
trait Notes {
    #[get("search")]
    async fn search(&self, #[field] text: &str) -> Value;

    #[post("events", idempotent, resume, done(last = true))]
    async fn events(&self, text: &str) -> EventStream<Value>;
}

fn plain(request: &Recorded) -> String {
    let mut plain = String::new();
    flate2::read::GzDecoder::new(&*request.body).read_to_string(&mut plain).unwrap();
    assert_eq!(request.header("content-encoding"), Some("gzip"));
    plain
}

fn compressing(server: &Server) -> connectors_client::ClientBuilder {
    builder(server).compress_from(1)
}

#[tokio::test]
async fn a_compressed_body_stays_so_after_a_redirect_and_a_reconnection() {
    let events = |data: &str| Reply::text(200, "text/event-stream", &format!("data: {data}\n\n"));
    let server = Server::start([
        Reply::empty(307).header("Location", "/moved"),
        Reply::json(200, "1"),
        events("{}").without_length(),
        events("{\"last\": true}"),
    ]);
    let notes = NotesClient::new(compressing(&server).build().unwrap());
    assert_eq!(notes.search("a").await.unwrap(), 1);
    let mut stream = notes.events("b").await.unwrap();
    while let Some(event) = stream.next().await {
        event.unwrap();
    }
    let sent: Vec<_> = server.requests().iter().map(plain).collect();
    assert_eq!(sent, [r#"{"text":"a"}"#, r#"{"text":"a"}"#, r#"{"text":"b"}"#, r#"{"text":"b"}"#]);
}

#[tokio::test]
async fn a_scheme_signs_the_compressed_body() {
    let server = Server::start([Reply::json(200, "1")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let sign = from_fn(move |request: &mut AuthRequest| {
        *log.lock().unwrap() = request.body().unwrap().to_vec();
        request.set_header("x-signature", "s")
    });
    let client = compressing(&server).auth(sign).build().unwrap();
    NotesClient::new(client).search("a").await.unwrap();
    assert_eq!(*seen.lock().unwrap(), server.request().body);
    assert_eq!(plain(&server.request()), r#"{"text":"a"}"#);
}

#[api_client(envelope = "data", dyn_compatible)]
trait Enveloped {
    #[get("rows")]
    async fn rows(&self) -> JsonArray<u32>;

    #[get("one")]
    async fn one(&self) -> u32;
}

fn plain_client(url: String) -> Client {
    support::client(url).env_proxies(false).compress(Compression::None).build().unwrap()
}

#[tokio::test]
async fn envelopes_and_arrays_are_read_in_blocking_calls_and_by_trait_objects() {
    let server = Server::answer(|request| match &*request.target {
        "/rows" => Reply::json(200, r#"{"data": [1, 2]}"#),
        _ => Reply::json(200, r#"{"data": 5}"#),
    });
    let url = server.url();
    let blocking = tokio::task::spawn_blocking(move || {
        let api = BlockingEnvelopedClient::new(plain_client(url));
        let rows: Vec<u32> =
            api.rows().send().unwrap().into_iter().map(|row| row.unwrap()).collect();
        (rows, api.one().send().unwrap())
    });
    assert_eq!(blocking.await.unwrap(), (vec![1, 2], 5));
    let object: Arc<dyn DynEnveloped> = Arc::new(EnvelopedClient::new(plain_client(server.url())));
    assert_eq!(object.one().await.unwrap(), 5);
    let mut rows = object.rows().await.unwrap();
    assert_eq!(rows.next().await.unwrap().unwrap(), 1);
}

#[api_client(failed(ok = false))]
trait Limited {
    #[get("state")]
    async fn state(&self) -> Value;

    #[get("lines", done(last = true))]
    async fn lines(&self) -> connectors_client::JsonLines<Value>;
}

#[tokio::test]
async fn failures_within_a_success_tell_the_rate_limit() {
    let limited = |reply: Reply| reply.header("X-RateLimit-Remaining", "3");
    let server = Server::start([
        limited(Reply::json(200, r#"{"ok": false}"#)),
        limited(Reply::text(200, "application/x-ndjson", "{\"ok\": false}\n")),
    ]);
    let api = LimitedClient::new(client(&server));
    let remaining = |error: &connectors_client::Error| error.rate_limit().unwrap().remaining;
    assert_eq!(remaining(&api.state().await.unwrap_err()), Some(3));
    let mut lines = api.lines().await.unwrap();
    assert_eq!(remaining(&lines.next().await.unwrap().unwrap_err()), Some(3));
}
