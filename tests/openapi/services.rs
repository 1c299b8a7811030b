//! Credentials, servers of single operations, and polling, as generated clients have them.

use connectors_client::auth::{cookie, header, query};
use connectors_client::{ClientBuilder, ErrorKind};
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

use crate::files::{changed, document, generated, steering};
use crate::generated::services::{
    AppsClient, ArchiveClient, AssetsClient, AuditsClient, CDN_BASE_URL, JobsClient, KeysClient,
    N2024_BASE_URL, OTHER_BASE_URL, ROOT_BASE_URL, ReportsClient, ReportsUploadClient, RootClient,
    Services, StatusClient, UPLOAD_BASE_URL, UsersClient, V2_BASE_URL, builder,
    builder_with_session, with_admin_user, with_app_id, with_app_id_and_app_key, with_app_id2,
    with_header_and_query,
};

fn target(request: &Recorded) -> String {
    format!("{} {}", request.method, request.target)
}

fn plain(builder: ClientBuilder) -> connectors_client::Client {
    builder.env_proxies(false).max_retries(0).build().unwrap()
}

#[tokio::test]
async fn a_key_is_a_pair_of_the_query() {
    let server = Server::start([Reply::json(200, "[]")]);
    let reports = ReportsClient::new(plain(builder(server.url(), "s&t")));
    reports.list().await.unwrap();
    let request = server.request();
    assert_eq!(target(&request), "GET /reports?api_key=s%26t");
    assert_eq!(request.header("cookie"), None);
}

#[tokio::test]
async fn a_key_is_a_cookie() {
    let server = Server::start([Reply::json(200, "[]")]);
    let reports = ReportsClient::new(plain(builder_with_session(server.url(), "secret")));
    reports.list().await.unwrap();
    let request = server.request();
    assert_eq!(target(&request), "GET /reports");
    assert_eq!(request.header("cookie"), Some("sid=secret"));
}

#[tokio::test]
async fn an_operation_with_a_scheme_of_its_own_sends_that_only() {
    let server = Server::start([Reply::json(200, "[]"), Reply::json(200, "[]")]);
    let settings = with_admin_user(builder(server.url(), "secret"), "ann", "p");
    let services = Services::new(plain(with_app_id_and_app_key(settings, "i", "k")));
    services.users.list().await.unwrap();
    services.keys.list().await.unwrap();
    let requests = server.requests();
    assert_eq!(target(&requests[0]), "GET /users");
    assert_eq!(requests[0].header("authorization"), Some("Basic YW5uOnA="));
    assert_eq!(target(&requests[1]), "GET /keys?app_key=k");
    assert_eq!(requests[1].header("x-app-id"), Some("i"));
    assert_eq!(requests[1].header("authorization"), None);
}

#[tokio::test]
async fn a_missing_scheme_is_an_error_before_anything_is_sent() {
    let server = Server::start([Reply::json(200, "[]")]);
    let users = UsersClient::new(plain(builder(server.url(), "secret")));
    assert_eq!(users.list().await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(server.connections(), 0);
}

/// Its name in Rust would be that of `app_id`, whose credentials are not sent either.
#[tokio::test]
async fn a_scheme_without_a_definition_is_never_replaced_by_the_usual_ones() {
    let server = Server::start([Reply::json(200, "[]")]);
    let settings = || with_app_id(builder(server.url(), "secret"), "one");
    let audits = AuditsClient::new(plain(settings()));
    assert_eq!(audits.list().await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(server.connections(), 0);
    let settings = settings().auth_scheme("app_id3", header("X-Audit", "a"));
    AuditsClient::new(plain(settings)).list().await.unwrap();
    let request = server.request();
    assert_eq!(target(&request), "GET /audits");
    assert_eq!((request.header("x-audit"), request.header("x-app-id")), (Some("a"), None));
}

/// The schemes stay the usual ones, and `builder` has the first of them.
#[test]
fn optional_security_changes_nothing() {
    let root = "security: [{ queryKey: [] }, { session: [] }]\npaths";
    let optional = "security: [{}, { queryKey: [] }, { session: [] }]\npaths";
    let source = changed("services.yaml", &[(root, optional)]);
    assert_eq!(source, generated("services.yaml").source);
    let last = "security: [{ queryKey: [] }, { session: [] }, {}]\npaths";
    assert_eq!(changed("services.yaml", &[(root, last)]), source);
    // The usual schemes do not open an operation that has one of its own.
    assert!(source.contains("#[api_client(auth = admin_user)]\npub trait Users {"), "{source}");
}

#[tokio::test]
async fn optional_credentials_may_be_left_out() {
    let server = Server::start([Reply::json(200, "[]")]);
    let client = connectors_client::Client::builder(server.url());
    ReportsClient::new(plain(client)).list().await.unwrap();
    assert_eq!(target(&server.request()), "GET /reports");
}

#[test]
fn usual_schemes_without_a_definition_are_one_warning() {
    let text = crate::files::text("services.yaml").replace("    queryKey: {", "    other: {");
    let document = connectors_openapi::model::Document::parse("services.yaml", &text).unwrap();
    let generated = connectors_openapi::generate(&document, &steering("services.yaml")).unwrap();
    let warnings = generated.warnings.iter().map(ToString::to_string);
    let warnings: Vec<String> = warnings.filter(|one| one.contains("queryKey")).collect();
    assert_eq!(
        warnings,
        ["services.yaml #/security: there is no security scheme `queryKey`: call \
          `ClientBuilder::auth(..)` with the credentials of the call"]
    );
    assert!(generated.source.contains("pub fn builder(base_url: impl AsRef<str>, key: impl"));
}

/// Credentials that the caller gives for the undefined schemes go to no other operation.
#[test]
fn usual_schemes_without_a_definition_leave_the_others_their_names() {
    let root = "security: [{ queryKey: [] }, { session: [] }]\npaths";
    let undefined = "security: [{ typo: [] }]\npaths";
    let source = changed("services.yaml", &[(root, undefined)]);
    let own = "security: [{ queryKey: [] }]\n      operationId: listReports\n";
    let source_of_one = changed(
        "services.yaml",
        &[(root, undefined), ("      operationId: listReports\n", &format!("      {own}"))],
    );
    assert!(!source.contains("auth = query_key"), "{source}");
    assert!(source_of_one.contains("auth = query_key"), "{source_of_one}");
}

/// The names `app_id` and `appId` are one in Rust.
#[tokio::test]
async fn schemes_with_names_that_are_alike_stay_apart() {
    let server = Server::start([Reply::json(200, "[]"), Reply::empty(204), Reply::empty(204)]);
    let settings = with_app_id2(with_app_id(builder(server.url(), "secret"), "one"), "two");
    let apps = AppsClient::new(plain(with_header_and_query(settings, "h", "q")));
    apps.list().await.unwrap();
    apps.create().await.unwrap();
    apps.replace().await.unwrap();
    let requests = server.requests();
    let ids = |i: usize| (requests[i].header("x-app-id"), requests[i].header("x-other-app-id"));
    assert_eq!((ids(0), ids(1), ids(2)), ((Some("one"), None), (None, Some("two")), (None, None)));
    assert_eq!(target(&requests[2]), "PUT /apps?query_key=q");
    assert_eq!(requests[2].header("x-header"), Some("h"));
}

#[tokio::test]
async fn three_credentials_together_are_never_replaced_by_the_usual_ones() {
    let server = Server::start([Reply::empty(204)]);
    let settings = || with_app_id(builder(server.url(), "secret"), "one");
    let apps = AppsClient::new(plain(settings()));
    assert_eq!(apps.delete().await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(server.connections(), 0);
    let two = (header("X-App-Id", "i"), query("app_key", "k"));
    let three = (two, cookie("sid", "s"));
    let settings = settings().auth_scheme("app_id_and_app_key_and_session", three);
    AppsClient::new(plain(settings)).delete().await.unwrap();
    let request = server.request();
    assert_eq!(target(&request), "DELETE /apps?app_key=k");
    let sent = (request.header("x-app-id"), request.header("cookie"));
    assert_eq!(sent, (Some("i"), Some("sid=s")));
}

#[test]
fn an_operation_without_security_is_open_if_others_are_not() {
    let root = "security: [{ queryKey: [] }, { session: [] }]\npaths";
    let source = changed("services.yaml", &[(root, "paths")]);
    assert!(source.contains("#[api_client(auth = none)]\npub trait Status {"), "{source}");
    assert!(source.contains("#[api_client]\npub trait Users {"), "{source}");
    assert!(!generated("alike.yaml").source.contains("auth = none"));
}

#[tokio::test]
async fn one_usual_alternative_is_enough() {
    let server = Server::start([Reply::empty(204)]);
    let keys = KeysClient::new(plain(builder_with_session(server.url(), "secret")));
    keys.create().await.unwrap();
    assert_eq!(server.request().header("cookie"), Some("sid=secret"));
}

#[tokio::test]
async fn operations_of_another_server_are_a_trait_with_its_base_url() {
    assert_eq!(UPLOAD_BASE_URL, "https://upload.services.example/v1");
    assert_eq!(V2_BASE_URL, "https://api.services.example/v2");
    let server = Server::start([Reply::empty(204), Reply::json(200, "[]")]);
    let base_url = format!("{}/v1", server.url());
    let upload = ReportsUploadClient::new(plain(builder(base_url, "secret")));
    upload.upload_file("text").await.unwrap();
    let status = StatusClient::new(plain(builder(format!("{}/v2", server.url()), "secret")));
    status.get().await.unwrap();
    let requests = server.requests();
    assert_eq!(target(&requests[0]), "POST /v1/files?api_key=secret");
    assert_eq!(requests[0].text(), "text");
    assert_eq!(target(&requests[1]), "GET /v2/status");
}

#[tokio::test]
async fn relative_servers_are_completed_by_the_usual_one() {
    assert_eq!(ROOT_BASE_URL, "https://api.services.example");
    assert_eq!(CDN_BASE_URL, "https://cdn.services.example/v1");
    let server = Server::start([Reply::json(200, "[]"), Reply::json(200, "[]")]);
    RootClient::new(plain(builder(server.url(), "secret"))).get().await.unwrap();
    AssetsClient::new(plain(builder(server.url(), "secret"))).list().await.unwrap();
    let targets: Vec<String> = server.requests().iter().map(target).collect();
    assert_eq!(targets, ["GET /root?api_key=secret", "GET /assets"]);
    // The scheme is the usual one too, and the usual server needs no trait of its own.
    let source = changed(
        "services.yaml",
        &[("https://api", "http://api"), ("[{ url: / }]", "[{ url: /v9 }, { url: /v1 }]")],
    );
    assert!(source.contains("= \"http://cdn.services.example/v1\";"), "{source}");
    assert!(source.contains("\n#[api_client]\npub trait Root {"), "{source}");
    assert!(!source.contains("ROOT_BASE_URL") && !source.contains("V9_BASE_URL"), "{source}");
}

#[tokio::test]
async fn a_base_url_that_begins_with_a_digit_is_a_constant() {
    assert_eq!(N2024_BASE_URL, "https://2024.services.example");
    assert_eq!(OTHER_BASE_URL, "https://2.services.example/v1");
    let server = Server::start([Reply::json(200, "[]")]);
    ArchiveClient::new(plain(builder(server.url(), "s"))).get().await.unwrap();
    assert_eq!(target(&server.request()), "GET /archive?api_key=s");
}

/// A call with `poll` has a method of this name, and the path has an argument of it.
#[tokio::test]
async fn an_argument_of_the_path_keeps_its_name() {
    let server = Server::start([Reply::empty(204)]);
    let jobs = JobsClient::new(plain(builder(server.url(), "s")));
    jobs.delete("7").poll().await.unwrap();
    assert_eq!(target(&server.request()), "DELETE /jobs/7?api_key=s");
}

#[tokio::test]
async fn a_long_operation_is_polled_at_its_header() {
    let server = Server::start([
        Reply::empty(202).header("Operation-Location", "/operations/1"),
        Reply::json(200, r#"{"status": "Running"}"#),
        Reply::json(200, r#"{"status": "Succeeded", "title": "Sales"}"#),
    ]);
    let settings = builder(server.url(), "secret").clock(TestClock::new());
    let reports = ReportsClient::new(plain(settings));
    let report = reports.create("Sales").poll().await.unwrap();
    assert_eq!(report.map(|report| report.title).as_deref(), Some("Sales"));
    let targets: Vec<String> = server.requests().iter().map(target).collect();
    assert_eq!(
        targets,
        [
            "POST /reports?api_key=secret",
            "GET /operations/1?api_key=secret",
            "GET /operations/1?api_key=secret",
        ]
    );
}

#[tokio::test]
async fn the_result_of_a_long_operation_is_at_the_first_location() {
    let first = Reply::empty(202).header("Azure-AsyncOperation", "/operations/2");
    let server = Server::start([
        first.header("Location", "/reports/7"),
        Reply::json(200, r#"{"status": "Succeeded"}"#),
        Reply::json(200, r#"{"title": "Costs"}"#),
    ]);
    let settings = builder_with_session(server.url(), "secret").clock(TestClock::new());
    let reports = ReportsClient::new(plain(settings));
    let report = reports.export("7").poll().await.unwrap();
    assert_eq!(report.map(|report| report.title).as_deref(), Some("Costs"));
    let targets: Vec<String> = server.requests().iter().map(target).collect();
    assert_eq!(targets, ["POST /reports/7/export", "GET /operations/2", "GET /reports/7"]);
}

#[test]
fn nothing_is_left_out_in_silence() {
    let generated = generated("services.yaml");
    let shown = |notices: &[connectors_openapi::Notice]| -> Vec<String> {
        notices.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        shown(&generated.left_out),
        ["services.yaml:84 #/paths/~1local/get: its server `v3` is not an absolute URL, and the \
             API has none that completes it"]
    );
    assert_eq!(
        shown(&generated.warnings),
        [
            "services.yaml:41 #/paths/~1reports~1{id}~1export/put: the operation runs for a while, \
             and its result is at `original-uri`: no `poll` is written, so call the operation that \
             reads it",
            "services.yaml:152 #/components/securitySchemes/digest: no function is written for the \
             security scheme `digest` (`digest`): give `ClientBuilder::auth` a type that \
             implements `Authenticate`",
            "services.yaml:150 #/components/securitySchemes/app_id: no function is written for \
             `app_id`, `appKey`, `session` together: call `ClientBuilder::auth_scheme(\
             \"app_id_and_app_key_and_session\", ..)` with a type that implements `Authenticate`",
            "services.yaml:137 #/paths/~1audits/get/security: there is no security scheme \
             `app-id`: call `ClientBuilder::auth_scheme(\"app_id3\", ..)` with the credentials of the \
             call",
        ]
    );
    assert_eq!(generated.operations, document("services.yaml").operations.len() - 1);
}

#[test]
fn a_key_in_a_header_imports_no_function() {
    let text = crate::files::text("services.yaml")
        .replace("in: query, name: api_key", "in: header, name: X-Key");
    let document = connectors_openapi::model::Document::parse("services.yaml", &text).unwrap();
    let only = connectors_openapi::Steering {
        only: vec!["listReports".to_owned()],
        ..connectors_openapi::Steering::default()
    };
    let source = connectors_openapi::generate(&document, &only).unwrap().source;
    assert!(source.contains(".auth_header(\"X-Key\", key)"), "{source}");
    assert!(source.contains("use connectors_client::auth::cookie;"), "{source}");
}
