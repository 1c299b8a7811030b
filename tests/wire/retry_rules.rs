//! Rules for the failures that are retried, by call, endpoint and client.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::{
    Body, Error, ErrorKind, NextTransport, RequestOptions, RetryOn, RetryPolicy, Secret, Transport,
    TransportFuture, api_client,
};
use support::server::{Reply, Server};

use crate::builder;

#[api_client]
trait Jobs {
    #[get("jobs")]
    async fn list(&self) -> Vec<String>;

    #[get("jobs/<id>", retry_on = [409, protocol], never_retry_on = [503])]
    async fn get(&self, id: &str) -> String;

    #[get("limited", retry_on = [retry_after(403), x_should_retry])]
    async fn limited(&self) -> String;

    #[get("ignoring", never_retry_on = [x_should_retry])]
    async fn ignoring(&self) -> String;

    #[post("jobs")]
    async fn create(&self, name: &str);

    #[post("jobs/keyed", idempotency_key)]
    async fn create_keyed(&self, name: &str);
}

fn jobs(server: &Server, rules: impl Into<RetryOn>) -> JobsClient {
    let policy = RetryPolicy::default().retry_on(rules);
    JobsClient::new(builder(server).retry(policy).build().unwrap())
}

/// Returns the number of attempts of a call that always fails like this.
async fn attempts(reply: Reply, rules: RetryOn, options: RequestOptions) -> [u32; 4] {
    let server = Server::start([reply]);
    let jobs = jobs(&server, rules).with_options(options);
    let of = |error: Error| error.attempts();
    [
        of(jobs.list().await.unwrap_err()),
        of(jobs.get("1").await.unwrap_err()),
        of(jobs.create("n").await.unwrap_err()),
        of(jobs.create_keyed("n").await.unwrap_err()),
    ]
}

fn no_options() -> RequestOptions {
    RequestOptions::new()
}

#[tokio::test]
async fn a_client_sets_the_statuses_that_are_retried() {
    let status = Reply::empty;
    assert_eq!(attempts(status(423), RetryOn::new(), no_options()).await, [1, 1, 1, 1]);
    // A POST without a key may have been executed.
    assert_eq!(attempts(status(423), 423.into(), no_options()).await, [3, 3, 1, 3]);
    let never = RetryOn::new().never_status(500);
    assert_eq!(attempts(status(500), never.clone(), no_options()).await, [1, 1, 1, 1]);
    assert_eq!(attempts(status(502), never, no_options()).await, [3, 3, 1, 3]);
    let last = RetryOn::from([409, 425]).never_status(409);
    assert_eq!(attempts(status(425), last.clone(), no_options()).await, [3, 3, 1, 3]);
    // The endpoint retries a 409.
    assert_eq!(attempts(status(409), last, no_options()).await, [1, 3, 1, 1]);
    // A 429 is retried for every call, named or not, unless a rule forbids it.
    assert_eq!(attempts(status(429), 429.into(), no_options()).await, [3, 3, 3, 3]);
    let never = RetryOn::new().never_status(429);
    assert_eq!(attempts(status(429), never, no_options()).await, [1, 1, 1, 1]);
}

#[tokio::test]
async fn an_endpoint_overrides_its_client_and_a_call_overrides_both() {
    let status = Reply::empty;
    assert_eq!(attempts(status(503), RetryOn::new(), no_options()).await, [3, 1, 1, 3]);
    assert_eq!(attempts(status(503), 503.into(), no_options()).await, [3, 1, 1, 3]);
    let call = || no_options().retry_on(503);
    assert_eq!(attempts(status(503), RetryOn::new(), call()).await, [3, 3, 1, 3]);
    let never = no_options().retry_on(RetryOn::new().never_status(409));
    assert_eq!(attempts(status(409), 409.into(), never).await, [1, 1, 1, 1]);
}

#[tokio::test]
async fn kinds_of_errors_are_retried_unless_something_may_have_been_executed() {
    let garbage = || Reply::raw("garbage\r\n\r\n").then_close();
    assert_eq!(attempts(garbage(), RetryOn::new(), no_options()).await, [1, 3, 1, 1]);
    let rules = || RetryOn::from(ErrorKind::Protocol);
    assert_eq!(attempts(garbage(), rules(), no_options()).await, [3, 3, 1, 3]);
    let never = RetryOn::new().never_error(ErrorKind::Interrupted);
    assert_eq!(attempts(Reply::reset(), never, no_options()).await, [1, 1, 1, 1]);
}

#[tokio::test]
async fn a_403_with_retry_after_is_retried_and_waits_for_it() {
    let rules = || RetryOn::new().status_with_retry_after(403);
    let limited = || Reply::empty(403).header("retry-after", "7");
    assert_eq!(attempts(limited(), RetryOn::new(), no_options()).await, [1, 1, 1, 1]);
    assert_eq!(attempts(limited(), rules(), no_options()).await, [3, 3, 1, 3]);
    assert_eq!(attempts(Reply::empty(403), rules(), no_options()).await, [1, 1, 1, 1]);

    let clock = support::clock::TestClock::new();
    let server = Server::start([limited(), Reply::json(200, "[]")]);
    let policy = RetryPolicy::default().retry_on(rules());
    let client = builder(&server).retry(policy).clock(clock.clone()).build().unwrap();
    JobsClient::new(client).list().await.unwrap();
    assert_eq!(clock.waits(), [Duration::from_secs(7)]);
}

#[tokio::test]
async fn x_should_retry_decides_only_if_it_is_to_be_obeyed_and_never_executes_twice() {
    let says = |status, text: &str| Reply::empty(status).header("x-should-retry", text);
    let obey = || RetryOn::new().should_retry_header(true);
    assert_eq!(attempts(says(400, "true"), RetryOn::new(), no_options()).await, [1, 1, 1, 1]);
    assert_eq!(attempts(says(400, "true"), obey(), no_options()).await, [3, 3, 1, 3]);
    assert_eq!(attempts(says(500, "false"), RetryOn::new(), no_options()).await, [3, 3, 1, 3]);
    assert_eq!(attempts(says(500, "false"), obey(), no_options()).await, [1, 1, 1, 1]);
    assert_eq!(attempts(says(500, "maybe"), obey(), no_options()).await, [3, 3, 1, 3]);
    // Rules come first, and a call can ignore the header.
    assert_eq!(attempts(says(500, "false"), obey().status(500), no_options()).await, [3, 3, 1, 3]);
    let ignore = no_options().retry_on(RetryOn::new().should_retry_header(false));
    assert_eq!(attempts(says(500, "false"), obey(), ignore).await, [3, 3, 1, 3]);
}

#[tokio::test]
async fn a_function_decides_about_the_rest() {
    let reply = || Reply::json(400, r#"{"message": "database is locked"}"#);
    let locked = RetryOn::new()
        .decide(|error| (error.message() == Some("database is locked")).then_some(true));
    assert_eq!(attempts(reply(), locked.clone(), no_options()).await, [3, 3, 1, 3]);
    assert_eq!(attempts(Reply::empty(400), locked.clone(), no_options()).await, [1, 1, 1, 1]);
    assert_eq!(attempts(Reply::empty(500), locked, no_options()).await, [3, 3, 1, 3]);
    let never = RetryOn::from(500).decide(|_| Some(false));
    assert_eq!(attempts(Reply::empty(500), never, no_options()).await, [1, 1, 1, 1]);
    let greedy = RetryOn::new().decide(|_| Some(true));
    assert_eq!(attempts(Reply::reset(), greedy.clone(), no_options()).await, [3, 3, 1, 3]);
    let error = JobsClient::new(builder(&Server::start([reply()])).build().unwrap());
    let error = error.get("..").options(no_options().retry_on(greedy)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Build, 0));
}

/// The function gets the error as the call would return it: with masked secrets.
#[tokio::test]
async fn a_function_sees_the_attempts_and_no_secret() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seeing = Arc::clone(&seen);
    let rules = RetryOn::new().decide(move |error| {
        seeing.lock().unwrap().push(error.to_string());
        None
    });
    let echo = Reply::json(503, r#"{"message": "the token canary-canary is slow"}"#);
    let server = Server::start([echo]);
    let policy = RetryPolicy::default().max_retries(1).retry_on(rules);
    let client = builder(&server).bearer_token(Secret::new("canary-canary")).retry(policy);
    JobsClient::new(client.build().unwrap()).list().await.unwrap_err();
    let seen = seen.lock().unwrap().join("\n");
    assert!(seen.contains("the token *** is slow") && !seen.contains("canary"), "{seen}");
    assert!(seen.contains("(after 2 attempts)"), "{seen}");
}

/// A retry as a person would write it, which asks for the status alone.
struct Careless(NextTransport);

impl Transport for Careless {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (head, _) = request.into_parts();
            let request = || http::Request::from_parts(head.clone(), Body::empty());
            let response = self.0.send(request()).await?;
            if response.status() == 409 { self.0.send(request()).await } else { Ok(response) }
        })
    }
}

#[tokio::test]
async fn no_rule_executes_a_post_twice_but_a_careless_layer_does() {
    let server = Server::start([Reply::empty(409)]);
    let rules = || RetryOn::from(409).should_retry_header(true).decide(|_| Some(true));
    jobs(&server, rules()).create("n").await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    // Control.
    let client = builder(&server).layer(Careless).build().unwrap();
    JobsClient::new(client).create("n").await.unwrap_err();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn an_endpoint_names_the_headers_that_decide() {
    let attempts = async |reply: Reply, rules: RetryOn, options: RequestOptions| {
        let server = Server::start([reply]);
        let jobs = jobs(&server, rules).with_options(options);
        let limited = jobs.limited().await.unwrap_err().attempts();
        (limited, jobs.ignoring().await.unwrap_err().attempts())
    };
    let (none, no) = (RetryOn::new, no_options);
    let should = |status, header| Reply::empty(status).header("x-should-retry", header);
    assert_eq!(attempts(Reply::empty(403), none(), no()).await, (1, 1));
    let limited = Reply::empty(403).header("Retry-After", "1");
    assert_eq!(attempts(limited, none(), no()).await, (3, 1));
    assert_eq!(attempts(should(404, "true"), none(), no()).await, (3, 1));
    assert_eq!(attempts(should(503, "false"), none(), no()).await, (1, 3));
    // The endpoint comes before the client, and the call before the endpoint.
    let obeys = || RetryOn::new().should_retry_header(true);
    assert_eq!(attempts(should(404, "true"), obeys(), no()).await, (3, 1));
    let call = no().retry_on(RetryOn::new().should_retry_header(false));
    assert_eq!(attempts(should(404, "true"), none(), call).await, (1, 1));
}
