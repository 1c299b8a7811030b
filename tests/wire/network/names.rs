//! Fixed addresses of hosts, and resolvers of one's own.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use connectors_client::{ErrorKind, Resolve, ResolveFuture};
use support::fault_server::authority;

use super::server::Server;
use super::{both, mistake, things};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const HERE_TOO: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
/// An address of the documentation (RFC 5737).
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// A resolver with one answer. Counts the questions.
#[derive(Clone)]
struct Answer(Result<Vec<IpAddr>, &'static str>, Arc<AtomicUsize>);

impl Answer {
    fn new(answer: Result<Vec<IpAddr>, &'static str>) -> Self {
        Self(answer, Arc::default())
    }
}

impl Resolve for Answer {
    fn resolve(&self, _: &str) -> ResolveFuture {
        self.1.fetch_add(1, Ordering::SeqCst);
        let answer = self.0.clone().map_err(std::io::Error::other);
        Box::pin(async move { answer })
    }
}

#[tokio::test]
async fn a_fixed_address_is_connected_to_and_tls_checks_the_name() {
    let server = Server::default();
    let port = server.https(authority::for_host("api.internal", b"http/1.1")).await.port();
    for (name, builder) in both(format!("https://api.internal:{port}")) {
        let builder = builder.root_certificates(authority::pem());
        // The last address counts, and names are compared without their case.
        let builder = builder.resolve("api.internal", ELSEWHERE).resolve("API.internal", HERE);
        things(builder).get().await.unwrap();
        let [head] = server.take_heads().try_into().unwrap();
        assert!(
            head.to_lowercase().contains(&format!("host: api.internal:{port}\r\n")),
            "{name}: {head}"
        );
    }
    for (name, builder) in both(format!("https://other.internal:{port}")) {
        let builder = builder.root_certificates(authority::pem()).resolve("other.internal", HERE);
        let error = things(builder).get().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{name}: {error}");
    }
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_resolver_that_fails_or_knows_nothing_is_a_connect_error() {
    for (answer, attempts, expected) in [
        (Err("the book is closed"), 3, "the book is closed"),
        (Ok(Vec::new()), 1, "the resolver knows no address of `api.internal`"),
    ] {
        for (name, builder) in both("http://api.internal") {
            let resolver = Answer::new(answer.clone());
            let error = things(builder.resolver(resolver.clone())).get().await.unwrap_err();
            println!("{name}: {error} / {:?}", std::error::Error::source(&error));
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::Connect, attempts),
                "{name}: {error}"
            );
            assert!(!error.may_have_executed(), "{name}");
            assert_eq!(resolver.1.load(Ordering::SeqCst), attempts as usize, "{name}");
            assert!(error.to_string().contains(expected), "{name}: {error}");
        }
    }
}

#[tokio::test]
async fn the_next_address_is_tried_if_the_first_refuses() {
    let server = Server::default();
    let port = server.http().await.port();
    for (name, builder) in both(format!("http://api.internal:{port}")) {
        let resolver = Answer::new(Ok(vec![HERE_TOO, HERE]));
        let counts = things(builder.resolver(resolver).max_retries(0));
        counts.get().await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_token_for_this_machine_does_not_leave_it_by_a_resolver() {
    for addresses in [vec![ELSEWHERE], vec![HERE, ELSEWHERE]] {
        for (name, builder) in both("http://localhost:9") {
            let resolver = Answer::new(Ok(addresses.clone()));
            let error = things(builder.resolver(resolver).bearer_token("secret-token"))
                .get()
                .await
                .unwrap_err();
            println!("{name}: {error}");
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::Connect, 1),
                "{name}: {error}"
            );
            assert!(!error.may_have_executed(), "{name}");
            assert_eq!(
                error.to_string(),
                "GET things: could not connect: `localhost` is 192.0.2.1, which is not this machine, \
                 so a token would be sent over plain http: use https, or allow it with \
                 `allow_http_tokens(true)`",
                "{name}"
            );
        }
    }
    // Over https, or if that is allowed, it may be elsewhere. Nothing answers there.
    for (base, allow) in [("https://localhost:9", false), ("http://localhost:9", true)] {
        for (name, builder) in both(base) {
            let builder = builder.resolver(Answer::new(Ok(vec![ELSEWHERE]))).bearer_token("t");
            let builder = builder.allow_http_tokens(allow).max_retries(0);
            let things = things(builder.connect_timeout(Duration::from_millis(100)));
            let error = things.get().await.unwrap_err();
            assert!(!error.to_string().contains("plain http"), "{name}: {error}");
        }
    }
    // It may be on another address of this machine.
    let server = Server::default();
    let port = server.http().await.port();
    for (_, builder) in both(format!("http://localhost:{port}")) {
        let resolver = Answer::new(Ok(vec![HERE]));
        things(builder.resolver(resolver).bearer_token("secret-token")).get().await.unwrap();
    }
    let heads = server.take_heads();
    assert!(heads.len() == 2 && heads.iter().all(|head| head.contains("Bearer secret-token")));
}

#[tokio::test]
async fn a_host_fixed_to_this_machine_gets_the_token_over_http() {
    let server = Server::default();
    let port = server.http().await.port();
    for (name, builder) in both(format!("http://api.internal:{port}")) {
        things(builder.resolve("api.internal", HERE).bearer_token("secret-token"))
            .get()
            .await
            .unwrap();
        let [head] = server.take_heads().try_into().unwrap();
        assert!(head.contains("Bearer secret-token"), "{name}: {head}");
    }
    // Fixed to another machine, even `localhost` does not get it.
    for host in ["api.internal", "localhost"] {
        for (_, builder) in both(format!("http://{host}")) {
            let text = mistake(builder.resolve(host, ELSEWHERE).bearer_token("secret-token"));
            assert!(
                text.starts_with("a token would be sent over plain http to `http://"),
                "{text}"
            );
        }
    }
}

/// An address in a URL is connected to as it is, so it cannot be fixed to this machine.
#[test]
fn an_address_cannot_be_fixed_to_another() {
    for host in ["192.0.2.1", "::1", "[::1]"] {
        for (_, builder) in both("http://192.0.2.1") {
            let text = mistake(builder.resolve(host, HERE).bearer_token("secret-token"));
            assert_eq!(
                text,
                format!(
                    "`resolve` takes a host name, and `{host}` is an address, which needs none"
                )
            );
        }
    }
    for (_, builder) in both("http://192.0.2.1") {
        let text = mistake(builder.resolve("192.0.2.1.", HERE).bearer_token("secret-token"));
        assert!(text.starts_with("a token would be sent over plain http"), "{text}");
    }
}
