//! Proxies by URL.

use std::fmt::Write as _;

use connectors_client::{ErrorKind, Proxy};
use support::fault_server::authority;

use super::proxy_server::ProxyServer;
use super::server::Server;
use super::{both, mistake, things};

/// The password `p@ss:w/rd`, percent-encoded.
const PASSWORD: &str = "p%40ss%3Aw%2Frd";

fn proxy(address: std::net::SocketAddr) -> Proxy {
    Proxy::all(&format!("http://user:{PASSWORD}@{address}")).unwrap()
}

/// Returns true if a head has this header.
fn has(head: &str, name: &str) -> bool {
    head.lines().any(|line| line.split_once(':').is_some_and(|(n, _)| n.eq_ignore_ascii_case(name)))
}

#[tokio::test]
async fn https_passes_through_a_tunnel_with_credentials() {
    for protocol in [&b"http/1.1"[..], b"h2"] {
        let (proxy_server, address) = ProxyServer::start("user", "p@ss:w/rd").await;
        let server = Server::default();
        let port = server.https(authority::for_host("api.internal", protocol)).await.port();
        for (name, builder) in both(format!("https://api.internal:{port}")) {
            let builder = builder.root_certificates(authority::pem()).proxy(proxy(address));
            let things = things(builder.bearer_token("secret-token"));
            things.get().await.unwrap();
            things.get().await.unwrap();
            let [connect] = proxy_server.take_heads().try_into().unwrap();
            assert!(
                connect.starts_with(&format!("CONNECT api.internal:{port} HTTP/1.1\r\n")),
                "{name}: {connect}"
            );
            assert!(connect.contains(proxy_server.authorization()), "{name}: {connect}");
            assert!(!connect.contains("secret-token"), "{name}: {connect}");
            for head in server.take_heads() {
                assert!(!has(&head, "proxy-authorization"), "{name}: {head}");
                assert!(head.starts_with("GET /things HTTP/1.1\r\n"), "{name}: {head}");
            }
        }
        assert_eq!(server.requests(), 4);
    }
}

#[tokio::test]
async fn plain_http_is_sent_to_the_proxy_in_absolute_form() {
    let (proxy_server, address) = ProxyServer::start("user", "p@ss:w/rd").await;
    for (name, builder) in both("http://api.internal:81/v1") {
        things(builder.proxy(proxy(address))).get().await.unwrap();
        let [head] = proxy_server.take_heads().try_into().unwrap();
        assert!(
            head.starts_with("GET http://api.internal:81/v1/things HTTP/1.1\r\n"),
            "{name}: {head}"
        );
        assert!(head.to_lowercase().contains("\r\nhost: api.internal:81\r\n"), "{name}: {head}");
        assert!(head.contains(proxy_server.authorization()), "{name}: {head}");
    }
}

#[tokio::test]
async fn hosts_of_the_bypass_list_are_reached_directly() {
    let (proxy_server, address) = ProxyServer::start("user", "p@ss:w/rd").await;
    let server = Server::default();
    let port = server.http().await.port();
    for (host, bypass, is_direct) in [
        ("api.internal", "api.internal", true),
        ("api.internal", "localhost, .internal", true),
        ("api.internal", "internal", true),
        ("api.internal", "*", true),
        ("127.0.0.1", "127.0.0.0/8", true),
        ("api.internal", "", false),
        ("api.internal", "other.internal", false),
        ("api.internal", "api.inter", false),
        ("127.0.0.1", "10.0.0.0/8", false),
    ] {
        for (name, builder) in both(format!("http://{host}:{port}")) {
            let mut builder = builder.proxy(proxy(address).bypass(bypass));
            if host != "127.0.0.1" {
                builder = builder.resolve(host, [127, 0, 0, 1].into());
            }
            let case = format!("{name}: {host} with {bypass:?}");
            things(builder.with_token(is_direct))
                .get()
                .await
                .unwrap_or_else(|error| panic!("{case}: {error}"));
            let (at_proxy, direct) = (proxy_server.take_heads(), server.take_heads());
            assert_eq!(
                (at_proxy.len(), direct.len()),
                if is_direct { (0, 1) } else { (1, 0) },
                "{case}"
            );
            assert!(
                direct.iter().all(|head| !has(head, "proxy-authorization")),
                "{case}: {direct:?}"
            );
        }
    }
}

/// Gives a token to clients that may have one.
trait WithToken {
    fn with_token(self, is_allowed: bool) -> Self;
}

impl WithToken for connectors_client::ClientBuilder {
    fn with_token(self, is_allowed: bool) -> Self {
        if is_allowed { self.bearer_token("secret-token") } else { self }
    }
}

#[tokio::test]
async fn wrong_credentials_are_an_error_that_does_not_show_them() {
    let (proxy_server, address) = ProxyServer::start("user", "another").await;
    let shown = format!("{:?}", proxy(address));
    assert_eq!(
        shown,
        format!(
            "Proxy {{ scheme: \"http\", host: \"127.0.0.1\", port: Some({}), bypass: \"\" }}",
            address.port()
        )
    );
    for (name, builder) in both("https://api.internal") {
        let error = things(builder.proxy(proxy(address))).get().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1), "{name}: {error}");
        assert_eq!(
            error.to_string(),
            "GET things: could not connect: the proxy answered CONNECT with 407: it asks for a user \
             and password"
        );
        assert_silent(&error);
        assert_eq!(proxy_server.take_heads().len(), 1, "{name}");
    }
    // Over plain http the answer of the proxy is the response.
    for (name, builder) in both("http://api.internal") {
        let error = things(builder.proxy(proxy(address))).get().await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(407), "{name}: {error}");
        assert_silent(&error);
    }
    // Nothing listens there.
    for (name, builder) in both("https://api.internal") {
        let gone =
            support::server::refused_url().replace("http://", &format!("http://user:{PASSWORD}@"));
        let builder = builder.proxy(Proxy::all(&gone).unwrap());
        let debug = format!("{builder:?}");
        let client = builder.build().unwrap();
        let debug = format!("{debug} {client:?}");
        let error = super::ThingsClient::new(client).get().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{name}: {error}");
        assert_silent(&error);
        assert!(!debug.contains("p%40ss") && !debug.contains("p@ss"), "{debug}");
    }
}

/// Asserts that no text of an error shows the password.
fn assert_silent(error: &connectors_client::Error) {
    let mut texts = format!("{error} {error:?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        write!(texts, "{cause} {cause:?}").unwrap();
        source = cause.source();
    }
    for secret in ["p%40ss", "p@ss", "dXNlcjp", "w/rd", "w%2Frd"] {
        assert!(!texts.contains(secret), "{texts}");
    }
}

#[test]
fn a_token_does_not_pass_through_a_proxy_over_plain_http() {
    for base in ["http://localhost", "http://127.0.0.1", "http://api.internal"] {
        for url in ["http://127.0.0.1:3128", "http://user:secret@proxy.internal:3128"] {
            for (_, builder) in both(base) {
                let text = mistake(builder.proxy(Proxy::all(url).unwrap()).bearer_token("t"));
                assert_eq!(
                    text,
                    format!(
                        "a token would be sent over plain http to `{base}`: use https, or allow it with \
                         `allow_http_tokens(true)`"
                    )
                );
            }
            for (_, builder) in both(base) {
                let builder = builder.proxy(Proxy::all(url).unwrap()).bearer_token("t");
                builder.allow_http_tokens(true).build().unwrap();
            }
        }
    }
}

#[test]
fn an_invalid_proxy_is_an_error_that_does_not_show_it() {
    for (url, expected) in [
        ("", "the URL of the proxy is not valid: relative URL without a base"),
        ("user:secret@proxy", "the URL of the proxy is not valid: its scheme is not"),
        ("ftp://user:secret@proxy", "the URL of the proxy is not valid: its scheme is not"),
        ("http://user:secret@", "the URL of the proxy is not valid: "),
        ("http://user:secret@proxy:99999", "the URL of the proxy is not valid: "),
        (
            "socks5://user:secret@proxy",
            "a SOCKS proxy needs the feature `socks` of connectors-client",
        ),
        ("socks4a://proxy", "a SOCKS proxy needs the feature `socks` of connectors-client"),
    ] {
        let text = Proxy::all(url).unwrap_err().to_string();
        println!("{url:?}: {text}");
        assert!(text.starts_with(expected), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }
}
