//! Names in a query: none is sent twice by accident, and each value has a form or is refused.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use connectors_client::{ErrorKind, RequestOptions, api_client};
use serde::Serialize;
use support::server::{Reply, Server};

use crate::client;

type Filter<'a> = BTreeMap<&'a str, &'a str>;

#[derive(Serialize)]
struct Page {
    limit: u32,
    offset: Option<u32>,
}

#[derive(Serialize)]
struct Flattened<'a> {
    limit: Option<u32>,
    tags: &'a [&'a str],
    #[serde(flatten)]
    rest: Filter<'a>,
}

#[api_client]
trait Lists {
    #[get("list?<all..>")]
    async fn flattened(&self, all: &Flattened<'_>);

    #[get("list?<all>")]
    async fn nested_flattened(&self, all: &Flattened<'_>);

    #[post("list", form)]
    async fn form_flattened(&self, all: &Flattened<'_>);

    #[post("list")]
    async fn body_flattened(&self, #[body] all: &Flattened<'_>);

    #[get("list?beta=true&<limit>&<filter..>")]
    async fn find(&self, limit: Option<u32>, filter: &Filter<'_>);

    #[get("list?<filter..>&<limit>&fields[]=id&<..>")]
    async fn first(&self, filter: &Filter<'_>, limit: Option<u32>, tags: Option<&[&str]>);

    #[get("list?<filter..>&<page..>")]
    async fn two(&self, filter: &Filter<'_>, page: &Page);

    #[get("list?<owner>&<filter..>")]
    async fn nested(&self, owner: Option<&Filter<'_>>, filter: &Filter<'_>);

    #[get("times/<at>?<wait>")]
    async fn times(
        &self,
        at: Duration,
        wait: Option<Duration>,
        #[header("X-Wait")] header: Option<Duration>,
    );

    #[get("times?<wait>&<at>&<nested>&<list>")]
    async fn query_times(
        &self,
        wait: Option<Duration>,
        at: Option<SystemTime>,
        nested: Option<&BTreeMap<&str, Duration>>,
        list: Option<&[Duration]>,
        #[header("X-Wait")] header: Option<Duration>,
    );

    #[post("times", form)]
    async fn form_times(&self, wait: Duration);

    #[post("times", multipart)]
    async fn part_times(&self, wait: Duration);

    #[post("times")]
    async fn json_times(&self, wait: Duration, at: SystemTime);
}

fn query(server: &Server) -> String {
    server
        .requests()
        .last()
        .and_then(|request| request.query().map(str::to_owned))
        .unwrap_or_default()
}

#[tokio::test]
async fn a_declared_argument_beats_a_map() {
    let server = Server::answer(|_| Reply::empty(204));
    let lists = ListsClient::new(client(&server));
    let filter = Filter::from([("beta", "false"), ("limit", "9999"), ("x", "1")]);
    lists.find(&filter).limit(5).await.unwrap();
    assert_eq!(query(&server), "beta=true&limit=5&x=1");
    lists.find(&filter).await.unwrap();
    assert_eq!(query(&server), "beta=true&limit=9999&x=1");
    lists
        .find(&Filter::from([("limit", "1"), ("limits", "2"), ("bet", "3")]))
        .limit(5)
        .await
        .unwrap();
    assert_eq!(query(&server), "beta=true&limit=5&bet=3&limits=2");
}

#[tokio::test]
async fn a_map_before_the_argument_gives_way_too() {
    let server = Server::answer(|_| Reply::empty(204));
    let lists = ListsClient::new(client(&server));
    let filter = Filter::from([("fields[]", "name"), ("limit", "9999"), ("tags", "a")]);
    lists.first(&filter).limit(5).tags(&["b", "c"]).await.unwrap();
    assert_eq!(query(&server), "limit=5&fields%5B%5D=id&tags=b&tags=c");
    lists.first(&filter).tags(&[]).await.unwrap();
    assert_eq!(query(&server), "limit=9999&tags=a&fields%5B%5D=id");
}

#[tokio::test]
async fn the_first_of_two_maps_wins() {
    let server = Server::answer(|_| Reply::empty(204));
    let lists = ListsClient::new(client(&server));
    let page = Page { limit: 1, offset: Some(2) };
    lists.two(&Filter::from([("limit", "9")]), &page).await.unwrap();
    assert_eq!(query(&server), "limit=9&offset=2");
    let owner = Filter::from([("id", "1")]);
    lists.nested(&Filter::from([("owner", "2"), ("owner[id]", "3")])).owner(&owner).await.unwrap();
    assert_eq!(query(&server), "owner%5Bid%5D=1");
}

#[tokio::test]
async fn a_field_beats_a_flattened_map() {
    let server = Server::answer(|_| Reply::empty(204));
    let lists = ListsClient::new(client(&server));
    let rest = Filter::from([("limit", "9"), ("tags", "c"), ("x", "1")]);
    let all = Flattened { limit: Some(5), tags: &["a", "b"], rest: rest.clone() };
    lists.flattened(&all).await.unwrap();
    assert_eq!(query(&server), "limit=5&tags=a&tags=b&x=1");
    lists.flattened(&Flattened { limit: None, tags: &[], rest }).await.unwrap();
    assert_eq!(query(&server), "limit=9&tags=c&x=1");
    lists.nested_flattened(&all).await.unwrap();
    let nested = "all%5Blimit%5D=5&all%5Btags%5D=a&all%5Btags%5D=b&all%5Bx%5D=1";
    assert_eq!(query(&server), nested);
    lists.form_flattened(&all).await.unwrap();
    lists.body_flattened(&all).await.unwrap();
    let bodies: Vec<_> =
        server.requests().iter().skip(3).map(|request| request.text().to_owned()).collect();
    assert_eq!(bodies, [nested, r#"{"limit":5,"tags":["a","b"],"x":"1"}"#]);
}

#[tokio::test]
async fn an_option_beats_all_of_them() {
    let server = Server::answer(|_| Reply::empty(204));
    let lists = ListsClient::new(client(&server));
    let filter = Filter::from([("beta", "false"), ("limit", "9999")]);
    let options = RequestOptions::new().query("limit", 7).query("beta", None::<u8>);
    lists.find(&filter).limit(5).options(options).await.unwrap();
    assert_eq!(query(&server), "limit=7");
}

#[tokio::test]
async fn an_empty_name_is_sent() {
    let server = Server::answer(|_| Reply::empty(204));
    let lists = ListsClient::new(client(&server));
    lists
        .find(&Filter::from([("", "1")]))
        .options(RequestOptions::new().query("a", 2))
        .await
        .unwrap();
    assert_eq!(query(&server), "beta=true&=1&a=2");
    lists
        .find(&Filter::from([("", "1")]))
        .options(RequestOptions::new().query("", 3))
        .await
        .unwrap();
    assert_eq!(query(&server), "beta=true&=3");
    lists
        .find(&Filter::new())
        .options(RequestOptions::new().query("", Filter::from([("a", "b")])))
        .await
        .unwrap();
    assert_eq!(query(&server), "beta=true&%5Ba%5D=b");
}

#[tokio::test]
async fn times_are_refused_outside_json() {
    let server = Server::answer(|_| Reply::empty(204));
    let lists = ListsClient::new(client(&server));
    let wait = Duration::from_millis(36_090);
    let nested = BTreeMap::from([("a", wait)]);
    for (result, name) in [
        (lists.times(wait).await, "at"),
        (lists.query_times().wait(wait).await, "wait"),
        (lists.query_times().nested(&nested).await, "nested"),
        (lists.query_times().list(&[wait]).await, "list"),
        (lists.query_times().header(wait).await, "header"),
        (lists.form_times(wait).await, "wait"),
        (lists.part_times(wait).await, "wait"),
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        let text = format!(
            "`{name}` cannot contain a `Duration`, which is not text: send a number, a date type, or a newtype \
             that serializes as one value"
        );
        assert!(error.to_string().ends_with(&text), "{error}");
    }
    let error = lists.query_times().at(SystemTime::UNIX_EPOCH).await.unwrap_err();
    assert!(error.to_string().contains("`at` cannot contain a `SystemTime`"), "{error}");
    let options = RequestOptions::new().query("wait", wait);
    let error = lists.query_times().options(options).await.unwrap_err();
    assert!(error.to_string().contains("`wait` cannot contain a `Duration`"), "{error}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn times_in_json_stay_as_serde_has_them() {
    let server = Server::answer(|_| Reply::empty(204));
    let lists = ListsClient::new(client(&server));
    lists.json_times(Duration::from_millis(1500), SystemTime::UNIX_EPOCH).await.unwrap();
    let expected = r#"{"wait":{"secs":1,"nanos":500000000},"at":{"secs_since_epoch":0,"nanos_since_epoch":0}}"#;
    assert_eq!(server.request().text(), expected);
}
