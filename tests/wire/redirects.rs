//! Redirects: only GET and HEAD are followed, only within the origin, so no secret leaves it.

use connectors_client::{ErrorKind, RequestOptions, api_client};
use support::server::{Reply, Server};

use crate::{CONNECTOR, connectors};

const CODES: [u16; 5] = [301, 302, 303, 307, 308];

fn redirect(status: u16, location: &str) -> Reply {
    Reply::empty(status).header("location", location)
}

#[tokio::test]
async fn a_get_redirect_within_the_origin_keeps_its_token() {
    for code in CODES {
        let server =
            Server::start([redirect(code, "/v1/other?x=1#f"), Reply::json(200, CONNECTOR)]);
        let found = connectors(&server).get("c1").await.unwrap();
        assert_eq!(found.connector.id, "c1");
        let requests = server.requests();
        assert_eq!(requests[1].target, "/v1/other?x=1");
        assert_eq!(requests[1].header("authorization"), Some("Bearer test-token"));
    }
}

#[tokio::test]
async fn redirects_of_other_methods_are_not_followed() {
    for code in CODES {
        let server = Server::start([redirect(code, "/v1/other")]);
        let client = connectors(&server);
        for error in [
            client.create("n", "u").await.unwrap_err(),
            client.update("c").await.unwrap_err(),
            client.delete("c").await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert_eq!(error.status().unwrap().as_u16(), code);
        }
        assert_eq!(server.requests().len(), 3);
    }
}

#[api_client]
trait Secrets {
    #[get("a")]
    async fn get(&self, #[header("X-Api-Key")] key: &str);
}

/// A URL with another port, host name or scheme, or with credentials, counts as another origin.
/// It gets no request.
#[tokio::test]
async fn another_origin_gets_no_request() {
    let other = Server::start([Reply::json(200, CONNECTOR)]);
    let port = other.port();
    for code in CODES {
        for location in [
            format!("http://127.0.0.1:{port}/x"),
            format!("//127.0.0.1:{port}/x"),
            format!("http://localhost:{port}/x"),
            format!("https://127.0.0.1:{port}/x"),
            format!("http://user:pw@127.0.0.1:{port}/x"),
            format!("\\\\127.0.0.1:{port}/x"),
        ] {
            let server = Server::start([redirect(code, &location)]);
            let error = connectors(&server).get("c1").await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect, "{location}");
            let client =
                support::client(server.url()).auth_header("X-Api-Key", "k").env_proxies(false);
            SecretsClient::new(client.build().unwrap()).get("k2").await.unwrap_err();
            assert_eq!(server.requests().len(), 2);
        }
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn a_redirect_chain_stops_before_another_origin() {
    let other = Server::start([Reply::json(200, CONNECTOR)]);
    let away = format!("http://127.0.0.1:{}/x", other.port());
    let server = Server::start([redirect(302, "/hop"), redirect(302, &away)]);
    let error = connectors(&server).get("c1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!((server.requests().len(), other.connections()), (2, 0));
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = Server::start([redirect(302, "/v1/loop")]);
    let error = connectors(&server)
        .get("c1")
        .options(RequestOptions::new().max_retries(0))
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 302));
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn a_redirect_error_names_only_the_origin() {
    let server = Server::start([redirect(302, "http://u:pw@elsewhere.example/x?token=s3cret")]);
    let text = connectors(&server).get("c1").await.unwrap_err().to_string();
    assert_eq!(
        text,
        "GET v1/connectors/<id>: 302 Api: redirect to http://elsewhere.example not followed"
    );
}

#[tokio::test]
async fn a_redirect_without_location_and_a_304_are_errors() {
    for (status, kind) in
        [(302, ErrorKind::Redirect), (304, ErrorKind::Api), (300, ErrorKind::Redirect)]
    {
        let server = Server::start([Reply::empty(status)]);
        let error = connectors(&server).get("c1").await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status}");
    }
}

/// The control: a transport that follows redirects sends the token to another origin. The test
/// detects it.
#[tokio::test]
async fn a_careless_transport_is_detected() {
    let other = Server::start([Reply::json(200, CONNECTOR)]);
    let client = support::client("http://localhost")
        .bearer_token("test-token")
        .transport(Careless { target: format!("127.0.0.1:{}", other.port()) })
        .build()
        .unwrap();
    connectors_client::cohere::ConnectorsClient::new(client).get("c1").await.unwrap();
    assert_eq!(other.request().header("authorization"), Some("Bearer test-token"));
}

/// A transport that sends each request to another server.
struct Careless {
    target: String,
}

impl connectors_client::Transport for Careless {
    fn send(
        &self,
        request: http::Request<connectors_client::Body>,
    ) -> connectors_client::TransportFuture<'_> {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        Box::pin(async move {
            let failed =
                |error| connectors_client::TransportError::new(ErrorKind::Interrupted, error);
            let mut socket = tokio::net::TcpStream::connect(&self.target).await.map_err(failed)?;
            let token = request.headers()["authorization"].to_str().unwrap();
            let head = format!(
                "GET {} HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\nconnection: close\r\n\r\n",
                request.uri().path()
            );
            socket.write_all(head.as_bytes()).await.map_err(failed)?;
            socket.read_to_end(&mut Vec::new()).await.map_err(failed)?;
            Ok(http::Response::new(CONNECTOR.into()))
        })
    }
}

#[tokio::test]
async fn an_error_explains_why_a_redirect_is_not_followed() {
    let server = Server::start([Reply::empty(307).header("location", "/again")]);
    let connectors = connectors(&server);
    let error = connectors.get("c").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET v1/connectors/<id>: 307 Api: redirect to another URL of this server not followed: at most 10 are"
    );
    assert_eq!(server.requests().len(), 11);
    let error = connectors.create("n", "u").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "POST v1/connectors: 307 Api: redirect to another URL of this server not followed: only those of GET and HEAD are"
    );
}

#[api_client]
trait Searches {
    #[get("search")]
    async fn search(&self, #[body] query: connectors_client::Body);
}

/// The request of a redirect is sent again, which a stream does not allow.
#[tokio::test]
async fn a_redirect_after_a_stream_says_why_it_is_not_followed() {
    let server = Server::start([redirect(307, "/moved"), Reply::empty(204)]);
    let client = crate::builder(&server).build().unwrap();
    let chunks = futures_util::stream::iter(["a", "b"].map(Ok::<_, std::io::Error>));
    let body = connectors_client::Body::from_stream(chunks);
    let error = SearchesClient::new(client).search(body).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1));
    let expected = "GET search: 307 Temporary Redirect: redirect to another URL of this server not followed: the \
                    request body is a stream, which is sent only once";
    assert_eq!(error.to_string(), expected);
    assert_eq!(server.requests().len(), 1);
}
