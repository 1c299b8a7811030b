//! Pairs of the query that a trait or an endpoint always sends.

use std::collections::BTreeMap;

use connectors_client::{RequestOptions, api_client};
use support::server::{Reply, Server};

use crate::{client, whole};

const API_VERSION: &str = "2024-01-02 preview";

#[api_client(query("api-version" = API_VERSION, debug = false))]
trait Things {
    #[get("plain")]
    async fn plain(&self);

    #[get("own?sort=<order>&beta", query("api-version" = 2, tags = ["a", "b"]))]
    async fn own(&self, order: Option<&str>);

    #[post("sent?debug=true", fields(stream = true))]
    async fn sent(&self, #[field("n")] name: &str);

    #[get("argument?<debug>")]
    async fn argument(&self, debug: Option<u8>);

    #[get("spread?<filter..>&<..>", query("x y" = "&"))]
    async fn spread(&self, filter: &BTreeMap<&str, u8>, page: u8);

    #[get("")]
    async fn next(&self, #[url] url: &str);
}

const REST: &str = " HTTP/1.1\naccept: */*\nauthorization: Bearer test-token\n";

#[tokio::test]
async fn fixed_pairs_follow_the_template_and_the_narrowest_source_wins() {
    let server = Server::start([Reply::empty(204)]);
    let things = ThingsClient::new(client(&server));
    things.plain().await.unwrap();
    things.own().order("up").await.unwrap();
    things.own().await.unwrap();
    things.argument().debug(1).await.unwrap();
    things.argument().await.unwrap();
    things.spread(&BTreeMap::from([("a", 1), ("debug", 2), ("x y", 3)]), 4).await.unwrap();
    things.next("/next?at=5").await.unwrap();
    let options = RequestOptions::new().query("debug", true).query("api-version", ());
    things.plain().options(options).await.unwrap();
    let sent: Vec<_> = server.requests().iter().map(whole).collect();
    let expected = [
        "GET /plain?api-version=2024-01-02+preview&debug=false",
        "GET /own?sort=up&beta&api-version=2&tags=a&tags=b&debug=false",
        "GET /own?beta&api-version=2&tags=a&tags=b&debug=false",
        "GET /argument?debug=1&api-version=2024-01-02+preview",
        "GET /argument?api-version=2024-01-02+preview&debug=false",
        "GET /spread?a=1&debug=2&page=4&x+y=%26&api-version=2024-01-02+preview",
        "GET /next?at=5",
        "GET /plain?debug=true",
    ];
    assert_eq!(sent, expected.map(|line| format!("{line}{REST}accept-encoding: gzip\n\n")));
}

#[tokio::test]
async fn fixed_pairs_and_fixed_fields_stand_beside_each_other() {
    let server = Server::start([Reply::empty(204)]);
    ThingsClient::new(client(&server)).sent("a").await.unwrap();
    assert_eq!(
        whole(&server.request()),
        format!(
            "POST /sent?debug=true&api-version=2024-01-02+preview{REST}content-type: application/json\n\
             accept-encoding: gzip\ncontent-length: 23\n\n{{\\\"n\\\":\\\"a\\\",\\\"stream\\\":true}}"
        )
    );
}
