//! Failures before there is a connection: how often they are retried, and what the error says.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use connectors_client::{Client, ClientBuilder, Error, ErrorKind, RetryPolicy, api_client};
use support::server::{Reply, Server, refused_url};

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);

    #[post("things")]
    async fn post(&self);
}

fn builder(url: &str) -> ClientBuilder {
    support::client(url).env_proxies(false)
}

/// Makes 200 calls at once. Returns the number of those that fail, with one of the errors.
async fn failures(client: &Client, calls: usize) -> (usize, Option<Error>) {
    let mut set = tokio::task::JoinSet::new();
    for number in 0..calls {
        let things = ThingsClient::new(client.clone());
        let call = if number % 2 == 0 { things.get().send() } else { things.post().send() };
        set.spawn(call);
    }
    let mut errors: Vec<_> = set.join_all().await.into_iter().filter_map(Result::err).collect();
    (errors.len(), errors.pop())
}

#[tokio::test]
async fn a_server_that_is_away_for_a_moment_costs_few_calls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = builder(&format!("http://{address}")).build().unwrap();
    let restart = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(60));
        let listener =
            socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        listener.set_reuse_address(true).unwrap();
        listener.bind(&address.into()).unwrap();
        listener.listen(1024).unwrap();
        let listener: TcpListener = listener.into();
        for stream in listener.incoming().take(400) {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                while stream.read(&mut buffer).is_ok_and(|read| read > 0) {
                    let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
                }
            });
        }
    });
    let (lost, error) = failures(&client, 200).await;
    println!("200 calls, the server is away for 60 ms: {lost} lost, {error:?}");
    assert!(lost <= 10, "{lost}: {error:?}");
    drop(restart);
}

/// A server that answers with 503 gets no more load than before.
#[tokio::test]
async fn a_server_that_answers_still_has_the_full_budget_against_it() {
    let server = Server::answer(|_| Reply::empty(503));
    let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
    let client = builder(&server.url()).retry(retry).build().unwrap();
    let things = ThingsClient::new(client);
    for _ in 0..100 {
        things.get().await.unwrap_err();
    }
    assert_eq!(server.requests().len(), 135);
}

#[tokio::test]
async fn an_unknown_name_and_a_refused_connection_are_retried() {
    for url in [refused_url(), "http://does-not-exist.invalid".to_owned()] {
        let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
        let error = ThingsClient::new(builder(&url).retry(retry).build().unwrap())
            .post()
            .await
            .unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
        assert!(!error.may_have_executed());
    }
}

#[test]
fn an_impossible_host_name_is_a_config_error() {
    let (long, longest) = ("a".repeat(64), ["a".repeat(60).as_str(); 5].join("."));
    for url in [
        format!("http://{long}.com"),
        format!("https://{longest}.com"),
        "http://a..b".to_owned(),
        "http://.a".to_owned(),
        "https://a!b.com".to_owned(),
        "https://-a.com".to_owned(),
    ] {
        let error = builder(&url).build().unwrap_err();
        assert!(
            error.to_string().starts_with("the base URL has a host that cannot exist: "),
            "{url}: {error}"
        );
    }
    for url in [
        "http://my_service:80",
        "https://a_b.example.com.",
        "http://xn--bcher-kva.example",
        "https://[::1]",
    ] {
        assert!(builder(url).build().is_ok(), "{url}");
    }
}
