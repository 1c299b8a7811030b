//! Clients with credentials of their own: `client.with_token(..)`.

use connectors_client::auth::{bearer, header};
use connectors_client::{Client, RequestOptions, Text, api_client};
use support::server::{Recorded, Reply, Server};

use crate::servers::{Api, Issuer, builder, things};

#[api_client]
trait Users {
    #[delete("users/<id>", auth = admin)]
    async fn delete(&self, id: &str) -> Text;
}

fn ok() -> Server {
    Server::start([Reply::text(200, "text/plain", "ok")])
}

/// Returns all headers of a request with one of these names.
fn sent(request: &Recorded) -> Vec<(String, String)> {
    let names = ["authorization", "x-api-key", "x-own", "cookie"];
    let own = request.headers.iter().map(|(name, value)| (name.to_lowercase(), value.clone()));
    own.filter(|(name, _)| names.contains(&&**name)).collect()
}

#[tokio::test]
async fn a_view_sends_its_token_and_no_credentials_of_its_client() {
    let server = ok();
    let client = builder(&server)
        .bearer_token("program")
        .auth_header("X-Api-Key", "program-key")
        .header("X-Own", "1")
        .auth_scheme("admin", bearer("root"))
        .build()
        .unwrap();
    let options = RequestOptions::new().header("cookie", "session=program").query("v", 2);
    let user = client.with_options(options).with_token("user");
    things(user.clone()).list().await.unwrap();
    things(client.clone()).list().await.unwrap();
    let requests = server.requests();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(requests[0].target, "/things?v=2");
    let mut own = sent(&requests[0]);
    own.sort();
    assert_eq!(own, [pair("authorization", "Bearer user"), pair("x-own", "1")]);
    assert_eq!(requests[1].header("authorization"), Some("Bearer program"));
    // The user must not act as the administrator.
    let error = UsersClient::new(user).delete("1").await.unwrap_err();
    assert!(error.to_string().contains("no credentials for `auth = admin`"), "{error}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_view_shares_connections_but_no_renewal() {
    let api = Api::accepting("t-1");
    let issuer = Issuer::start();
    let client = api.builder().auth(issuer.grant()).build().unwrap();
    things(client.clone()).list().await.unwrap();
    let user = client.with_token("user");
    let error = things(user).list().await.unwrap_err();
    assert_eq!((error.attempts(), issuer.requests()), (1, 1));
    // A view with a provider of its own renews that one.
    let others = Issuer::answering([crate::servers::token("u-1"), crate::servers::token("u-2")]);
    let view = things(client.with_auth(others.grant()));
    api.accept("u-2");
    view.list().await.unwrap();
    assert_eq!((issuer.requests(), others.requests()), (1, 2));
    assert_eq!(api.server.connections(), 1);
}

#[tokio::test]
async fn views_share_the_retry_budget() {
    let server = Server::start([Reply::empty(503)]);
    let client = builder(&server).bearer_token("program").build().unwrap();
    for user in 0..1000 {
        things(client.with_token(format!("user-{user}"))).list().await.unwrap_err();
    }
    let requests = server.requests().len();
    println!("figure: 1000 views, one call each: {requests} requests");
    assert!((1001..=1050).contains(&requests), "{requests}");
}

#[tokio::test]
async fn errors_of_a_view_mask_its_own_secret() {
    let server = Server::answer(|request| {
        let echo = request.header("authorization").unwrap_or_default();
        Reply::json(403, &format!(r#"{{"message": "refused: {echo}"}}"#))
    });
    let client = builder(&server).bearer_token("program-token").build().unwrap();
    for client in
        [client.with_token("user-token"), client.with_auth(header("authorization", "user-token"))]
    {
        let error = things(client).list().await.unwrap_err();
        assert!(
            error.to_string().contains("***") && !error.to_string().contains("user-token"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_fails_the_call() {
    let server = ok();
    let client = builder(&server).build().unwrap();
    for token in ["", "a\nb", "é"] {
        let error = things(client.with_token(token)).list().await.unwrap_err();
        assert!(error.to_string().contains("the token"), "{error}");
    }
    // Over plain http to another machine no token is sent.
    let far = Client::builder("http://api.example.com").env_proxies(false).build().unwrap();
    for view in [far.with_token("abc"), far.with_auth(bearer("abc"))] {
        let error = things(view).list().await.unwrap_err();
        assert!(error.to_string().contains("a token would be sent over plain http"), "{error}");
    }
    assert_eq!(server.connections(), 0);
}
