//! The attributes of spans: compared with the conventions, and free of values.

use std::collections::{BTreeMap, HashSet};

use connectors_client::{Body, Client, HttpResponse, RequestOptions, Secret, Text};
use support::recorder::{RecordedSpan, Recorder};
use support::server::{Reply, Server};
use tracing::level_filters::LevelFilter;

use crate::conventions::{Sent, differences};
use crate::{builder, tickets};

/// Compares each span with the request that it stands for.
fn check(spans: &[RecordedSpan], sent: &[Sent]) {
    assert_eq!(spans.len(), sent.len(), "{spans:#?}");
    for (span, sent) in spans.iter().zip(sent) {
        assert_eq!(differences(span, sent), [""; 0], "{span:#?}");
        assert_eq!((span.name, &*span.target), ("HTTP request", "connectors_client"));
        assert!(span.is_closed, "{span:#?}");
    }
}

fn sent(template: &'static str, status: u16) -> Sent {
    Sent { method: "GET", template: Some(template), status: Some(status), ..Sent::default() }
}

fn failed(sent: &Sent) -> Sent {
    let status = sent.status.unwrap().to_string();
    Sent { error_type: Some(status), ..*sent }
}

#[tokio::test]
async fn each_attempt_has_a_span_with_the_attributes_of_the_conventions() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let server = Server::start([Reply::empty(503), Reply::reset(), Reply::json(200, r#""a""#)]);
    let _guard = recorder.subscribe();
    tickets(&server).get("17").await.unwrap();
    let of = |status| sent("/v1/tickets/{id}", status);
    let interrupted =
        Sent { status: None, error_type: Some("interrupted".to_owned()), before: 1, ..of(0) };
    let spans = recorder.spans();
    check(&spans, &[failed(&of(503)), interrupted, Sent { before: 2, ..of(200) }]);
    for span in spans {
        assert_eq!(span.fields["server.address"], "127.0.0.1");
        assert_eq!(span.fields["server.port"], server.port().to_string());
        assert_eq!(span.fields["url.full"], format!("{}/v1/tickets/{{id}}", server.url()));
    }
    assert_eq!(recorder.spans()[2].fields["network.protocol.version"], "1.1");
}

/// Control: the check finds what a span of another instrumentation lacks.
#[test]
fn a_careless_span_differs_from_the_conventions() {
    let recorder = Recorder::everything();
    let _guard = recorder.subscribe();
    let span = tracing::info_span!(
        "HTTP GET",
        "http.method" = "GET",
        "http.request.method" = "GET",
        "url.full" = "https://user:pass@example.com/v1/tickets/17",
        "otel.name" = "GET /v1/tickets/17",
        "server.port" = "https",
    );
    drop(span);
    let found = differences(&recorder.spans()[0], &failed(&sent("/v1/tickets/{id}", 500)));
    assert_eq!(
        found,
        [
            "`server.address` is missing",
            "`server.port` is not a number: https",
            "`http.method` is not listed",
            "`http.response.status_code` is None, not Some(\"500\")",
            "`error.type` is None, not Some(\"500\")",
            "`otel.status_code` is None, not Some(\"ERROR\")",
            "`otel.kind` is None, not Some(\"client\")",
            "`url.template` is None, not Some(\"/v1/tickets/{id}\")",
            "`otel.name` is Some(\"GET /v1/tickets/17\"), not Some(\"GET /v1/tickets/{id}\")",
            "`network.protocol.version` does not go with the status",
            "`url.full` has credentials or is not absolute",
        ]
    );
}

#[tokio::test]
async fn each_redirect_has_a_span_without_the_values_of_its_location() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let to = |location| Reply::empty(302).header("location", location);
    let server = Server::start([
        to("/v1/elsewhere/canary?token=canary"),
        Reply::empty(503),
        to("/v1/tickets/canary"),
        Reply::json(200, r#""a""#),
    ]);
    let _guard = recorder.subscribe();
    tickets(&server).get("17").await.unwrap();
    let of = |status, before| Sent { before, ..sent("/v1/tickets/{id}", status) };
    let spans = recorder.spans();
    check(&spans, &[of(302, 0), failed(&of(503, 1)), of(302, 2), of(200, 3)]);
    let urls: Vec<_> =
        spans.iter().map(|span| span.fields["url.full"].replace(&server.url(), "")).collect();
    let template = "/v1/tickets/{id}";
    assert_eq!(urls, [template, "/REDACTED?REDACTED", template, "/REDACTED"]);
}

#[tokio::test]
async fn a_status_that_is_a_result_is_not_an_error() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let server = Server::start([Reply::empty(404)]);
    let _guard = recorder.subscribe();
    assert_eq!(tickets(&server).file("a/b").await.unwrap(), None);
    check(&recorder.spans(), &[sent("/v1/files/{path}", 404)]);
}

#[tokio::test]
async fn a_response_that_does_not_fit_is_an_error_of_its_span() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let server = Server::start([Reply::json(200, "{}")]);
    let _guard = recorder.subscribe();
    tickets(&server).get("17").await.unwrap_err();
    let decode = Sent { error_type: Some("decode".to_owned()), ..sent("/v1/tickets/{id}", 200) };
    check(&recorder.spans(), &[decode]);
}

#[tokio::test]
async fn undeclared_requests_are_named_by_their_method_alone() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let server = Server::start([Reply::json(200, r#""a""#)]);
    let client = builder(&server).build().unwrap();
    let _guard = recorder.subscribe();
    for method in ["GET", "PURGE"] {
        let request = http::Request::builder().method(method).uri("/v1/users/canary?q=canary");
        let request = request.body(Body::empty()).unwrap();
        client.send::<HttpResponse<Text>>(request).await.unwrap();
    }
    let url = format!("{}/v1/given/canary", server.url());
    tickets(&server).given(&url).await.unwrap();
    let of = |method| Sent { method, template: None, status: Some(200), ..Sent::default() };
    let spans = recorder.spans();
    check(&spans, &[of("GET"), of("PURGE"), of("GET")]);
    assert_eq!(spans[1].fields["url.full"], format!("{}/REDACTED?REDACTED", server.url()));
    assert!(!format!("{spans:?}").contains("canary"));
}

/// Makes calls with a canary in each place.
async fn call_with_canaries(client: Client) {
    let tickets = crate::TicketsClient::new(client);
    let options = RequestOptions::new()
        .query("extra", "canary")
        .header("X-Canary", "canary")
        .body_field("more", "canary");
    let _ = tickets.list().limit(7).state("canary").await;
    let _ = tickets.get("canary").await;
    let _ = tickets.pin("canary", "canary", "canary").text("canary").options(options).await;
    let _ = tickets.file("canary/canary").await;
    let filter = BTreeMap::from([("canary".to_owned(), "canary".to_owned())]);
    let _ = tickets.search(filter).await;
    let _ = tickets.by_key(Secret::new("canary-canary")).await;
    let _ = tickets.given("/v1/canary?canary=canary").await;
}

#[tokio::test]
async fn no_value_of_a_request_or_response_is_in_any_field() {
    let replies = [
        Reply::json(200, r#"["canary"]"#).header("x-canary", "canary"),
        Reply::json(404, r#"{"message": "canary"}"#),
        Reply::json(422, r#"{"detail": "canary"}"#).reason("canary"),
        Reply::json(200, r#"{"canary": 1}"#),
        Reply::empty(302).header("location", "https://canary.example/canary"),
        Reply::text(500, "text/html", "<title>canary</title>"),
        Reply::json(503, r#"{"message": "canary"}"#).header("x-request-id", "canary"),
    ];
    let server = Server::start(replies);
    let recorder = Recorder::new("connectors_client", LevelFilter::DEBUG);
    let guard = recorder.subscribe();
    let client = || builder(&server).header("X-Tenant", "canary").bearer_token("canary-token");
    call_with_canaries(client().build().unwrap()).await;
    let (spans, events) = (recorder.spans(), recorder.events());
    assert!(spans.len() >= 9 && events.len() >= 9, "{} and {}", spans.len(), events.len());
    let found = format!("{spans:?} {events:?}");
    assert!(!found.contains("canary"), "{found}");
    let urls: Vec<_> =
        spans.iter().map(|span| span.fields["url.full"].replace(&server.url(), "")).collect();
    for url in [
        "/v1/tickets?limit=REDACTED&state=REDACTED",
        "/v1/tickets/{id}/notes/{note}:pin?REDACTED",
        "/v1/search?beta=REDACTED&REDACTED",
        "/v1/key/{key}",
        "/REDACTED?REDACTED",
    ] {
        assert!(urls.iter().any(|other| other == url), "{url} in {urls:#?}");
    }
    drop(guard);

    // Control: a subscriber of every level gets the server's words, and with the setting the
    // values of URLs, but not those of a call with a secret.
    let recorder = Recorder::everything();
    let _guard = recorder.subscribe();
    call_with_canaries(client().trace_url_values(true).build().unwrap()).await;
    let ours = |target: &str| target == "connectors_client";
    let spans: Vec<_> = recorder.spans().into_iter().filter(|span| ours(&span.target)).collect();
    let with_values =
        spans.iter().filter(|span| span.fields["url.full"].contains("canary")).count();
    assert!(with_values >= 6, "{spans:#?}");
    assert!(!format!("{spans:?}").contains("canary-canary"));
    let words = recorder.events();
    let words =
        words.iter().filter(|event| ours(&event.target) && event.message.contains("canary"));
    assert!(words.clone().any(|event| event.level == tracing::Level::TRACE));
}

#[tokio::test]
async fn ten_thousand_ids_give_as_many_span_names_as_endpoints() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let fake = connectors_client::Fake::new();
    let fake = fake
        .on(crate::TicketsClient::GET, |_| connectors_client::FakeReply::json(200, "a"))
        .on(crate::TicketsClient::LIST, |_| connectors_client::FakeReply::json(200, ["a"]));
    let client = Client::builder("https://api.example.com/base").transport(fake).build().unwrap();
    let tickets = crate::TicketsClient::new(client);
    let _guard = recorder.subscribe();
    for id in 0..5_000_u32 {
        tickets.get(&format!("id-{id}")).await.unwrap();
        tickets.list().limit(id).state(&id.to_string()).await.unwrap();
    }
    let spans = recorder.spans();
    let names = |field: &str| -> HashSet<String> {
        spans.iter().map(|span| span.fields[field].clone()).collect()
    };
    assert_eq!(spans.len(), 10_000);
    let expected = ["GET /base/v1/tickets", "GET /base/v1/tickets/{id}"];
    assert_eq!(names("otel.name"), expected.map(str::to_owned).into());
    assert_eq!(names("url.full").len(), 2);
}
