//! Options of a call, and of a client created by `with_options`.

use connectors_client::cohere::{
    ConnectorsClient, CreateConnectorOAuth, CreateConnectorServiceAuth,
};
use connectors_client::{Error, ErrorKind, RequestOptions, Secret};
use support::server::{Reply, Server};

use crate::connectors;

fn start() -> (Server, ConnectorsClient) {
    let server = Server::start([Reply::json(404, "{}")]);
    let connectors = connectors(&server);
    (server, connectors)
}

/// Returns the target of a `list` call with these options.
async fn target(options: RequestOptions) -> String {
    let (server, connectors) = start();
    connectors.list().limit(5).offset(7).options(options).await.unwrap_err();
    server.request().target
}

async fn patched(options: RequestOptions) -> String {
    let (server, connectors) = start();
    connectors.update("c1").name("n").options(options).await.unwrap_err();
    server.request().text().to_owned()
}

#[tokio::test]
async fn a_query_option_can_replace_remove_list_and_nest() {
    let options = RequestOptions::new;
    assert_eq!(target(options().query("limit", 9)).await, "/v1/connectors?limit=9&offset=7");
    assert_eq!(target(options().query("limit", None::<u32>)).await, "/v1/connectors?offset=7");
    assert_eq!(
        target(options().query("limit", [1, 2])).await,
        "/v1/connectors?limit=1&limit=2&offset=7"
    );
    assert_eq!(
        target(options().query("a", serde_json::json!({"b": [1, null], "c": "x y"}))).await,
        "/v1/connectors?limit=5&offset=7&a%5Bb%5D=1&a%5Bc%5D=x+y"
    );
    assert_eq!(
        target(options().query("a&b=", "c=d&e#")).await,
        "/v1/connectors?limit=5&offset=7&a%26b%3D=c%3Dd%26e%23"
    );
}

#[tokio::test]
async fn an_option_does_not_replace_an_argument_by_prefix() {
    assert_eq!(
        target(RequestOptions::new().query("lim", 1)).await,
        "/v1/connectors?limit=5&offset=7&lim=1"
    );
}

#[tokio::test]
async fn options_given_twice_merge_and_the_last_wins() {
    let (server, connectors) = start();
    let error = connectors
        .update("c1")
        .options(
            RequestOptions::new()
                .query("a", 1)
                .header("x-a", "1")
                .body_field("f", 1)
                .max_retries(5),
        )
        .options(
            RequestOptions::new().query("b", 2).query("a", 3).header("X-A", "2").body_field("f", 2),
        )
        .await
        .unwrap_err();
    assert!(error.is_not_found());
    let request = server.request();
    assert_eq!(request.target, "/v1/connectors/c1?a=3&b=2");
    assert_eq!(request.header("x-a"), Some("2"));
    assert_eq!(request.header_count("x-a"), 1);
    assert_eq!(request.text(), r#"{"f":2}"#);
}

#[tokio::test]
async fn options_of_a_client_apply_unless_the_call_overrides_them() {
    let (server, connectors) = start();
    let view =
        connectors.with_options(RequestOptions::new().header("x-a", "view").query("limit", 1));
    view.list().await.unwrap_err();
    view.list().options(RequestOptions::new().header("x-a", "call")).await.unwrap_err();
    connectors.list().await.unwrap_err();
    let requests = server.requests();
    let seen: Vec<_> = requests.iter().map(|r| (r.target.as_str(), r.header("x-a"))).collect();
    assert_eq!(
        seen,
        [
            ("/v1/connectors?limit=1", Some("view")),
            ("/v1/connectors?limit=1", Some("call")),
            ("/v1/connectors", None)
        ]
    );
}

#[tokio::test]
async fn headers_replace_defaults_and_none_removes_them() {
    let (server, connectors) = start();
    let options = RequestOptions::new()
        .header("Authorization", Secret::new("Basic abc"))
        .header("User-Agent", None)
        .header("Accept", "application/vnd.x+json")
        .header("Host", "example.org");
    connectors.get("c1").options(options).await.unwrap_err();
    let request = server.request();
    assert_eq!(request.header("authorization"), Some("Basic abc"));
    assert_eq!(request.header_count("authorization"), 1);
    assert_eq!(request.header("user-agent"), None);
    assert_eq!(request.header("accept"), Some("application/vnd.x+json"));
    assert_eq!(request.header("host"), Some("example.org"));
}

#[tokio::test]
async fn body_fields_merge_into_the_object_or_create_one() {
    let options = RequestOptions::new;
    assert_eq!(
        patched(options().body_field("name", "m").body_field("auth_type", "oauth")).await,
        r#"{"name":"m","auth_type":"oauth"}"#
    );

    let (server, connectors) = start();
    connectors.delete("c1").options(options().body_field("x", 1)).await.unwrap_err();
    let request = server.request();
    assert_eq!((request.method.as_str(), request.text()), ("DELETE", r#"{"x":1}"#));
    assert_eq!(request.header("content-type"), Some("application/json"));
}

/// Sends the request that the documentation of the API shows with curl.
#[tokio::test]
async fn a_patch_matches_the_documented_curl_example() {
    let (server, connectors) = start();
    let oauth = CreateConnectorOAuth::new("https://new.com/authorize", "https://new.com/access")
        .scope("new_scope");
    connectors
        .update("c1")
        .name("new connector name")
        .url("https://new-connector-example.com/search")
        .oauth(&oauth)
        .active(true)
        .options(RequestOptions::new().body_field("auth_type", "oauth"))
        .await
        .unwrap_err();
    let sent: serde_json::Value = serde_json::from_slice(&server.request().body).unwrap();
    assert_eq!(
        sent,
        serde_json::json!({
            "name": "new connector name",
            "url": "https://new-connector-example.com/search",
            "oauth": {
                "authorize_url": "https://new.com/authorize",
                "token_url": "https://new.com/access",
                "scope": "new_scope"
            },
            "active": true,
            "auth_type": "oauth"
        })
    );
}

#[connectors_client::api_client]
trait Lists {
    #[post("lists")]
    async fn add(&self, #[body] items: &[u8]);
}

/// Calls with an invalid option, and returns the error. Nothing may be sent.
async fn mistake(options: RequestOptions) -> String {
    let (server, connectors) = start();
    let error = connectors.get("c1").options(options).await.unwrap_err();
    refused(&server, &error)
}

fn refused(server: &Server, error: &Error) -> String {
    assert_eq!(error.kind(), ErrorKind::Build);
    assert_eq!(server.connections(), 0);
    error.to_string()
}

#[tokio::test]
async fn an_invalid_option_is_a_build_error() {
    let options = RequestOptions::new;
    let get = "GET v1/connectors/<id>: ";
    assert_eq!(
        mistake(options().header("a b", "x")).await,
        format!("{get}`a b` is not the name of a header")
    );
    assert_eq!(
        mistake(options().header("x-a", "é")).await,
        format!(
            "{get}the value of the header `x-a` has a character that is not allowed in a header"
        )
    );
    assert_eq!(
        mistake(options().header("content-length", "1")).await,
        format!("{get}the header `content-length` follows from the body and cannot be set")
    );
    assert_eq!(
        mistake(options().query("a", f64::NAN)).await,
        format!("{get}the query argument `a` is not a finite number")
    );

    let (server, _) = start();
    let lists = ListsClient::new(crate::client(&server));
    let error = lists.add(&[1]).options(options().body_field("a", 1)).await.unwrap_err();
    assert_eq!(
        refused(&server, &error),
        "POST lists: a body field cannot be merged into a body that is not a JSON object"
    );
}

#[tokio::test]
async fn oauth_and_service_auth_exclude_each_other() {
    let (server, connectors) = start();
    let (oauth, service) =
        (CreateConnectorOAuth::default(), CreateConnectorServiceAuth::new("bearer".into(), "tok"));
    let error = connectors.create("n", "u").oauth(&oauth).service_auth(&service).await.unwrap_err();
    assert_eq!(
        refused(&server, &error),
        "POST v1/connectors: `oauth` and `service_auth` cannot be given together: leave all but one out"
    );
    let error = connectors.update("c").service_auth(&service).oauth(&oauth).await.unwrap_err();
    refused(&server, &error);
    // A null is not a second value: it removes one setting while the other is set.
    connectors.update("c").oauth_null().service_auth(&service).await.unwrap_err();
    assert_eq!(
        server.request().text(),
        r#"{"oauth":null,"service_auth":{"type":"bearer","token":"tok"}}"#
    );
}

#[derive(serde::Serialize)]
struct Twice {
    name: u8,
    #[serde(flatten)]
    rest: std::collections::BTreeMap<&'static str, u8>,
}

#[derive(serde::Serialize)]
struct Patch {
    name: connectors_client::Nullable<u8>,
}

#[connectors_client::api_client]
trait Items {
    #[post("items")]
    async fn add(&self, #[body] item: &Twice);

    #[patch("items")]
    async fn patch(&self, #[body] patch: &Patch);
}

#[tokio::test]
async fn an_option_replaces_each_field_of_its_name() {
    let (server, _) = start();
    let item = Twice { name: 1, rest: [("name", 2), ("a", 3)].into() };
    let items = ItemsClient::new(crate::client(&server));
    items.add(&item).options(RequestOptions::new().body_field("name", 9)).await.unwrap_err();
    assert_eq!(server.request().text(), r#"{"name":9,"a":3}"#);
}

#[tokio::test]
async fn an_unset_field_that_is_not_skipped_is_an_error() {
    let (server, _) = start();
    let items = ItemsClient::new(crate::client(&server));
    let error = items.patch(&Patch { name: connectors_client::Nullable::Unset }).await.unwrap_err();
    assert!(refused(&server, &error).contains("put `#[skip_unset]` on the struct"), "{error}");
}

#[tokio::test]
async fn a_client_cannot_set_the_length_or_the_framing() {
    for name in ["content-length", "Transfer-Encoding"] {
        let error = support::client("http://localhost").header(name, "3").build().unwrap_err();
        assert!(error.to_string().ends_with("follows from the body and cannot be set"), "{error}");
    }
}
