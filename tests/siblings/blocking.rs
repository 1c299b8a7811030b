//! Code of the caller's that blocks while a blocking client sends does not hold up other clients.

use std::io;
use std::net::IpAddr;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use connectors_client::{
    Body, Client, ClientBuilder, NextTransport, RequestOptions, Resolve, ResolveFuture, Text,
    Transport, TransportFuture, api_client,
};
use support::server::{Reply, Server};

#[api_client]
trait Pings {
    #[get("ping")]
    async fn ping(&self) -> Text;
}

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const LONG: Duration = Duration::from_secs(4);
const LIMIT: Duration = Duration::from_secs(2);

type Began = mpsc::Sender<()>;

/// Blocks, and says that it began to.
fn block(began: &Began) {
    let _ = began.send(());
    thread::sleep(LONG);
}

/// Blocks before it returns its future, or within.
struct SlowBook(Began, bool);

impl Resolve for SlowBook {
    fn resolve(&self, _: &str) -> ResolveFuture {
        let began = self.0.clone();
        if self.1 {
            block(&began);
        }
        let is_late = !self.1;
        Box::pin(async move {
            if is_late {
                block(&began);
            }
            Ok::<_, io::Error>(vec![HERE])
        })
    }
}

struct SlowLog(NextTransport, Began, bool);

impl Transport for SlowLog {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        if self.2 {
            block(&self.1);
        }
        Box::pin(async move {
            if !self.2 {
                block(&self.1);
            }
            self.0.send(request).await
        })
    }
}

/// Blocks and answers by itself.
struct SlowTransport(Began);

impl Transport for SlowTransport {
    fn send(&self, _: http::Request<Body>) -> TransportFuture<'_> {
        block(&self.0);
        let response = http::Response::builder().header("content-type", "text/plain");
        let response = response.body(Body::from("pong")).unwrap();
        Box::pin(async move { Ok(response) })
    }
}

type Slow = fn(ClientBuilder, Began) -> ClientBuilder;

const SLOW: [(&str, Slow); 6] = [
    ("resolver", |builder, began| builder.resolver(SlowBook(began, true))),
    ("future of a resolver", |builder, began| builder.resolver(SlowBook(began, false))),
    ("lean resolver", |builder, began| builder.lean().resolver(SlowBook(began, true))),
    ("layer", |builder, began| builder.layer(|next| SlowLog(next, began, true))),
    ("future of a layer", |builder, began| builder.layer(|next| SlowLog(next, began, false))),
    ("transport", |builder, began| builder.transport(SlowTransport(began))),
];

fn pings(builder: ClientBuilder) -> BlockingPingsClient {
    BlockingPingsClient::new(builder.env_proxies(false).max_retries(0).build().unwrap())
}

#[test]
fn code_that_blocks_while_sending_holds_up_its_own_call_only() {
    let server = Server::answer(|_| Reply::text(200, "text/plain", "pong"));
    let by_name = format!("http://api.internal:{}", server.port());
    let (sender, began) = mpsc::channel();
    let held = SLOW.map(|(name, slow)| {
        let builder = Client::builder(&by_name);
        let is_of_names = name.contains("resolver");
        let builder = if is_of_names { builder } else { builder.resolve("api.internal", HERE) };
        let slow = pings(slow(builder, sender.clone()));
        (name, thread::spawn(move || slow.ping().send()))
    });
    for _ in SLOW {
        began.recv().unwrap();
    }
    let (started, other) = (Instant::now(), pings(Client::builder(server.url())));
    let got = other.ping().options(RequestOptions::new().timeout(LIMIT)).send();
    assert_eq!(got.unwrap().as_str(), "pong");
    assert!(started.elapsed() < LIMIT);
    for (name, call) in held {
        assert_eq!(call.join().unwrap().unwrap().as_str(), "pong", "{name}");
    }
}
