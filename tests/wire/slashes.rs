//! Slashes between base URL, prefix and template, and within a rest of the path.

use connectors_client::{Client, ErrorKind, api_client};
use support::clock::TestClock;
use support::server::{Reply, Server};

#[api_client]
trait Plain {
    #[post("")]
    async fn empty(&self);

    #[post("/")]
    async fn slash(&self);

    #[post("?<q>")]
    async fn empty_query(&self, q: u8);

    #[post("/?<q>")]
    async fn slash_query(&self, q: u8);

    #[post("a")]
    async fn plain(&self);

    #[post("/a")]
    async fn before(&self);

    #[post("a/")]
    async fn after(&self);

    #[put("files/<path..>")]
    async fn put(&self, path: &str);
}

#[api_client(prefix = "users")]
trait Prefixed {
    #[post("")]
    async fn empty(&self);

    #[post("/")]
    async fn slash(&self);

    #[post("?<q>")]
    async fn empty_query(&self, q: u8);

    #[post("/?<q>")]
    async fn slash_query(&self, q: u8);

    #[post("/a/")]
    async fn path(&self);
}

fn client(server: &Server, path: &str) -> Client {
    let builder = support::client(format!("{}{path}", server.url().trim_end_matches('/')));
    builder.env_proxies(false).clock(TestClock::new()).build().unwrap()
}

/// Sends each endpoint and returns the targets.
async fn targets(path: &str) -> Vec<String> {
    let server = Server::answer(|_| Reply::empty(204));
    let plain = PlainClient::new(client(&server, path));
    plain.empty().await.unwrap();
    plain.slash().await.unwrap();
    plain.empty_query(1).await.unwrap();
    plain.slash_query(1).await.unwrap();
    plain.plain().await.unwrap();
    plain.before().await.unwrap();
    plain.after().await.unwrap();
    let prefixed = PrefixedClient::new(client(&server, path));
    prefixed.empty().await.unwrap();
    prefixed.slash().await.unwrap();
    prefixed.empty_query(1).await.unwrap();
    prefixed.slash_query(1).await.unwrap();
    prefixed.path().await.unwrap();
    let target = |line: &str| line.split(' ').nth(1).unwrap().to_owned();
    server.requests().iter().map(|request| target(request.head().lines().next().unwrap())).collect()
}

#[tokio::test]
async fn an_empty_template_adds_nothing_and_a_slash_adds_a_slash() {
    assert_eq!(
        targets("").await,
        [
            "/",
            "/",
            "/?q=1",
            "/?q=1",
            "/a",
            "/a",
            "/a/",
            "/users",
            "/users/",
            "/users?q=1",
            "/users/?q=1",
            "/users/a/"
        ]
    );
    assert_eq!(
        targets("/rpc").await,
        [
            "/rpc",
            "/rpc/",
            "/rpc?q=1",
            "/rpc/?q=1",
            "/rpc/a",
            "/rpc/a",
            "/rpc/a/",
            "/rpc/users",
            "/rpc/users/",
            "/rpc/users?q=1",
            "/rpc/users/?q=1",
            "/rpc/users/a/"
        ]
    );
    assert_eq!(
        targets("/rpc/").await,
        [
            "/rpc/",
            "/rpc/",
            "/rpc/?q=1",
            "/rpc/?q=1",
            "/rpc/a",
            "/rpc/a",
            "/rpc/a/",
            "/rpc/users",
            "/rpc/users/",
            "/rpc/users?q=1",
            "/rpc/users/?q=1",
            "/rpc/users/a/"
        ]
    );
}

#[tokio::test]
async fn a_rest_of_the_path_may_end_in_a_slash() {
    let server = Server::answer(|_| Reply::empty(204));
    let plain = PlainClient::new(client(&server, ""));
    plain.put("folder/").await.unwrap();
    plain.put("a b/c/").await.unwrap();
    let paths: Vec<_> = server.requests().iter().map(|request| request.path().to_owned()).collect();
    assert_eq!(paths, ["/files/folder/", "/files/a%20b/c/"]);
    for (path, text) in [
        ("", "`path` is empty, which would address another resource"),
        ("/", "`path` begins with a slash, so that it would address another resource: remove it"),
        ("/a", "`path` begins with a slash, so that it would address another resource: remove it"),
        (
            "a//b",
            "`path` has two slashes in a row, which many servers read as one: it would address another resource",
        ),
        (
            "a//",
            "`path` has two slashes in a row, which many servers read as one: it would address another resource",
        ),
        ("a/../", "`path` is a dot segment, which would address another resource"),
    ] {
        let error = plain.put(path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().ends_with(text), "{error}");
    }
}
