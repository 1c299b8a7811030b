//! Schemes with names: `auth = admin` on trait and endpoint.

use connectors_client::auth::{
    AuthError, AuthFuture, AuthRequest, Authenticate, Refused, basic, bearer, header,
};
use connectors_client::{ErrorKind, RequestOptions, Secret, Text, api_client};
use support::server::{Reply, Server};

use crate::servers::{Api, Issuer, builder};

#[api_client]
trait Users {
    #[get("users")]
    async fn list(&self) -> Text;

    #[delete("users/<id>", auth = admin)]
    async fn delete(&self, id: &str) -> Text;

    #[get("status", auth = none)]
    async fn status(&self) -> Text;
}

#[api_client(auth = admin)]
trait Admin {
    #[get("all")]
    async fn all(&self) -> Text;

    #[get("mine", auth = default)]
    async fn mine(&self) -> Text;

    #[get("audit", auth = auditor)]
    async fn audit(&self) -> Text;

    #[get("open", auth = none)]
    async fn open(&self) -> Text;
}

fn server() -> Server {
    Server::start([Reply::text(200, "text/plain", "ok")])
}

fn credentials(server: &Server) -> Vec<(String, String)> {
    let seen = |request: &support::server::Recorded| {
        let header = |name| request.header(name).unwrap_or("-").to_owned();
        (header("authorization"), header("x-api-key"))
    };
    server.requests().iter().map(seen).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).into()
}

#[tokio::test]
async fn an_endpoint_sends_the_credentials_that_it_names_and_no_others() {
    let server = server();
    let client = builder(&server)
        .bearer_token("own")
        .auth_header("X-Api-Key", "k")
        .auth_scheme("admin", basic("root", "p"))
        .auth_scheme("auditor", header("X-Api-Key", "a"))
        .build()
        .unwrap();
    let (users, admin) = (UsersClient::new(client.clone()), AdminClient::new(client));
    users.list().await.unwrap();
    users.delete("1").await.unwrap();
    users.status().await.unwrap();
    admin.all().await.unwrap();
    admin.mine().await.unwrap();
    admin.audit().await.unwrap();
    admin.open().await.unwrap();
    let (own, root) = (("Bearer own", "k"), ("Basic cm9vdDpw", "-"));
    assert_eq!(
        credentials(&server),
        pairs([own, root, ("-", "-"), root, own, ("-", "a"), ("-", "-")])
    );
}

#[tokio::test]
async fn credentials_of_a_view_go_only_where_those_of_the_client_do() {
    let server = server();
    let client = builder(&server)
        .bearer_token("own")
        .auth_scheme("admin", basic("root", "p"))
        .auth_scheme("auditor", header("X-Api-Key", "a"))
        .build()
        .unwrap();
    let options = RequestOptions::new()
        .header("Authorization", Secret::new("Bearer view"))
        .header("X-Api-Key", Secret::new("v"))
        .header("X-View", "1");
    let client = client.with_options(options);
    let (users, admin) = (UsersClient::new(client.clone()), AdminClient::new(client));
    users.list().await.unwrap();
    users.delete("1").await.unwrap();
    users.status().await.unwrap();
    admin.audit().await.unwrap();
    admin.mine().await.unwrap();
    // The header of a call is the caller's own.
    let own = RequestOptions::new().header("Authorization", "Bearer call");
    users.delete("2").options(own).await.unwrap();
    let (view, root) = (("Bearer view", "v"), ("Basic cm9vdDpw", "-"));
    assert_eq!(
        credentials(&server),
        pairs([view, root, ("-", "-"), ("-", "a"), view, ("Bearer call", "-")])
    );
    assert!(server.requests().iter().all(|request| request.header("x-view") == Some("1")));
    // A built request is the request that a call would send.
    let built = users.status().build().unwrap();
    assert!(!built.headers().contains_key("authorization"));
    // A header that the view removes stays removed.
    let client = builder(&server).auth_scheme("admin", bearer("root")).build().unwrap();
    let view = client.with_options(RequestOptions::new().header("Authorization", None));
    UsersClient::new(view).delete("3").await.unwrap();
    assert_eq!(server.requests().last().unwrap().header("authorization"), None);
}

/// A scheme whose header can be renewed, or not.
struct Renewable {
    header: &'static str,
    renewed: Option<&'static str>,
    current: std::sync::Mutex<&'static str>,
}

impl Renewable {
    fn new(header: &'static str, renewed: Option<&'static str>) -> Self {
        Self { header, renewed, current: std::sync::Mutex::new("old") }
    }
}

impl Authenticate for Renewable {
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        let current = *self.current.lock().unwrap();
        AuthFuture::ready(request.set_header(self.header, current))
    }

    fn renew<'a>(&'a self, _: &'a Refused) -> AuthFuture<'a, bool> {
        AuthFuture::ready(match self.renewed {
            Some(renewed) => {
                *self.current.lock().unwrap() = renewed;
                Ok(true)
            }
            None => Err(AuthError::new("the vault is closed")),
        })
    }
}

#[tokio::test]
async fn both_schemes_of_a_pair_are_renewed_if_one_fails() {
    let server = Server::answer(|request| match request.header("authorization") {
        Some("new") => Reply::text(200, "text/plain", "ok"),
        _ => Reply::empty(401),
    });
    let token = || Renewable::new("authorization", Some("new"));
    let key = || Renewable::new("x-api-key", None);
    let own = |scheme| UsersClient::new(scheme);
    for client in [builder(&server).auth((key(), token())), builder(&server).auth((token(), key()))]
    {
        own(client.build().unwrap()).list().await.unwrap();
    }
    let (old, new) = (("old", "old"), ("new", "old"));
    assert_eq!(credentials(&server), pairs([old, new, old, new]));
    // If neither has changed, the error tells the cause.
    let client = builder(&server).auth((key(), bearer("old"))).build().unwrap();
    let error = own(client).list().await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(401), 1));
    assert!(error.to_string().contains("the credentials could not be renewed"), "{error}");
}

#[tokio::test]
async fn a_scheme_that_is_missing_is_an_error_before_anything_is_sent() {
    let server = server();
    for builder in [
        builder(&server).bearer_token("own"),
        builder(&server).auth(bearer("own")),
        builder(&server).auth_scheme("Admin", bearer("own")),
    ] {
        let client = builder.build().unwrap();
        let error = UsersClient::new(client.clone()).delete("1").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "DELETE users/<id>: the client has no credentials for `auth = admin`: add \
             `.auth_scheme(\"admin\", ..)` to its builder"
        );
        assert_eq!(error.kind(), ErrorKind::Build);
        // A built request remembers its endpoint.
        let built = UsersClient::new(client.clone()).delete("1").build().unwrap();
        assert!(!built.headers().contains_key("authorization"));
        client.send::<Text>(built).await.unwrap_err();
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_named_scheme_is_renewed_as_the_default_one_is() {
    let (api, issuer) = (Api::accepting("t-1"), Issuer::start());
    let client = api.builder().bearer_token("own").auth_scheme("admin", issuer.grant());
    let users = UsersClient::new(client.build().unwrap());
    users.delete("1").await.unwrap();
    api.accept("t-2");
    users.delete("1").await.unwrap();
    assert_eq!((issuer.requests(), api.tokens().len()), (2, 3));
}

#[tokio::test]
async fn a_built_request_gets_its_credentials_when_it_is_sent() {
    let (api, issuer) = (Api::accepting("t-1"), Issuer::start());
    let client =
        api.builder().auth(issuer.grant()).auth_scheme("admin", bearer("t-1")).build().unwrap();
    let users = UsersClient::new(client.clone());
    let built = users.list().build().unwrap();
    assert!(!built.headers().contains_key("authorization"));
    assert_eq!(issuer.requests(), 0);
    client.send::<Text>(built).await.unwrap();
    client.send::<Text>(users.delete("1").build().unwrap()).await.unwrap();
    // By hand, and with a header of the caller.
    let by_hand = || http::Request::get("/users");
    client.send::<Text>(by_hand().body("").unwrap()).await.unwrap();
    let own = by_hand().header("authorization", "Bearer mine").body("").unwrap();
    client.send::<Text>(own).await.unwrap_err();
    let t1 = "Bearer t-1";
    assert_eq!(api.tokens(), [t1, t1, t1, "Bearer mine"]);
}
