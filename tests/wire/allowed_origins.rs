//! Links to other origins, where nothing of the client goes.

use connectors_client::{Client, ErrorKind, RequestOptions, Secret, api_client};
use support::server::{Reply, Server};

use crate::{builder, whole};

#[api_client(headers("X-Kind" = "block", "Authorization" = "Declared secret"), query("api-version" = 1))]
trait Uploads {
    #[put("")]
    async fn put(
        &self,
        #[url] signed: &str,
        #[body] content: connectors_client::Text,
        #[header("X-Own")] own: Option<&Secret>,
    );

    #[get("things")]
    async fn get(&self, #[url] link: Option<&str>) -> connectors_client::Text;
}

fn client(server: &Server, other: &Server) -> Client {
    let client = builder(server).header("X-Client", "client-secret").allow_origin(other.url());
    client
        .build()
        .unwrap()
        .with_options(RequestOptions::new().header("X-View", "view").query("view", 1))
}

#[tokio::test]
async fn another_origin_gets_what_the_call_gives_and_nothing_of_the_client() {
    let (server, other) =
        (Server::start([Reply::empty(204)]), Server::start([Reply::empty(503), Reply::empty(204)]));
    let uploads = UploadsClient::new(client(&server, &other));
    let options = RequestOptions::new().header("X-Call", "c").query("part", 2);
    let url = format!("{}/a?signature=s", other.url());
    let own = Secret::new("own-secret");
    uploads.put(&url, "text".into()).own(&own).options(options).await.unwrap();
    let expected = "PUT /a?signature=s&part=2 HTTP/1.1\naccept: */*\n\
                    content-type: text/plain; charset=utf-8\nx-kind: block\nx-own: own-secret\nx-call: c\n\
                    accept-encoding: gzip\ncontent-length: 4\n\ntext";
    assert_eq!(other.requests().iter().map(whole).collect::<Vec<_>>(), [expected, expected]);
    assert!(other.requests().iter().all(|request| request.header("user-agent").is_none()));
    assert!(server.requests().is_empty());
    // Control: within the base URL's origin all of it is sent.
    uploads.put("/a", "text".into()).await.unwrap();
    let request = server.request();
    for name in ["authorization", "x-client", "x-view", "user-agent"] {
        assert!(request.header(name).is_some(), "{name}");
    }
}

#[tokio::test]
async fn redirects_stay_within_the_origin_that_was_asked() {
    let (server, other) = (
        Server::start([Reply::text(200, "text/plain", "base")]),
        Server::start([
            Reply::empty(302).header("Location", "/b"),
            Reply::text(200, "text/plain", "b"),
        ]),
    );
    let uploads = UploadsClient::new(client(&server, &other));
    let link = format!("{}/a", other.url());
    assert_eq!(uploads.get().link(&link).await.unwrap().as_str(), "b");
    let [first, second] = &other.requests()[..] else { panic!() };
    assert_eq!((first.target.as_str(), second.target.as_str()), ("/a", "/b"));
    assert!(second.header("authorization").is_none() && second.header("x-client").is_none());
    for (to, is_from_base) in [(&server, false), (&other, true)] {
        let secret = format!("{}/secret", to.url());
        let redirecting = Server::start([Reply::empty(302).header("Location", &secret)]);
        let client =
            if is_from_base { client(&redirecting, &other) } else { client(&server, &redirecting) };
        let link = format!("{}/x", redirecting.url());
        let error = UploadsClient::new(client).get().link(&link).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert!(to.requests().iter().all(|request| request.target != "/secret"));
    }
}

#[tokio::test]
async fn any_other_origin_is_refused() {
    let (server, other) = (Server::start([Reply::empty(204)]), Server::start([Reply::empty(204)]));
    let uploads = UploadsClient::new(client(&server, &other));
    let port = other.port();
    for url in [
        format!("http://user:secret@127.0.0.1:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("//127.0.0.1:{port}/"),
        "http://127.0.0.1:1/".to_owned(),
        "https://example.com/".to_owned(),
    ] {
        let result = uploads.put(&url, "text".into()).await;
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Build, "{url}");
    }
    assert!(other.requests().is_empty() && server.requests().is_empty());
}

#[test]
fn only_an_exact_secure_origin_can_be_allowed() {
    let build =
        |origin: &str| Client::builder("https://api.example.com").allow_origin(origin).build();
    for origin in ["https://a.example.com", "https://a.example.com:8443/", "http://127.0.0.1:9"] {
        build(origin).unwrap();
    }
    for (origin, expected) in [
        ("http://a.example.com", "is not https"),
        ("ftp://127.0.0.1", "is not https"),
        ("https://user@a.example.com", "is more than a scheme, a host and a port"),
        ("https://a.example.com/path", "is more than a scheme, a host and a port"),
        ("https://a.example.com?x", "is more than a scheme, a host and a port"),
        ("a.example.com", "is not valid"),
    ] {
        let error = build(origin).unwrap_err().to_string();
        assert!(error.contains(expected), "{origin}: {error}");
    }
}
