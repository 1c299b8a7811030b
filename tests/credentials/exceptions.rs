//! Refusals after which a call is sent once more, and those after which it is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use connectors_client::auth::{AccessToken, TokenProvider, bearer};
use connectors_client::cohere::Cohere;
use connectors_client::{
    Body, Client, Error, FromResponse, RequestOptions, Secret, Text, api_client,
};
use support::server::{Reply, Server};

use crate::servers::{Api, Issuer, builder, things};

#[derive(Debug, FromResponse)]
enum Answer {
    #[status(200)]
    #[expect(dead_code, reason = "no server of these tests lets anyone in")]
    Welcome(Text),
    #[status(401)]
    WrongPassword,
}

#[api_client]
trait Doors {
    #[post("login")]
    async fn login(&self, user: &str) -> Answer;

    #[get("maybe", none_on = 401)]
    async fn maybe(&self) -> Option<u8>;

    #[get("open", auth = none)]
    async fn open(&self) -> Text;

    #[get("own")]
    async fn own(&self, #[header("Authorization")] token: &Secret) -> Text;

    #[put("file")]
    async fn put(&self, #[body] content: Body) -> Text;

    #[post("form")]
    async fn post(&self, name: &str) -> Text;

    #[get("")]
    async fn elsewhere(&self, #[url] link: &str) -> Text;
}

/// A provider that counts, and gives a new token each time.
fn counting() -> (TokenProvider, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let provider = TokenProvider::new(move || {
        let number = counted.fetch_add(1, Ordering::Relaxed) + 1;
        async move { Ok(AccessToken::new(format!("t-{number}"))) }
    });
    (provider, count)
}

/// Makes a call to a server that refuses everything. Returns the result, the number of requests and
/// the number of tokens that were asked for.
async fn refused<T>(
    call: impl AsyncFnOnce(DoorsClient) -> Result<T, Error>,
) -> (Result<T, Error>, usize, usize) {
    let server = Server::start([Reply::empty(401)]);
    let (provider, count) = counting();
    let client = builder(&server).auth(provider).build().unwrap();
    let result = call(DoorsClient::new(client)).await;
    (result, server.requests().len(), count.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_call_of_any_method_is_sent_once_more() {
    let (result, requests, tokens) = refused(async |doors| doors.post("n").await).await;
    assert_eq!((requests, tokens), (2, 2));
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), "POST form: 401 Unauthorized (after 2 attempts)");

    let server = Server::start([Reply::empty(401), Reply::text(200, "text/plain", "done")]);
    let (provider, _) = counting();
    let client = builder(&server).auth(provider).build().unwrap();
    let raw = DoorsClient::new(client).with_raw_response().post("n").await.unwrap();
    assert_eq!((raw.data.as_str(), raw.attempts()), ("done", 2));
    let requests = server.requests();
    assert_eq!(requests[0].body, requests[1].body);
    assert_eq!(requests[1].header("authorization"), Some("Bearer t-2"));
}

#[tokio::test]
async fn an_endpoint_whose_answer_is_401_is_asked_once() {
    let (result, requests, tokens) = refused(async |doors| doors.login("ada").await).await;
    assert!(matches!(result, Ok(Answer::WrongPassword)));
    assert_eq!((requests, tokens), (1, 1));
    let (result, requests, tokens) = refused(async |doors| doors.maybe().await).await;
    assert_eq!((result.unwrap(), requests, tokens), (None, 1, 1));
}

#[tokio::test]
async fn without_authentication_nothing_is_renewed() {
    let (result, requests, tokens) = refused(async |doors| doors.open().await).await;
    assert_eq!((result.unwrap_err().attempts(), requests, tokens), (1, 1, 0));
}

#[tokio::test]
async fn a_header_of_the_caller_stays_and_is_not_renewed() {
    let (result, requests, tokens) =
        refused(async |doors| doors.own(&Secret::new("Bearer own")).await).await;
    assert_eq!((result.unwrap_err().attempts(), requests, tokens), (1, 1, 0));
    for header in [Some("Bearer own"), None] {
        let options = match header {
            Some(value) => RequestOptions::new().header("authorization", value),
            None => RequestOptions::new().header("authorization", None),
        };
        let server = Server::start([Reply::empty(401)]);
        let (provider, count) = counting();
        let client = builder(&server).auth(provider).build().unwrap();
        DoorsClient::new(client).post("n").options(options).await.unwrap_err();
        assert_eq!(server.request().header("authorization"), header);
        assert_eq!(count.load(Ordering::Relaxed), 0);
    }
}

#[tokio::test]
async fn another_origin_gets_no_credentials_and_no_renewal() {
    let (server, other) = (Server::start([Reply::empty(401)]), Server::start([Reply::empty(401)]));
    let (provider, count) = counting();
    let client = builder(&server).allow_origin(other.url()).auth(provider).build().unwrap();
    DoorsClient::new(client).elsewhere(&format!("{}/up", other.url())).await.unwrap_err();
    assert_eq!(other.request().header("authorization"), None);
    assert_eq!((server.requests().len(), count.load(Ordering::Relaxed)), (0, 0));
}

#[tokio::test]
async fn a_stream_is_not_sent_again_but_the_next_call_has_a_new_token() {
    let server = Server::answer(|request| match request.header("authorization") {
        Some("Bearer t-2") => Reply::text(200, "text/plain", "done"),
        _ => Reply::empty(401),
    });
    let (provider, count) = counting();
    let doors = DoorsClient::new(builder(&server).auth(provider).build().unwrap());
    let stream = || Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>("a")]));
    let error = doors.put(stream()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PUT file: 401 Unauthorized (not retried: the request body is a stream, which is sent only once)"
    );
    assert_eq!(count.load(Ordering::Relaxed), 2);
    doors.put(stream()).await.unwrap();
    // A function makes the body again.
    let server = Server::start([Reply::empty(401), Reply::text(200, "text/plain", "done")]);
    let doors = DoorsClient::new(builder(&server).auth(counting().0).build().unwrap());
    doors.put(Body::from_fn(stream)).await.unwrap();
    assert_eq!(server.requests()[1].text(), "a");
}

#[tokio::test]
async fn a_renewal_that_changes_nothing_sends_nothing() {
    let server = Server::start([Reply::empty(401)]);
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let same = TokenProvider::new(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        async { Ok(AccessToken::new("always the same")) }
    });
    let doors = DoorsClient::new(builder(&server).auth(same).build().unwrap());
    assert_eq!(doors.post("n").await.unwrap_err().attempts(), 1);
    assert_eq!((server.requests().len(), count.load(Ordering::Relaxed)), (1, 2));
    // Fixed credentials have nothing to renew.
    let server = Server::start([Reply::empty(401)]);
    let doors = DoorsClient::new(builder(&server).auth(bearer("fixed")).build().unwrap());
    doors.post("n").await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_renewal_that_fails_leaves_the_refusal_with_its_cause() {
    let api = Api::accepting("t-1");
    let issuer = Issuer::answering([crate::servers::token("t-1"), Reply::empty(403)]);
    let client = things(api.builder().auth(issuer.grant()).build().unwrap());
    client.list().await.unwrap();
    api.accept("t-2");
    let error = client.list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET things: 401 Unauthorized: the token is not valid (not retried: the credentials could not be renewed)"
    );
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "POST TokenServer::client_credentials: 403 Forbidden");
    // The refusal may be about one endpoint, so the token stays in use for the others.
    api.accept("t-1");
    client.list().await.unwrap();
}

#[tokio::test]
async fn a_replay_is_no_retry_and_takes_nothing_from_the_budget() {
    let server = Server::start([
        Reply::empty(401),
        Reply::empty(503),
        Reply::empty(503),
        Reply::text(200, "text/plain", "done"),
    ]);
    let client = builder(&server).auth(counting().0).build().unwrap();
    let raw = things(client).with_raw_response().list().await.unwrap();
    // One replay, and both retries of the policy.
    assert_eq!((raw.attempts(), server.requests().len()), (4, 4));
}

#[tokio::test]
async fn other_statuses_refuse_credentials_only_if_the_client_names_them() {
    for (named, requests) in [(false, 1), (true, 2)] {
        let api = Api::refusing_by("t-2", 498);
        let builder = api.builder().auth(counting().0);
        let builder = if named { builder.refused_on(498) } else { builder };
        let result = things(builder.build().unwrap()).list().await;
        assert_eq!((result.is_ok(), api.server.requests().len()), (named, requests));
    }
    let mistake = Client::builder("http://localhost").refused_on(200).build().unwrap_err();
    assert_eq!(
        mistake.to_string(),
        "`refused_on(200)` is not an error status: give one from 400 to 599"
    );
}

#[tokio::test]
async fn cohere_refuses_tokens_by_498() {
    let server = Server::answer(|request| match request.header("authorization") {
        Some("Bearer t-2") => Reply::json(200, r#"{"connectors": []}"#),
        _ => Reply::json(498, r#"{"message": "invalid token"}"#),
    });
    let (provider, count) = counting();
    let cohere = Cohere::builder().base_url(server.url()).auth(provider);
    let cohere = cohere.client(|client| client.env_proxies(false)).build().unwrap();
    cohere.connectors().list().await.unwrap();
    assert_eq!((server.requests().len(), count.load(Ordering::Relaxed)), (2, 2));
}

#[tokio::test]
async fn a_stream_of_events_begins_after_its_token_was_renewed() {
    let events = Reply::text(200, "text/event-stream", "data: 1\n\n");
    let server = Server::start([Reply::empty(401), events]);

    #[api_client]
    trait Feed {
        #[get("events")]
        async fn events(&self) -> connectors_client::EventStream<u8>;
    }

    let client = builder(&server).auth(counting().0).build().unwrap();
    let mut events = FeedClient::new(client).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
}

#[test]
fn blocking_calls_wait_renew_and_are_sent_again() {
    let (api, issuer) = (Api::accepting("t-1"), Issuer::start());
    let client =
        crate::BlockingThingsClient::new(api.builder().auth(issuer.grant()).build().unwrap());
    client.list().send().unwrap();
    api.accept("t-2");
    client.list().send().unwrap();
    assert_eq!((issuer.requests(), api.server.requests().len()), (2, 3));
    let drip = Reply::json(200, &" ".repeat(1000)).drip(1, Duration::from_millis(20));
    let issuer = Issuer::answering([drip]);
    let builder = api.builder().auth(issuer.grant()).timeout(Duration::from_millis(200));
    let client = crate::BlockingThingsClient::new(builder.build().unwrap());
    let began = std::time::Instant::now();
    assert!(client.list().send().unwrap_err().is_timeout());
    assert!(began.elapsed() < Duration::from_millis(350), "{:?}", began.elapsed());
}
