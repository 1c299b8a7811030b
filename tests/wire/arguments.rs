//! Arguments of each kind, compared as whole requests, byte by byte.

use std::collections::BTreeMap;

use connectors_client::{
    Bracketed, CommaSeparated, ErrorKind, Nullable, PipeSeparated, RequestOptions, SpaceSeparated,
    Text, api_client,
};
use serde::{Deserialize, Serialize};
use support::server::{Reply, Server};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    InProgress,
}

#[derive(Serialize)]
struct Filter {
    tag: Vec<&'static str>,
    owner: Option<&'static str>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Ticket {
    id: u64,
}

#[api_client(prefix = "/api/v3/")]
trait Tickets {
    #[get("/tickets/<id>")]
    async fn get(&self, id: u64) -> Ticket;

    #[get("tickets?state=<state>&<filter..>&beta=true&<..>")]
    async fn find(
        &self,
        state: State,
        filter: &Filter,
        r#type: Option<&str>,
        page: Option<u32>,
        ratio: Option<f64>,
    ) -> Text;

    #[get("files/<name>.<ext>")]
    async fn file(&self, name: &str, ext: &str) -> Text;

    #[put("files/<path..>")]
    async fn put(
        &self,
        path: &str,
        #[header("X-Checksum")] checksum: Option<u32>,
        #[header("X-Tag")] tag: &str,
        #[body] body: &BTreeMap<&str, u8>,
    );

    #[post("tickets/<id>:close")]
    async fn close(
        &self,
        id: u64,
        #[field("closeReason")] reason: Nullable<&str>,
        force: Option<bool>,
        labels: Option<&[&str]>,
    ) -> Option<Ticket>;

    #[post("tickets")]
    async fn create(&self, title: &str, body: &str) -> Ticket;

    #[post("ping")]
    async fn ping(&self);

    #[patch("notes/<id>")]
    async fn note(&self, id: u64, #[body] note: Option<&Filter>);

    #[delete("tickets/<id>")]
    async fn delete(&self, id: u64, #[field("reason")] reason: Option<&str>);

    #[head("tickets/<id>")]
    async fn head(&self, id: u64);

    #[options("tickets")]
    async fn options_of(&self);
}

/// Starts a server that answers every request, and returns a client for it without authentication.
fn start() -> (Server, TicketsClient) {
    let server = Server::start([Reply::json(200, "{\"id\": 5}")]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    (server, TicketsClient::new(client))
}

/// Returns the request as sent, without `Host`, which contains the port.
fn sent(server: &Server) -> String {
    let request = server.request();
    let mut headers: Vec<_> = request
        .headers
        .iter()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("host"))
        .map(|(name, value)| format!("{}: {value}\n", name.to_lowercase()))
        .collect();
    headers.sort();
    format!("{} {}\n{}\n{}", request.method, request.target, headers.concat(), request.text())
}

const COMMON: &str = "accept-encoding: gzip\n";
const AGENT: &str = concat!("user-agent: connectors-client/", env!("CARGO_PKG_VERSION"), "\n");

#[tokio::test]
async fn a_get_sends_its_path_and_no_body() {
    let (server, tickets) = start();
    assert_eq!(tickets.get(7).await.unwrap(), Ticket { id: 5 });
    assert_eq!(
        sent(&server),
        format!("GET /api/v3/tickets/7\n{COMMON}accept: application/json\n{AGENT}\n")
    );
}

#[tokio::test]
async fn the_query_follows_the_template_then_the_declaration() {
    let (server, tickets) = start();
    let filter = Filter { tag: vec!["a b", "c&d"], owner: None };
    tickets.find(State::InProgress, &filter).page(2).r#type("x").await.unwrap();
    assert_eq!(
        server.request().target,
        "/api/v3/tickets?state=in-progress&tag=a+b&tag=c%26d&beta=true&type=x&page=2"
    );
}

#[tokio::test]
async fn unset_arguments_are_not_sent_and_the_last_value_wins() {
    let (server, tickets) = start();
    let filter = Filter { tag: vec![], owner: Some("me") };
    tickets
        .find(State::InProgress, &filter)
        .page(1)
        .maybe_page(None)
        .r#type("x")
        .maybe_type(Some("y"))
        .await
        .unwrap();
    assert_eq!(
        server.request().target,
        "/api/v3/tickets?state=in-progress&owner=me&beta=true&type=y"
    );
}

#[tokio::test]
async fn a_non_finite_number_is_refused_by_name() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let (server, tickets) = start();
        let filter = Filter { tag: vec![], owner: None };
        let error = tickets.find(State::InProgress, &filter).ratio(number).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().ends_with("`ratio` is not a finite number"), "{error}");
        assert_eq!(server.connections(), 0);
    }
}

#[derive(Clone, Copy, Serialize)]
struct Number<T>(T);

#[api_client]
trait Scalars {
    #[get("scalars/<a>/<b>?<c>&<d>")]
    async fn get(
        &self,
        a: State,
        b: Number<i8>,
        c: bool,
        d: jiff::Timestamp,
        #[header("X-Char")] e: char,
        #[header("X-State")] f: State,
        #[header("Cookie")] g: Option<&str>,
    );

    #[get("f32/<a>")]
    async fn path(&self, a: f32, #[header("X-C")] c: Option<f32>) -> Text;

    #[post("form", form)]
    async fn form(&self, a: Number<f32>);
}

#[tokio::test]
async fn every_scalar_can_be_sent_in_path_query_and_header() {
    let server = Server::start([Reply::empty(204)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let when: jiff::Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
    let call = ScalarsClient::new(client).get(
        State::InProgress,
        Number(-1),
        true,
        when,
        'x',
        State::InProgress,
    );
    let call = call.g("session=canary");
    let built = call.clone().build().unwrap();
    assert!(built.headers()["cookie"].is_sensitive());
    assert!(!format!("{call:?} {built:?}").contains("canary"));
    call.await.unwrap();
    let request = server.request();
    assert_eq!(request.target, "/scalars/in-progress/-1?c=true&d=2026-01-02T03%3A04%3A05Z");
    assert_eq!(request.header("x-char"), Some("x"));
    assert_eq!(request.header("x-state"), Some("in-progress"));
    assert_eq!(request.header("cookie"), Some("session=canary"));
}

#[tokio::test]
async fn a_non_finite_number_is_refused_in_path_header_and_form() {
    let server = Server::start([Reply::empty(204)]);
    let scalars =
        ScalarsClient::new(support::client(server.url()).env_proxies(false).build().unwrap());
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let errors = [
            scalars.path(number).await.unwrap_err(),
            scalars.path(1.0).c(number).await.unwrap_err(),
            scalars.form(Number(number)).await.unwrap_err(),
        ];
        for (name, error) in ["a", "c", "a"].iter().zip(errors) {
            assert!(
                error.to_string().ends_with(&format!("`{name}` is not a finite number")),
                "{error}"
            );
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_placeholder_shares_a_segment_with_text() {
    let (server, tickets) = start();
    tickets.file("a.b", "t/x").await.unwrap();
    assert_eq!(server.request().target, "/api/v3/files/a.b.t%2Fx");
}

#[tokio::test]
async fn a_multi_segment_argument_keeps_its_slashes() {
    let (server, tickets) = start();
    tickets
        .put("a b/c", "é".repeat(0).as_str(), &BTreeMap::from([("k", 1)]))
        .checksum(4)
        .await
        .unwrap();
    assert_eq!(
        sent(&server),
        format!(
            "PUT /api/v3/files/a%20b/c\n{COMMON}accept: */*\ncontent-length: 7\n\
             content-type: application/json\n{AGENT}x-checksum: 4\nx-tag: \n\n{{\"k\":1}}"
        )
    );
}

#[tokio::test]
async fn dot_segments_and_empty_segments_are_refused() {
    for path in ["a/../b", "..", "/a", "a//b", "a//", "./a", ""] {
        let (server, tickets) = start();
        let error = tickets.put(path, "t", &BTreeMap::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{path:?}");
        assert_eq!(server.connections(), 0);
    }
}

#[tokio::test]
async fn an_illegal_header_value_names_the_header_but_not_the_value() {
    for value in ["a\r\nx-evil: 1", "é", "\0"] {
        let (server, tickets) = start();
        let error = tickets.put("p", value, &BTreeMap::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().contains("`x-tag`"), "{error}");
        assert!(!error.to_string().contains("evil"), "{error}");
        assert_eq!(server.connections(), 0);
    }
}

#[tokio::test]
async fn fields_form_one_object_in_declaration_order() {
    let (server, tickets) = start();
    tickets.close(9).labels(&["a", "b"]).force(true).reason("done").await.unwrap();
    let request = server.request();
    assert_eq!(request.target, "/api/v3/tickets/9:close");
    assert_eq!(request.text(), r#"{"closeReason":"done","force":true,"labels":["a","b"]}"#);
}

#[tokio::test]
async fn a_null_is_sent_and_unset_fields_leave_an_empty_object() {
    let (server, tickets) = start();
    tickets.close(9).reason("x").reason_null().await.unwrap();
    assert_eq!(server.request().text(), r#"{"closeReason":null}"#);

    let (server, tickets) = start();
    tickets.close(9).reason_null().maybe_reason(None).await.unwrap();
    assert_eq!(server.request().text(), "{}");
    assert_eq!(server.request().header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_field_may_be_named_body() {
    let (server, tickets) = start();
    tickets.create("t\u{2028}\"", "b").await.unwrap();
    assert_eq!(server.request().text(), "{\"title\":\"t\u{2028}\\\"\",\"body\":\"b\"}");
}

#[tokio::test]
async fn a_request_without_fields_has_no_body() {
    let (server, tickets) = start();
    tickets.ping().await.unwrap();
    assert_eq!(
        sent(&server),
        format!("POST /api/v3/ping\n{COMMON}accept: */*\ncontent-length: 0\n{AGENT}\n")
    );
}

#[tokio::test]
async fn an_optional_body_can_be_omitted() {
    let (server, tickets) = start();
    tickets.note(1).await.unwrap();
    assert_eq!(server.request().header("content-type"), None);
    assert_eq!(server.request().text(), "");

    let (server, tickets) = start();
    tickets.note(1).note(&Filter { tag: vec!["x"], owner: None }).await.unwrap();
    assert_eq!(server.request().text(), r#"{"tag":["x"],"owner":null}"#);
}

#[tokio::test]
async fn a_delete_has_a_body_if_one_is_declared() {
    let (server, tickets) = start();
    tickets.delete(3).reason("old").await.unwrap();
    assert_eq!(server.request().method, "DELETE");
    assert_eq!(server.request().text(), r#"{"reason":"old"}"#);
}

#[tokio::test]
async fn head_and_options_can_be_declared() {
    let (server, tickets) = start();
    tickets.head(3).await.unwrap();
    assert_eq!(server.request().method, "HEAD");

    let (server, tickets) = start();
    tickets.options_of().await.unwrap();
    assert_eq!(server.request().method, "OPTIONS");
}

#[tokio::test]
async fn the_path_of_the_base_url_comes_first() {
    for base in ["/proxy/a%20b", "/proxy/a%20b/"] {
        let server = Server::start([Reply::json(200, "{\"id\": 5}")]);
        let base = format!("{}{base}", server.url());
        let client = support::client(base).env_proxies(false).build().unwrap();
        TicketsClient::new(client).get(1).await.unwrap();
        assert_eq!(server.request().target, "/proxy/a%20b/api/v3/tickets/1");
    }
}

#[tokio::test]
async fn an_empty_response_is_none_or_a_decode_error() {
    let server = Server::start([Reply::empty(204)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let tickets = TicketsClient::new(client);
    assert_eq!(tickets.close(1).await.unwrap(), None);
    let error = tickets.get(1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "GET api/v3/tickets/<id>: the response body is empty, but the return type needs one"
    );
}

#[derive(Serialize)]
struct Colour {
    r: u8,
    g: u8,
}

#[api_client]
trait Styles {
    #[get("a?<id>")]
    async fn comma(&self, id: CommaSeparated<&[&str]>);

    #[get("a?<id>")]
    async fn space(&self, id: SpaceSeparated<&[&str]>);

    #[get("a?<id>")]
    async fn pipe(&self, id: Option<PipeSeparated<Vec<u8>>>);

    #[get("a?<id>")]
    async fn bracketed(&self, id: Bracketed<&[u8]>);

    #[get("a?<colour>")]
    async fn deep(&self, colour: &Colour);

    #[get("a?<list>")]
    async fn object_in_list(&self, list: CommaSeparated<&[Colour]>);
}

#[tokio::test]
async fn a_list_is_encoded_in_the_style_of_its_type() {
    let server = Server::start([Reply::empty(204)]);
    let styles =
        StylesClient::new(support::client(server.url()).env_proxies(false).build().unwrap());
    styles.comma(CommaSeparated(&["a,b", "c d", ""])).await.unwrap();
    styles.space(SpaceSeparated(&["a", "b c"])).await.unwrap();
    styles.pipe().id(PipeSeparated(vec![1, 2, 3])).await.unwrap();
    styles.pipe().id(PipeSeparated(vec![])).await.unwrap();
    styles.bracketed(Bracketed(&[1, 2])).await.unwrap();
    styles.deep(&Colour { r: 1, g: 2 }).await.unwrap();
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets,
        [
            "/a?id=a%2Cb,c+d,",
            "/a?id=a%20b+c",
            "/a?id=1%7C2%7C3",
            "/a",
            "/a?id%5B%5D=1&id%5B%5D=2",
            "/a?colour%5Br%5D=1&colour%5Bg%5D=2",
        ]
    );
    let error = styles.object_in_list(CommaSeparated(&[Colour { r: 1, g: 2 }])).await.unwrap_err();
    assert!(
        error.to_string().ends_with("`list` has an object in a list that is sent as one value"),
        "{error}"
    );
}

#[api_client]
trait Headers {
    #[get("a")]
    async fn get(
        &self,
        #[header("X-Tags")] tags: &[&str],
        #[header("X-Ids")] ids: Option<Vec<Option<u8>>>,
    );
}

#[tokio::test]
async fn a_header_list_is_comma_separated_and_omitted_if_empty() {
    let server = Server::start([Reply::empty(204)]);
    let headers =
        HeadersClient::new(support::client(server.url()).env_proxies(false).build().unwrap());
    headers.get(&["a", "b c"]).ids(vec![Some(1), None, Some(2)]).await.unwrap();
    headers.get(&[]).ids(vec![]).await.unwrap();
    for item in ["a,b", "", " ", "a\"b"] {
        let error = headers.get(&["x", item]).await.unwrap_err();
        assert!(
            error
                .to_string()
                .contains("`tags` has an item that is empty, begins or ends with a blank or contains a comma or a quote"),
            "{error}"
        );
    }
    let requests = server.requests();
    assert_eq!(
        (requests[0].header("x-tags"), requests[0].header("x-ids")),
        (Some("a,b c"), Some("1,2"))
    );
    assert_eq!((requests[1].header("x-tags"), requests[1].header("x-ids")), (None, None));
}

#[api_client]
trait Forms {
    #[post("oauth/token", form)]
    async fn token(
        &self,
        grant_type: &str,
        scope: Option<&[&str]>,
        #[field("client-id")] client: Option<&str>,
    );

    #[post("v1/charges/<id>", form)]
    async fn charge(
        &self,
        id: &str,
        amount: u64,
        card: &Colour,
        expand: Option<Bracketed<Vec<&str>>>,
    );

    #[get("keys")]
    async fn keys(&self, #[header("X-Api-Key", sensitive)] key: &str);
}

fn forms(base: &str) -> FormsClient {
    FormsClient::new(support::client(base).env_proxies(false).build().unwrap())
}

#[tokio::test]
async fn a_form_has_a_pair_per_field_and_brackets_for_nesting() {
    let server = Server::start([Reply::empty(204)]);
    let forms = forms(&server.url());
    forms.token("client credentials").scope(&["a", "b&c"]).client("é").await.unwrap();
    forms
        .charge("c/1", 5, &Colour { r: 1, g: 2 })
        .expand(Bracketed(vec!["customer"]))
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(
        requests[0].text(),
        "grant_type=client+credentials&scope=a&scope=b%26c&client-id=%C3%A9"
    );
    assert_eq!(requests[1].target, "/v1/charges/c%2F1");
    assert_eq!(requests[1].text(), "amount=5&card%5Br%5D=1&card%5Bg%5D=2&expand%5B%5D=customer");
}

#[tokio::test]
async fn body_fields_merge_into_a_form() {
    let server = Server::start([Reply::empty(204)]);
    let options = RequestOptions::new()
        .body_field("grant_type", "password")
        .body_field("extra", serde_json::json!({"a": [1, 2]}))
        .body_field("client-id", None::<u8>);
    forms(&server.url()).token("x").client("y").scope(&["z"]).options(options).await.unwrap();
    assert_eq!(
        server.request().text(),
        "grant_type=password&scope=z&extra%5Ba%5D=1&extra%5Ba%5D=2"
    );
}

#[tokio::test]
async fn a_sensitive_header_is_protected_like_a_token() {
    let server = Server::start([Reply::empty(204)]);
    let call = forms(&server.url()).keys("k-canary");
    let built = call.clone().build().unwrap();
    assert!(built.headers()["x-api-key"].is_sensitive());
    assert!(!format!("{call:?} {built:?}").contains("canary"));
    call.await.unwrap();
    assert_eq!(server.request().header("x-api-key"), Some("k-canary"));
    // It is sent only to destinations that may receive tokens.
    let error = forms("http://api.example.com").keys("k").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
}

#[api_client]
trait Special {
    #[request("PURGE", "cache/<key>", idempotent)]
    async fn purge(&self, key: &str);

    #[request("REPORT", "calendar")]
    async fn report(&self, #[body] filter: &Colour);

    #[get("tickets/<id>", none_on = 404)]
    async fn find(&self, id: u64) -> Option<Ticket>;

    #[head("blobs/<id>", none_on = 404)]
    async fn has_blob(&self, id: u64) -> Option<()>;

    #[get("blobs/<id>", none_on = 404)]
    async fn blob(&self, id: u64) -> Option<bytes::Bytes>;

    #[get("export", accept = "text/csv")]
    async fn export(&self) -> Text;

    #[get("health", auth = none)]
    async fn health(&self);
}

#[tokio::test]
async fn any_method_can_be_declared() {
    let server = Server::start([Reply::empty(503), Reply::empty(204)]);
    let special = SpecialClient::new(crate::client(&server));
    special.purge("a b").await.unwrap();
    special.report(&Colour { r: 1, g: 2 }).await.unwrap();
    let requests = server.requests();
    // The first endpoint is declared idempotent, so its call is retried.
    assert_eq!(
        (requests[1].method.as_str(), requests[1].target.as_str()),
        ("PURGE", "/cache/a%20b")
    );
    assert_eq!((requests[2].method.as_str(), requests[2].text()), ("REPORT", r#"{"r":1,"g":2}"#));
}

#[tokio::test]
async fn only_the_declared_status_becomes_none() {
    let server = Server::start([Reply::json(404, r#"{"message": "no"}"#), Reply::json(410, "{}")]);
    let special = SpecialClient::new(crate::client(&server));
    let raw = special.with_raw_response().find(1).await.unwrap();
    assert_eq!((raw.status().as_u16(), raw.data), (404, None));
    assert_eq!(special.find(1).await.unwrap_err().status().unwrap().as_u16(), 410);
}

/// A response to HEAD has no body, and a file may be empty. Neither is `None`.
#[tokio::test]
async fn option_unit_is_some_unless_none_on_matches() {
    let server = Server::start([Reply::empty(200), Reply::empty(404)]);
    let special = SpecialClient::new(crate::client(&server));
    assert_eq!(
        (special.has_blob(1).await.unwrap(), special.has_blob(2).await.unwrap()),
        (Some(()), None)
    );

    let server = Server::start([
        Reply::empty(200),
        Reply::text(200, "text/plain", "null"),
        Reply::empty(404),
    ]);
    let special = SpecialClient::new(crate::client(&server));
    assert_eq!(special.blob(1).await.unwrap().unwrap(), "");
    assert_eq!(special.blob(2).await.unwrap().unwrap(), "null");
    assert_eq!(special.blob(3).await.unwrap(), None);
    assert!(server.requests().iter().all(|request| request.header("accept") == Some("*/*")));

    // A type that is decoded from a body is `None` without one.
    let server = Server::start([Reply::empty(204), Reply::empty(200)]);
    let special = SpecialClient::new(crate::client(&server));
    assert_eq!((special.find(1).await.unwrap(), special.find(2).await.unwrap()), (None, None));
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.header("accept") == Some("application/json"))
    );
}

#[tokio::test]
async fn an_endpoint_can_declare_its_accept_and_omit_the_token() {
    let server = Server::start([Reply::text(200, "text/csv", "a;b")]);
    let special = SpecialClient::new(crate::client(&server));
    assert_eq!(special.export().await.unwrap().as_str(), "a;b");
    special.health().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("accept"), Some("text/csv"));
    assert_eq!(requests[0].header("authorization"), Some("Bearer test-token"));
    assert_eq!(requests[1].header("authorization"), None);
}

#[derive(Serialize)]
struct Line {
    price: u32,
    name: Option<&'static str>,
    tags: Vec<&'static str>,
}

#[api_client]
trait Lists {
    #[post("orders", form)]
    async fn order(&self, items: &[Line], more: Option<Bracketed<Vec<Line>>>);

    #[get("grid?<rows>&<..>")]
    async fn grid(
        &self,
        rows: &[[u8; 2]],
        comma: Option<CommaSeparated<Vec<Vec<u8>>>>,
        #[header("X-A")] a: Option<Vec<Vec<u8>>>,
    );

    #[delete("orders", form)]
    async fn cancel(&self, reason: &str);
}

#[tokio::test]
async fn a_form_keeps_the_fields_of_each_list_item_together() {
    let server = Server::start([Reply::empty(204)]);
    let lists = ListsClient::new(crate::client(&server));
    let items = [
        Line { price: 1, name: None, tags: vec!["a", "b"] },
        Line { price: 2, name: Some("n"), tags: vec![] },
    ];
    let more = vec![Line { price: 3, name: None, tags: vec![] }];
    lists.order(&items).more(Bracketed(more)).await.unwrap();
    lists.cancel("late").await.unwrap();
    let text =
        |index: usize| server.requests()[index].text().replace("%5B", "[").replace("%5D", "]");
    assert_eq!(
        text(0),
        "items[0][price]=1&items[0][tags]=a&items[0][tags]=b&items[1][price]=2&items[1][name]=n&more[][price]=3"
    );
    assert_eq!((server.requests()[1].method.as_str(), text(1).as_str()), ("DELETE", "reason=late"));
}

#[tokio::test]
async fn a_list_within_a_list_is_refused() {
    let server = Server::start([Reply::empty(204)]);
    let lists = ListsClient::new(crate::client(&server));
    let error = lists.grid(&[[1, 2]]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET grid: `rows` has a list within a list, which cannot be sent here"
    );
    let error = lists.grid(&[]).comma(CommaSeparated(vec![vec![1]])).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET grid: `comma` has a list within a list, which cannot be sent here"
    );
    let error = lists.grid(&[]).a(vec![vec![1]]).await.unwrap_err();
    assert_eq!(error.to_string(), "GET grid: `a` must be one value, not a list");
    assert_eq!(server.connections(), 0);
}

const KIND: &str = "fixed";

#[api_client]
trait Fixed {
    #[post("json", fields(stream = true, kind = KIND, "max-tokens" = -1), fields(limits = [1, 2]))]
    async fn json(&self, name: Option<&str>);

    #[post("form", form, fields(grant_type = "client_credentials"))]
    async fn form(&self, scope: Option<&str>);

    #[post("parts", multipart, fields(purpose = "fine tune"))]
    async fn parts(&self);
}

#[tokio::test]
async fn fixed_fields_follow_the_arguments_in_the_body_format() {
    let server = Server::start([Reply::empty(204)]);
    let fixed = FixedClient::new(crate::client(&server));
    fixed.json().name("n").await.unwrap();
    fixed.json().options(RequestOptions::new().body_field("stream", false)).await.unwrap();
    fixed.form().scope("a b").await.unwrap();
    fixed.parts().await.unwrap();
    let requests = server.requests();
    let rest = r#""kind":"fixed","max-tokens":-1,"limits":[1,2]}"#;
    assert_eq!(requests[0].text(), format!(r#"{{"name":"n","stream":true,{rest}"#));
    assert_eq!(requests[1].text(), format!(r#"{{"stream":false,{rest}"#));
    assert_eq!(requests[2].text(), "scope=a+b&grant_type=client_credentials");
    assert!(
        requests[3].text().contains("name=\"purpose\"\r\n\r\nfine tune\r\n"),
        "{}",
        requests[3].text()
    );
}
