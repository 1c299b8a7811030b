//! Paginated lists: the pages requested, the end of a list, and the errors.

use std::time::Duration;

use connectors_client::cohere::{BlockingConnectorsClient, ConnectorsClient};
use connectors_client::{
    Cursor, Error, ErrorKind, HttpResponse, Page, PageLinks, RequestOptions, api_client,
};
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
use support::server::{Recorded, Reply, Server};

use crate::client;

#[derive(Debug, Deserialize, Page)]
struct Offsets {
    #[page(items)]
    data: Vec<u32>,
    #[page(total_items)]
    total: Option<f64>,
}

#[derive(Debug, Deserialize, Page)]
struct Numbers {
    #[page(items)]
    data: Option<Vec<u32>>,
    #[page(flatten)]
    meta: Option<Meta>,
}

#[derive(Debug, Deserialize, Page)]
struct Meta {
    #[page(total_pages)]
    pages: Option<String>,
    #[page(total_items)]
    total: Option<u32>,
}

#[derive(Debug, Deserialize, Page)]
struct Tokens<T> {
    #[page(items)]
    items: Vec<T>,
    #[page(next)]
    next: Option<String>,
    #[page(has_more)]
    more: Option<bool>,
}

#[derive(Debug, Deserialize, Page)]
struct Scan {
    #[page(items)]
    rows: Vec<u32>,
    #[page(next)]
    last_key: Option<serde_json::Value>,
}

#[derive(Debug, Deserialize, Page)]
struct ByLast {
    #[page(items, cursor = key.id)]
    data: Vec<Charge>,
    #[page(has_more)]
    has_more: bool,
}

#[derive(Debug, Deserialize)]
struct Charge {
    key: Key,
}

#[derive(Debug, Deserialize)]
struct Key {
    id: String,
}

#[api_client(prefix = "v1")]
trait Lists {
    #[get("offsets?<limit>&<skip>&sort=asc", paginate(offset = skip))]
    async fn offsets(&self, limit: Option<u32>, skip: Option<u64>) -> Offsets;

    #[get("numbers?<page>", paginate(page))]
    async fn numbers(&self, page: Option<u32>) -> Numbers;

    #[get("plain?p=<page>", paginate(page = page, first = 0))]
    async fn plain(&self, page: Option<u32>) -> Vec<u32>;

    #[get("tokens?<page_token>", paginate(cursor = page_token))]
    async fn tokens(&self, page_token: Option<&str>) -> Tokens<u32>;

    #[post("search", idempotent, idempotency_key, paginate(cursor = after))]
    async fn search(
        &self,
        query: &str,
        #[field("start_cursor")] after: Option<&str>,
    ) -> Tokens<String>;

    #[post("skim", paginate(offset))]
    async fn skim(&self, offset: Option<u32>) -> Offsets;

    #[post("forms", form, paginate(cursor = at))]
    async fn forms(&self, at: Option<&str>) -> Tokens<u32>;

    #[get("charges?<starting_after>", paginate(cursor = starting_after))]
    async fn charges(&self, starting_after: Option<&str>) -> ByLast;

    #[get("headed?<at>", paginate(cursor = at, header = "X-Next"))]
    async fn headed(&self, at: Option<&str>) -> Vec<u32>;

    #[get("by-header", paginate(cursor = at))]
    async fn by_header(&self, #[header("X-At")] at: Option<&str>) -> Tokens<u32>;

    #[get("shelf/<shelf>/links?<size>", paginate(link))]
    async fn links(
        &self,
        shelf: &str,
        size: Option<u32>,
        #[header("X-Trace")] trace: Option<&str>,
    ) -> Vec<u32>;

    #[get("sheets/<sheet>", paginate(page = sheet))]
    async fn sheets(&self, sheet: u32) -> Vec<u32>;

    #[post("scan", idempotent, paginate(cursor = start))]
    async fn scan(&self, start: Option<&serde_json::Value>) -> Scan;

    #[get("urls", paginate(url), none_on = 404)]
    async fn urls(&self) -> Option<Tokens<u32>>;
}

fn lists(server: &Server) -> ListsClient {
    ListsClient::new(client(server))
}

fn pages(bodies: &[&str]) -> Server {
    Server::start(bodies.iter().map(|body| Reply::json(200, body)).collect::<Vec<_>>())
}

fn targets(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.target).collect()
}

#[tokio::test]
async fn offsets_advance_by_the_items_received_up_to_the_total() {
    let server = pages(&[r#"{"data": [1, 2], "total": 5}"#, r#"{"data": [3, 4, 5], "total": 5}"#]);
    let items: Vec<u32> = lists(&server).offsets().limit(3).items().try_collect().await.unwrap();
    assert_eq!(items, [1, 2, 3, 4, 5]);
    assert_eq!(
        targets(&server),
        ["/v1/offsets?limit=3&sort=asc", "/v1/offsets?limit=3&skip=2&sort=asc"]
    );
}

#[tokio::test]
async fn a_list_without_a_total_ends_with_an_empty_page() {
    // A page shorter than the limit says nothing: servers have limits of their own.
    let server = pages(&[r#"{"data": [1]}"#, r#"{"data": [2, 3]}"#, r#"{"data": []}"#]);
    let mut pages = lists(&server).offsets().limit(100).skip(7).pages();
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        counts.push((page.unwrap().data.data.len(), pages.cursor().map(ToString::to_string)));
    }
    let cursor = |text: &str| Some(text.to_owned());
    assert_eq!(counts, [(1, cursor("8")), (2, cursor("10")), (0, None)]);
    assert!(pages.next().await.is_none());
    assert_eq!(
        targets(&server),
        ["7", "8", "10"].map(|skip| format!("/v1/offsets?limit=100&skip={skip}&sort=asc"))
    );
}

#[tokio::test]
async fn a_numbered_list_ends_by_pages_items_or_an_empty_page() {
    let server = pages(&[
        r#"{"data": [1, 2], "meta": {"pages": "2"}}"#,
        r#"{"data": [3], "meta": {"pages": "2"}}"#,
        r#"{"data": [1, 2], "meta": {"total": 3}}"#,
        r#"{"data": [3], "meta": {"total": 3}}"#,
        r#"{"data": [9], "meta": {"total": 3}}"#,
        r#"{"data": null}"#,
        "[7]",
        "[]",
    ]);
    let lists = lists(&server);
    for _ in 0..2 {
        let items: Vec<u32> = lists.numbers().items().try_collect().await.unwrap();
        assert_eq!(items, [1, 2, 3]);
    }
    // The number of items before the starting page is unknown, so the total of items cannot end the
    // list.
    let items: Vec<u32> = lists.numbers().page(2).items().try_collect().await.unwrap();
    assert_eq!(items, [9]);
    let items: Vec<u32> = lists.plain().items().try_collect().await.unwrap();
    assert_eq!(items, [7]);
    assert_eq!(
        targets(&server),
        [
            "/v1/numbers",
            "/v1/numbers?page=2",
            "/v1/numbers",
            "/v1/numbers?page=2",
            "/v1/numbers?page=2",
            "/v1/numbers?page=3",
            "/v1/plain",
            "/v1/plain?p=1",
        ]
    );
}

#[tokio::test]
async fn a_cursor_is_sent_in_query_field_form_or_header() {
    let server = pages(&[
        r#"{"items": [1], "next": "a/b=&?"}"#,
        r#"{"items": [], "next": "c"}"#,
        r#"{"items": [2], "next": ""}"#,
        r#"{"items": ["x"], "next": "k1", "more": true}"#,
        r#"{"items": ["y"], "next": "k2", "more": false}"#,
        r#"{"items": [1], "next": "f&1"}"#,
        r#"{"items": [], "next": null}"#,
        r#"{"items": [1], "next": "h1"}"#,
        r#"{"items": []}"#,
        r#"{"data": [1, 2, 3]}"#,
        r#"{"data": []}"#,
    ]);
    let lists = lists(&server);
    let items: Vec<u32> = lists.tokens().items().try_collect().await.unwrap();
    assert_eq!(items, [1, 2]);
    let items: Vec<String> = lists.search("q").items().try_collect().await.unwrap();
    assert_eq!(items, ["x", "y"]);
    lists.forms().items().try_collect::<Vec<u32>>().await.unwrap();
    lists.by_header().items().try_collect::<Vec<u32>>().await.unwrap();
    lists.skim().items().try_collect::<Vec<u32>>().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        targets(&server)[..3],
        ["/v1/tokens", "/v1/tokens?page_token=a%2Fb%3D%26%3F", "/v1/tokens?page_token=c"]
    );
    assert_eq!(requests[3].text(), r#"{"query":"q"}"#);
    assert_eq!(requests[4].text(), r#"{"query":"q","start_cursor":"k1"}"#);
    assert_ne!(requests[3].header("idempotency-key"), requests[4].header("idempotency-key"));
    assert_eq!((requests[5].text(), requests[6].text()), ("", "at=f%261"));
    assert_eq!((requests[7].header("x-at"), requests[8].header("x-at")), (None, Some("h1")));
    assert_eq!((requests[9].text(), requests[10].text()), ("{}", r#"{"offset":3}"#));
    assert_eq!(requests.len(), 11);
}

#[tokio::test]
async fn the_cursor_can_be_the_last_item_or_a_header() {
    let server = Server::start([
        Reply::json(
            200,
            r#"{"data": [{"key": {"id": "ch_1"}}, {"key": {"id": "ch_2"}}], "has_more": true}"#,
        ),
        Reply::json(200, r#"{"data": [{"key": {"id": "ch_3"}}], "has_more": false}"#),
        Reply::json(200, "[1]").header("x-next", "n 1"),
        Reply::json(200, "[2]").header("x-next", ""),
    ]);
    let lists = lists(&server);
    let ids: Vec<_> = lists
        .charges()
        .items()
        .map_ok(|charge| charge.key.id)
        .try_collect::<Vec<_>>()
        .await
        .unwrap();
    assert_eq!(ids, ["ch_1", "ch_2", "ch_3"]);
    assert_eq!(lists.headed().items().try_collect::<Vec<u32>>().await.unwrap(), [1, 2]);
    assert_eq!(
        targets(&server),
        ["/v1/charges", "/v1/charges?starting_after=ch_2", "/v1/headed", "/v1/headed?at=n+1"]
    );
}

#[tokio::test]
async fn links_are_followed_with_the_headers_of_the_call() {
    let server = Server::start([
        Reply::json(200, "[1]").header("link", r#"<?size=2&page=2>; rel="next", </z>; rel="last""#),
        Reply::json(200, "[2]").header("Link", "</other/links?page=3>; rel=next"),
        Reply::json(200, "[3]").header("link", r#"</v1/shelf/a/links>; rel="first""#),
        Reply::json(200, r#"{"items": [1], "next": "/v1/urls?at=2"}"#),
        Reply::json(404, "{}"),
    ]);
    let lists = lists(&server);
    let mut pages = lists.links("a b").size(2).trace("t").pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await {
        let page: HttpResponse<Vec<u32>> = page.unwrap();
        seen.push((page.status().as_u16(), page.data.clone(), page.attempts()));
    }
    assert_eq!(seen, [(200, vec![1], 1), (200, vec![2], 1), (200, vec![3], 1)]);
    assert_eq!(lists.urls().items().try_collect::<Vec<u32>>().await.unwrap(), [1]);
    assert_eq!(
        targets(&server),
        [
            "/v1/shelf/a%20b/links?size=2",
            "/v1/shelf/a%20b/links?size=2&page=2",
            "/other/links?page=3",
            "/v1/urls",
            "/v1/urls?at=2",
        ]
    );
    for request in &server.requests()[..3] {
        assert_eq!(
            (request.header("x-trace"), request.header("authorization")),
            (Some("t"), Some("Bearer test-token"))
        );
    }
}

/// Returns the number of connections to another server, if the link to the next page points there.
async fn connections_elsewhere(read: impl AsyncFn(String)) -> usize {
    let other = Server::start([Reply::json(200, r#"{"items": [9]}"#)]);
    let links = [
        format!("{}/v1/links?token=abc", other.url()),
        format!("//127.0.0.1:{}/v1/links", other.port()),
        "https://127.0.0.1/v1".to_owned(),
    ];
    for link in links {
        read(link).await;
    }
    other.connections()
}

/// Starts a server with a list whose first page has this link to the next one.
fn leading_to(link: &str) -> Server {
    pages(&[&format!(r#"{{"items": [], "next": "{link}"}}"#)])
}

#[tokio::test]
async fn a_link_to_another_origin_fails_after_its_page() {
    let connections = connections_elsewhere(async |link| {
        let header = format!("<{link}>; rel=\"next\"");
        let server = Server::start([Reply::json(200, "[1]")
            .header("link", header)
            .header("x-request-id", "r1")]);
        let mut pages = lists(&server).links("s").pages();
        assert_eq!(pages.next().await.unwrap().unwrap().data, [1]);
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.request_id()), (ErrorKind::Decode, Some("r1")));
        let shown = error.to_string();
        assert!(shown.contains("the link to the next page leads to "), "{shown}");
        assert!(!shown.contains("abc"), "{shown}");
        assert!(pages.next().await.is_none() && pages.cursor().is_none());
        let server = leading_to(&link);
        let got: Vec<Result<u32, Error>> = lists(&server).urls().items().collect().await;
        assert_eq!(got[0].as_ref().unwrap_err().kind(), ErrorKind::Decode);
        // A saved cursor is not followed to another origin either.
        let error =
            lists(&server).urls().pages().starting_at(link).next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{error}");
        assert_eq!(server.requests().len(), 1);
    });
    assert_eq!(connections.await, 0);
}

/// The control: a loop that follows every link to the next page.
#[tokio::test]
async fn a_careless_list_is_detected() {
    let connections = connections_elsewhere(async |link| {
        let plain = crate::plain_reqwest::plain();
        let server = leading_to(&link);
        let mut next = Some(url::Url::parse(&server.url()).unwrap());
        while let Some(url) = next {
            let Ok(page) = plain.get(url.clone()).bearer_auth("t").send().await else { break };
            let page: serde_json::Value =
                serde_json::from_slice(&page.bytes().await.unwrap()).unwrap();
            next = page["next"].as_str().map(|next| url.join(next).unwrap());
        }
    })
    .await;
    println!("careless: {connections} connections elsewhere");
    assert_eq!(connections, 2);
}

#[tokio::test]
async fn a_list_with_a_cycle_or_a_missing_cursor_is_an_error() {
    let circle = "the next page was already fetched: the list would not end";
    let cases: [(&[&str], bool, &str, usize); 5] = [
        (&[r#"{"items": [1], "next": "a"}"#], false, circle, 2),
        (
            &[
                r#"{"items": [1], "next": "a"}"#,
                r#"{"items": [1], "next": "b"}"#,
                r#"{"items": [1], "next": "a"}"#,
            ],
            false,
            circle,
            3,
        ),
        (&[r#"{"items": [1], "next": "/v1/urls"}"#], true, circle, 1),
        (
            &[
                r#"{"items": [1], "next": "/v1/urls?a"}"#,
                r#"{"items": [1], "next": "/v1/x/../urls?a"}"#,
            ],
            true,
            circle,
            2,
        ),
        (
            &[r#"{"items": [1], "more": true}"#],
            false,
            "the page says that there are more pages, but not where",
            1,
        ),
    ];
    for (bodies, by_url, message, calls) in cases {
        let server = pages(bodies);
        let lists = lists(&server);
        let got: Vec<Result<u32, Error>> = if by_url {
            lists.urls().items().take(10).collect().await
        } else {
            lists.tokens().items().take(10).collect().await
        };
        assert_eq!(got.len(), calls + 1, "{bodies:?}");
        let error = got.into_iter().last().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(server.requests().len(), calls);
    }
    // The initial cursor counts too.
    let server = pages(&[r#"{"items": [1], "next": "a b"}"#]);
    let got: Vec<_> = lists(&server).tokens().page_token("a b").items().collect().await;
    assert!(got.len() == 2 && got[1].is_err() && server.requests().len() == 1);
}

#[tokio::test]
async fn a_list_resumes_from_a_saved_cursor() {
    let server = Server::answer(|request: &Recorded| match request.query() {
        None => Reply::json(200, r#"{"items": [1, 2], "next": "p2"}"#),
        Some("page_token=p2") => Reply::json(200, r#"{"items": [3, 4], "next": "p3"}"#),
        _ => Reply::json(400, "{}"),
    });
    let lists = lists(&server);
    let mut items = lists.tokens().items();
    for expected in 1..=3 {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    let page = items.page().unwrap();
    assert_eq!(
        (page.data.next.as_deref(), page.data.items.len(), page.status().as_u16()),
        (Some("p3"), 0, 200)
    );
    let saved = serde_json::to_string(&items.cursor()).unwrap();
    assert_eq!(saved, r#""p2""#);
    let cursor: Cursor = serde_json::from_str(&saved).unwrap();
    let mut again = lists.tokens().items().starting_at(cursor);
    assert_eq!(again.next().await.unwrap().unwrap(), 3);
    assert_eq!(again.next().await.unwrap().unwrap(), 4);
    assert_eq!(again.cursor().map(ToString::to_string).as_deref(), Some("p3"));
    // An error ends the list, and the cursor stays available.
    let error = again.next().await.unwrap().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    assert!(again.next().await.is_none());
    assert_eq!(again.cursor().map(ToString::to_string).as_deref(), Some("p3"));
    let mut offsets = lists.offsets().pages().starting_at(40);
    assert!(offsets.next().await.unwrap().is_err());
    assert!(targets(&server).last().unwrap().contains("skip=40"));
}

#[tokio::test]
async fn an_invalid_start_of_a_list_fails_before_sending() {
    let server = pages(&[r#"{"data": [1]}"#]);
    let lists = lists(&server);
    let options = RequestOptions::new().query("skip", 3);
    let error = lists.offsets().options(options).pages().next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET v1/offsets: `skip` is set by options, so that all pages would be the same: use its setter"
    );
    let mut offsets = lists.offsets().pages().starting_at("p3");
    let error = offsets.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert_eq!(
        error.to_string(),
        "GET v1/offsets: pages are counted by `skip`, which is not a whole number"
    );
    assert!(offsets.next().await.is_none());
    let mistaken = lists.links("..").items().next().await.unwrap().unwrap_err();
    assert_eq!(mistaken.kind(), ErrorKind::Build);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn each_page_is_fetched_with_the_options_of_the_first() {
    let server = Server::start([
        Reply::json(503, "{}"),
        Reply::json(200, r#"{"data": [1]}"#),
        Reply::empty(500),
        Reply::json(200, r#"{"data": []}"#),
    ]);
    let options = RequestOptions::new().header("x-a", "b").query("extra", "1");
    let mut pages = lists(&server).offsets().options(options).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().attempts(), 2);
    assert_eq!(pages.next().await.unwrap().unwrap().attempts(), 2);
    assert!(pages.next().await.is_none());
    for request in server.requests() {
        assert_eq!(request.header("x-a"), Some("b"));
        assert!(request.target.ends_with("&extra=1"), "{}", request.target);
    }
}

#[tokio::test]
async fn the_next_page_is_fetched_ahead_if_requested() {
    let server = pages(&[r#"{"data": [1], "total": 2}"#, r#"{"data": [2], "total": 2}"#]);
    let lists = lists(&server);
    let mut lazy = lists.offsets().pages();
    assert_eq!(server.connections(), 0);
    lazy.next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.requests().len(), 1);
    drop(lazy);

    let server = pages(&[r#"{"data": [1], "total": 2}"#, r#"{"data": [2], "total": 2}"#]);
    let lists = self::lists(&server);
    let mut ahead = lists.offsets().items().prefetch();
    assert_eq!(ahead.next().await.unwrap().unwrap(), 1);
    // The page arrives although the list is not polled.
    while server.requests().len() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(ahead.next().await.unwrap().unwrap(), 2);
    assert!(ahead.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn dropping_a_list_cancels_its_prefetch() {
    let server = Server::start([Reply::json(200, r#"{"data": [1]}"#), Reply::stall()]);
    let mut ahead = lists(&server).offsets().pages().prefetch();
    ahead.next().await.unwrap().unwrap();
    while server.requests().len() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    drop(ahead);
    for _ in 0..1000 {
        if tokio::runtime::Handle::current().metrics().num_alive_tasks() < tasks {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("the task is still running");
}

#[test]
fn blocking_clients_iterate_over_lists() {
    let list = |ids: &[u32], total: u32| {
        let of = |id: &u32| {
            format!(
                r#"{{"id": "{id}", "name": "n{id}", "created_at": "2024-01-02T03:04:05Z", "updated_at": "2024-01-02T03:04:05Z"}}"#
            )
        };
        let connectors = ids.iter().map(of).collect::<Vec<_>>().join(",");
        format!(r#"{{"connectors": [{connectors}], "total_count": {total}.0}}"#)
    };
    let server = pages(&[&list(&[1, 2], 3), &list(&[3], 3)]);
    let connectors = BlockingConnectorsClient::new(client(&server));
    let names: Result<Vec<_>, Error> = connectors
        .list()
        .limit(2)
        .items()
        .prefetch()
        .into_iter()
        .map(|item| Ok(item?.name))
        .collect();
    assert_eq!(names.unwrap(), ["n1", "n2", "n3"]);
    assert_eq!(targets(&server), ["/v1/connectors?limit=2", "/v1/connectors?limit=2&offset=2"]);

    let server = pages(&[&list(&[1, 2], 3), &list(&[3], 3)]);
    let connectors = BlockingConnectorsClient::new(client(&server));
    let mut totals = Vec::new();
    for page in connectors.with_raw_response().list().pages() {
        let page = page.unwrap();
        totals.push((page.data.total_count, page.status().as_u16()));
    }
    assert_eq!(totals, [(Some(3.0), 200); 2]);
}

#[tokio::test]
async fn lists_are_send_and_hide_values_in_debug() {
    fn is_send<T: Send + Unpin + 'static>(value: T) -> T {
        value
    }
    let server = pages(&[r#"{"connectors": []}"#]);
    let connectors = ConnectorsClient::new(client(&server));
    let mut items = is_send(connectors.list().limit(1).items().starting_at(77));
    assert!(!format!("{items:?}").contains("77"), "{items:?}");
    assert!(tokio::spawn(async move { items.next().await.is_none() }).await.unwrap());
    let _ = is_send(connectors.list().pages().boxed());
}

#[test]
fn a_page_type_can_be_implemented_by_hand() {
    struct ByHand(Vec<u8>);
    impl PageLinks for ByHand {
        fn next_cursor(&self) -> Option<Cursor> {
            self.0.last().map(|last| u64::from(*last).into())
        }
    }
    impl Page for ByHand {
        type Item = u8;
        fn item_count(&self) -> usize {
            self.0.len()
        }
        fn take_items(&mut self) -> Vec<u8> {
            std::mem::take(&mut self.0)
        }
    }
    let mut page = Some(ByHand(vec![1, 2]));
    assert_eq!((page.item_count(), page.next_cursor()), (2, Some(2.into())));
    assert_eq!((page.total_items(), page.total_pages(), page.has_more()), (None, None, None));
    assert_eq!((page.take_items(), page.item_count()), (vec![1, 2], 0));
}

#[tokio::test]
async fn a_page_can_be_a_path_segment_and_a_cursor_any_json() {
    let server = pages(&[
        "[1]",
        "[]",
        r#"{"rows": [1], "last_key": {"id": 7, "at": ["x"]}}"#,
        r#"{"rows": [2], "last_key": null}"#,
    ]);
    let lists = lists(&server);
    assert_eq!(lists.sheets(4).items().try_collect::<Vec<u32>>().await.unwrap(), [1]);
    assert_eq!(lists.scan().items().try_collect::<Vec<u32>>().await.unwrap(), [1, 2]);
    assert_eq!(targets(&server)[..2], ["/v1/sheets/4", "/v1/sheets/5"]);
    let sent: serde_json::Value = serde_json::from_str(server.requests()[3].text()).unwrap();
    assert_eq!(sent, serde_json::json!({"start": {"id": 7, "at": ["x"]}}));
}

#[tokio::test]
async fn at_most_one_page_is_fetched_ahead() {
    let server = pages(&[r#"{"data": [1]}"#]);
    let mut ahead = lists(&server).offsets().pages().prefetch();
    for fetched in 2..5 {
        ahead.next().await.unwrap().unwrap();
        while server.requests().len() < fetched {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // Leave enough time for another request.
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(server.requests().len(), fetched);
    }
}
