//! Headers that a trait or an endpoint always sends.

use connectors_client::{RequestOptions, api_client};
use support::server::{Reply, Server};

const VERSION: &str = "2024-01-02";

mod names {
    pub(super) const LANGUAGE: &str = "de";
}

#[api_client(headers("X-Api-Version" = VERSION, "X-Source" = "trait"), headers("Accept-Language" = names::LANGUAGE))]
trait Things {
    #[get("all")]
    async fn all(&self);

    #[get("own", headers("x-source" = "endpoint", "X-Feature" = concat!("a", "-", "b")), accept = "text/csv")]
    async fn own(&self);

    #[get("argument")]
    async fn argument(&self, #[header("X-Source")] source: Option<&str>);

    #[post("json", headers("Content-Type" = "application/vnd.api+json", "Authorization" = "Custom key"))]
    async fn json(&self, name: &str);
}

#[api_client(prefix = "/api/v1/", timeout = LIMIT)]
trait Prefixed {
    #[get("things/<id>?<page>", none_on = 404, accept = "text/csv")]
    async fn get(&self, id: &str, page: Option<u8>) -> Option<u8>;

    #[get("")]
    async fn root(&self);
}

const LIMIT: std::time::Duration = std::time::Duration::from_secs(7);

#[tokio::test]
async fn constants_can_be_used_like_literals() {
    let server = Server::start([Reply::empty(404), Reply::empty(204)]);
    let client =
        support::client(format!("{}/base", server.url())).env_proxies(false).build().unwrap();
    let prefixed = PrefixedClient::new(client);
    assert_eq!(prefixed.get("a b").page(2).await.unwrap(), None);
    prefixed.root().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/base/api/v1/things/a%20b?page=2");
    assert_eq!(header(&requests[0], "accept"), "text/csv");
    assert_eq!(requests[1].target, "/base/api/v1");
    assert_eq!(PrefixedClient::GET.template(), "api/v1/things/<id>");
    assert_eq!(PrefixedClient::GET.to_string(), "GET api/v1/things/<id>");
    assert_eq!(PrefixedClient::ROOT.template(), "api/v1");
    assert_eq!(PrefixedClient::ROOT.timeout(), Some(LIMIT));
}

fn header<'a>(request: &'a support::server::Recorded, name: &str) -> &'a str {
    assert!(request.header_count(name) <= 1);
    request.header(name).unwrap_or_default()
}

#[tokio::test]
async fn the_narrowest_source_of_a_header_wins() {
    let server = Server::start([Reply::empty(204)]);
    let client = support::client(server.url())
        .env_proxies(false)
        .header("X-Source", "client")
        .build()
        .unwrap();
    let things = ThingsClient::new(client);
    things.all().await.unwrap();
    things.own().await.unwrap();
    things.argument().await.unwrap();
    things.argument().source("argument").await.unwrap();
    let options = RequestOptions::new().header("X-Source", "options").header("X-Api-Version", None);
    things.argument().source("argument").options(options).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|request| {
            let names = ["x-api-version", "x-source", "accept-language", "x-feature", "accept"];
            names.map(|name| header(request, name))
        })
        .collect();
    assert_eq!(
        sent,
        [
            [VERSION, "trait", "de", "", "*/*"],
            [VERSION, "endpoint", "de", "a-b", "text/csv"],
            [VERSION, "trait", "de", "", "*/*"],
            [VERSION, "argument", "de", "", "*/*"],
            ["", "options", "de", "", "*/*"],
        ]
    );
}

#[tokio::test]
async fn a_fixed_content_type_is_unique_and_a_fixed_token_is_secret() {
    let server = Server::start([Reply::empty(204)]);
    let client =
        support::client(server.url()).env_proxies(false).bearer_token("other").build().unwrap();
    let things = ThingsClient::new(client);
    things.json("x").await.unwrap();
    let request = server.request();
    assert_eq!(header(&request, "content-type"), "application/vnd.api+json");
    assert_eq!(header(&request, "authorization"), "Custom key");
    let insecure = support::client("http://example.com").build().unwrap();
    let error = ThingsClient::new(insecure).json("x").await.unwrap_err();
    assert!(error.to_string().contains("a token would be sent over plain http"), "{error}");
}

#[api_client(headers("Accept" = "application/vnd.things+json"))]
trait Typed {
    #[get("plain")]
    async fn plain(&self) -> Vec<u8>;

    #[get("own", accept = "application/vnd.things.raw+json")]
    async fn own(&self) -> Vec<u8>;
}

#[tokio::test]
async fn the_accept_of_an_endpoint_overrides_the_trait_header() {
    let server = Server::start([Reply::json(200, "[]")]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let typed = TypedClient::new(client);
    typed.plain().await.unwrap();
    typed.own().await.unwrap();
    let accepts: Vec<_> =
        server.requests().iter().map(|request| header(request, "accept").to_owned()).collect();
    assert_eq!(accepts, ["application/vnd.things+json", "application/vnd.things.raw+json"]);
}
