//! Resolvers of the caller's that know no address, fail or block, and sockets that are gone.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use connectors_client::{Client, ClientBuilder, ErrorKind, Resolve, ResolveFuture, api_client};
use support::clock::TestClock;

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);
}

type Answer = fn() -> io::Result<Vec<IpAddr>>;

/// A resolver with one answer. Counts the questions.
struct Book(Answer, Arc<AtomicUsize>);

impl Resolve for Book {
    fn resolve(&self, _: &str) -> ResolveFuture {
        self.1.fetch_add(1, Ordering::SeqCst);
        let answer = (self.0)();
        Box::pin(async move { answer })
    }
}

/// The builders of both transports, whose waits take no time.
fn both(url: &str) -> [ClientBuilder; 2] {
    let builder = || Client::builder(url).env_proxies(false).clock(TestClock::new());
    [builder(), builder().lean()]
}

fn things(builder: ClientBuilder) -> ThingsClient {
    ThingsClient::new(builder.build().unwrap())
}

fn not_found() -> io::Result<Vec<IpAddr>> {
    Err(io::Error::new(io::ErrorKind::NotFound, "NXDOMAIN"))
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_asked_for_once() {
    let answers: [(Answer, u32, &str); 4] = [
        (|| Ok(Vec::new()), 1, "the resolver knows no address of `api.internal`"),
        (not_found, 1, "NXDOMAIN"),
        // Controls: failures of the resolver.
        (|| Err(io::Error::other("the book is closed")), 3, "the book is closed"),
        (|| Err(io::ErrorKind::TimedOut.into()), 3, "timed out"),
    ];
    for (answer, attempts, text) in answers {
        for builder in both("http://api.internal") {
            let asked = Arc::default();
            let client = things(builder.resolver(Book(answer, Arc::clone(&asked))));
            let error = client.get().await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, attempts), "{text}");
            assert_eq!(asked.load(Ordering::SeqCst), attempts as usize, "{text}");
            assert!(!error.may_have_executed(), "{text}");
            assert!(error.to_string().contains(text), "{error}");
        }
    }
}

/// Returns how many of these calls, one after the other, were retried as often as they may.
async fn retried(things: &ThingsClient, calls: usize) -> usize {
    let mut retried = 0;
    for _ in 0..calls {
        let error = things.get().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        retried += usize::from(error.attempts() == 3);
    }
    retried
}

/// Such a failure is no work for a server, so 200 callers survive it.
#[tokio::test]
async fn failures_that_reach_no_server_cost_little_of_the_budget() {
    for builder in both("http://api.internal") {
        let resolver = Book(|| Err(io::Error::other("closed")), Arc::default());
        assert_eq!(retried(&things(builder.resolver(resolver)), 200).await, 200);
    }
    #[cfg(unix)]
    for builder in both("http://localhost") {
        let gone = std::env::temp_dir().join("connectors-no-such-socket");
        assert_eq!(retried(&things(builder.unix_socket(gone)), 200).await, 200);
    }
    // Control: a server that closes each connection has had work.
    let server = support::server::Server::answer(|_| support::server::Reply::close());
    for builder in both(&server.url()) {
        let things = things(builder);
        let mut retried = 0;
        for _ in 0..200 {
            retried += usize::from(things.get().await.unwrap_err().attempts() == 3);
        }
        assert!(retried < 20, "{retried}");
    }
}

#[tokio::test]
async fn a_resolver_that_answers_is_used() {
    let server = support::server::Server::answer(|_| support::server::Reply::empty(204));
    for builder in both(&format!("http://api.internal:{}", server.port())) {
        let here = Book(|| Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]), Arc::default());
        things(builder.resolver(here)).get().await.unwrap();
    }
}
