//! The description of an endpoint tells what its requests have, and where.

use connectors_client::{
    Bracketed, CommaSeparated, Endpoint, ErrorClass, Fake, FakeReply, ListStyle, Nullable,
    Parameter, ParameterPlace as Place, Part, PipeSeparated, Presence, Secret, SpaceSeparated,
    api_client,
};
use http::StatusCode;
use serde_json::Value;

#[derive(Debug, ErrorClass)]
enum ShopError {
    #[status(404)]
    Missing,
    #[status(500..=599)]
    Server,
}

#[api_client(prefix = "v2", error = ShopError, headers("X-Sdk" = "1"), rename_all = "camelCase")]
trait Shop {
    #[get("items/<id>.<kind>?page_size=<size>&<order_by>&beta=true&q=a+b")]
    async fn list(&self, id: u32, kind: &str, size: Option<u32>, order_by: &str);

    #[get("search?<..>", query("version" = 2), none_on = 404, envelope = "data")]
    async fn search(
        &self,
        plain: &[u32],
        comma: Option<CommaSeparated<Vec<u32>>>,
        space: SpaceSeparated<&[u32]>,
        pipe: PipeSeparated<&[u32]>,
        brackets: Bracketed<&[u32]>,
        #[header("X-Ids")] ids: Option<&[u32]>,
        one: u32,
    ) -> Option<u32>;

    #[post("items", fields(dry_run = true), idempotency_key)]
    async fn add(
        &self,
        item_name: &str,
        note: Nullable<&str>,
        #[field("max-size")] size: Option<u32>,
        #[fields] more: &Value,
        #[header("X-Token", sensitive)] token: Option<&str>,
    );

    #[post("files", multipart, auth = none, accept = "text/csv")]
    async fn upload(&self, file: Part, tags: Option<&[&str]>) -> connectors_client::Text;

    #[post("login", form)]
    async fn login(&self, user: &str, password: &Secret, scopes: Option<&[&str]>);

    #[put("files/<path..>")]
    async fn put(&self, path: &str, #[body(content_type = "image/png")] image: Vec<u8>);

    #[request("QUERY", "")]
    async fn query(&self, #[body] query: Option<&Value>, #[url] next: Option<&str>);

    #[get("all?<filter..>")]
    async fn all(&self, filter: Option<&Value>);
}

type Row = (&'static str, &'static str, Place, Presence);

fn rows(endpoint: &'static Endpoint) -> Vec<Row> {
    let row = |own: Parameter| (own.argument(), own.name(), own.place(), own.presence());
    endpoint.parameters().map(row).collect()
}

#[test]
fn parameters_have_their_places_names_and_presence() {
    use Presence::{Fixed, Nullable, Optional, Required};
    assert_eq!(
        rows(ShopClient::LIST),
        [
            ("id", "id", Place::Path, Required),
            ("kind", "kind", Place::Path, Required),
            ("size", "page_size", Place::Query, Optional),
            ("order_by", "orderBy", Place::Query, Required),
        ]
    );
    assert_eq!(
        rows(ShopClient::ADD),
        [
            ("item_name", "itemName", Place::Field, Required),
            ("note", "note", Place::Field, Nullable),
            ("size", "max-size", Place::Field, Optional),
            ("more", "more", Place::Fields, Required),
            ("token", "x-token", Place::Header, Optional),
            ("dry_run", "dry_run", Place::Field, Fixed),
        ]
    );
    assert_eq!(
        rows(ShopClient::PUT),
        [("path", "path", Place::RestOfPath, Required), ("image", "image", Place::Body, Required),]
    );
    assert_eq!(
        rows(ShopClient::QUERY),
        [("query", "query", Place::Body, Optional), ("next", "next", Place::Url, Optional)]
    );
    assert_eq!(rows(ShopClient::ALL), [("filter", "filter", Place::QueryFields, Optional)]);
    let sensitive: Vec<_> = ShopClient::ADD
        .parameters()
        .filter(Parameter::is_sensitive)
        .map(|own| own.name())
        .collect();
    assert_eq!(sensitive, ["x-token"]);
}

#[test]
fn list_styles_are_told_where_lists_have_styles() {
    let styles = |endpoint: &Endpoint| -> Vec<Option<ListStyle>> {
        endpoint.parameters().map(|own| own.list_style()).collect()
    };
    let some = Some;
    assert_eq!(
        styles(ShopClient::SEARCH),
        [
            some(ListStyle::Plain),
            some(ListStyle::Comma),
            some(ListStyle::Space),
            some(ListStyle::Pipe),
            some(ListStyle::Brackets),
            some(ListStyle::Plain),
            None,
            None,
        ]
    );
    assert_eq!(styles(ShopClient::UPLOAD), [None, None]);
    assert_eq!(styles(ShopClient::LOGIN), [None, None, some(ListStyle::Plain)]);
}

#[test]
fn options_that_show_on_the_wire_are_told() {
    let pairs: Vec<_> = ShopClient::LIST.fixed_query().collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(pairs, [pair("beta", "true"), pair("q", "a+b")]);
    assert_eq!(ShopClient::SEARCH.fixed_query().count(), 0);
    assert_eq!(ShopClient::LIST.fixed_headers(), [("x-sdk", "1")]);
    let types = [
        (ShopClient::LIST, None),
        (ShopClient::ADD, Some("application/json")),
        (ShopClient::UPLOAD, Some("multipart/form-data")),
        (ShopClient::LOGIN, Some("application/x-www-form-urlencoded")),
        (ShopClient::PUT, Some("image/png")),
        (ShopClient::QUERY, None),
    ];
    for (endpoint, content_type) in types {
        assert_eq!(endpoint.content_type(), content_type, "{endpoint}");
    }
    assert_eq!(ShopClient::UPLOAD.accept(), Some("text/csv"));
    assert_eq!(
        (ShopClient::SEARCH.envelope(), ShopClient::SEARCH.none_on()),
        (Some("data"), Some(404))
    );
    assert_eq!(ShopClient::ADD.idempotency_header(), Some("idempotency-key"));
    assert!(ShopClient::ADD.sends_credentials() && !ShopClient::UPLOAD.sends_credentials());
    let class = |status| ShopClient::LIST.error_class(StatusCode::from_u16(status).unwrap());
    assert_eq!([class(404), class(503), class(400)], [Some("Missing"), Some("Server"), None]);
}

#[test]
fn all_endpoints_of_a_trait_are_listed() {
    let names: Vec<_> = ShopClient::ENDPOINTS.iter().map(|endpoint| endpoint.name()).collect();
    assert_eq!(names, ["list", "search", "add", "upload", "login", "put", "query", "all"]);
    assert_eq!(ShopClient::ENDPOINTS, BlockingShopClient::ENDPOINTS);
}

/// The list has the endpoints that exist.
#[api_client]
trait Conditional {
    #[get("a")]
    async fn first(&self);

    #[cfg(any())]
    #[get("b")]
    async fn second(&self);
}

#[test]
fn endpoints_that_are_compiled_out_are_not_listed() {
    assert_eq!(ConditionalClient::ENDPOINTS, [ConditionalClient::FIRST]);
}

/// The names that a description tells are those of the request.
#[tokio::test]
async fn a_request_has_what_its_description_tells() {
    let fake = Fake::new().otherwise(|_| FakeReply::new(204, ""));
    let shop = ShopClient::new(fake.client());
    shop.list(1, "json", "name").size(2).await.unwrap();
    let request = &fake.requests()[0];
    let query = request.uri().query().unwrap();
    let sent: Vec<_> = query.split('&').map(|pair| pair.split('=').next().unwrap()).collect();
    let described = ShopClient::LIST.parameters().filter(|own| own.place() == Place::Query);
    let mut described: Vec<_> = described.map(|own| own.name().to_owned()).collect();
    described.extend(ShopClient::LIST.fixed_query().map(|(name, _)| name));
    assert_eq!(sent, described);
    for (name, value) in ShopClient::LIST.fixed_headers() {
        assert_eq!(request.headers()[*name], value);
    }
}
