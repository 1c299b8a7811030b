//! An observer on the network sees no token in plain text and none on a connection that is not the
//! server's. A proxy from the environment sees none if the client disables such proxies.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use connectors_client::{Client, Error, ErrorKind, RequestOptions, Secret, api_client};
use support::fault_server::{Certificate, Counts, Fault, FaultServer, Script, authority};

use crate::alone::{alone_with, block_on, is_child};
use crate::plain_reqwest;

const TOKEN: &str = "canary-on-the-way";

#[api_client]
trait Things {
    #[get("thing")]
    async fn get(&self) -> bytes::Bytes;

    #[post("thing")]
    async fn post(&self) -> bytes::Bytes;

    #[get("keyed")]
    async fn keyed(&self, #[header("X-Key")] key: &Secret) -> bytes::Bytes;
}

/// A listener that records everything it receives, and answers as a server or a proxy would.
struct Ear {
    port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
    connections: Arc<AtomicUsize>,
}

impl Ear {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let ear = Self {
            port: listener.local_addr().unwrap().port(),
            heard: Arc::default(),
            connections: Arc::default(),
        };
        let (heard, connections) = (Arc::clone(&ear.heard), Arc::clone(&ear.connections));
        // The thread ends with the process, and there are few of them.
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                connections.fetch_add(1, Ordering::SeqCst);
                let heard = Arc::clone(&heard);
                thread::spawn(move || hear(stream, &heard));
            }
        });
        ear
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }

    fn hears_the_token(&self) -> bool {
        self.heard().contains(TOKEN)
    }
}

fn hear(mut stream: TcpStream, heard: &Mutex<Vec<u8>>) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(read @ 1..) = stream.read(&mut bytes) {
        heard.lock().unwrap().extend(&bytes[..read]);
        if stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").is_err() {
            return;
        }
    }
}

/// A way to call a port.
type Call = fn(u16) -> Result<(), Error>;

/// The client does not know that this address stays on this machine. On Linux it does.
fn far(port: u16) -> String {
    format!("http://0.0.0.0:{port}")
}

fn get(client: Client) -> Result<(), Error> {
    block_on(async { ThingsClient::new(client).get().await.map(drop) })
}

fn without_proxies(url: String) -> connectors_client::ClientBuilder {
    support::client(url).env_proxies(false)
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "0.0.0.0 is this machine on Linux alone")]
fn no_token_is_sent_in_plain_text_unless_allowed() {
    let refused: [(&str, Call, ErrorKind, usize); 5] = [
        (
            "the client's",
            |port| get(without_proxies(far(port)).bearer_token(TOKEN).build()?),
            ErrorKind::Build,
            0,
        ),
        (
            "an option's",
            |port| {
                let options = RequestOptions::new().header("authorization", TOKEN);
                get(without_proxies(far(port)).build()?.with_options(options))
            },
            ErrorKind::Build,
            0,
        ),
        (
            "an argument's",
            |port| {
                let things = ThingsClient::new(without_proxies(far(port)).build()?);
                block_on(async { things.keyed(&Secret::new(TOKEN)).await.map(drop) })
            },
            ErrorKind::Build,
            0,
        ),
        (
            "for https, to a port without TLS",
            |port| {
                let url = format!("https://127.0.0.1:{port}");
                get(without_proxies(url).bearer_token(TOKEN).build()?)
            },
            ErrorKind::Tls,
            1,
        ),
        (
            "for https, blocking",
            |port| {
                let url = format!("https://127.0.0.1:{port}");
                let client = without_proxies(url).bearer_token(TOKEN).build()?;
                BlockingThingsClient::new(client).post().send().map(drop)
            },
            ErrorKind::Tls,
            1,
        ),
    ];
    for (name, call, kind, connections) in refused {
        let ear = Ear::start();
        let error = call(ear.port).unwrap_err();
        assert_eq!((error.kind(), error.may_have_executed()), (kind, false), "{name}: {error}");
        assert!(error.attempts() <= 1, "{name}: {error}");
        assert_eq!((ear.connections(), ear.hears_the_token()), (connections, false), "{name}");
        assert!(!ear.heard().contains("HTTP/1.1"), "{name}");
    }
    println!("figure: 5 ways to bring a token, 0 of them heard");
    let ear = Ear::start();
    get(without_proxies(far(ear.port))
        .allow_http_tokens(true)
        .bearer_token(TOKEN)
        .build()
        .unwrap())
    .unwrap();
    assert!(ear.hears_the_token(), "an allowed token is sent");
}

/// Controls: the same listener records plain reqwest, and a client that falls back to http if https
/// fails.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "0.0.0.0 is this machine on Linux alone")]
fn a_careless_client_reveals_its_token() {
    let request = |url: String| plain_reqwest::plain().get(url).bearer_auth(TOKEN);
    let ear = Ear::start();
    block_on(async { request(far(ear.port)).send().await }).unwrap();
    assert!(ear.hears_the_token());
    let ear = Ear::start();
    let url = format!("https://127.0.0.1:{}", ear.port);
    block_on(async {
        if request(url.clone()).send().await.is_err() {
            request(url.replace("https", "http")).send().await.unwrap();
        }
    });
    println!("figure: careless: both heard, the second in {} connections", ear.connections());
    assert!(ear.hears_the_token());
}

const UNTRUSTED: [Certificate; 3] =
    [Certificate::OfAnotherHost, Certificate::Expired, Certificate::OfAnotherAuthority];

/// Returns the counts of a server with this certificate after a call.
fn counts(certificate: Certificate, call: impl FnOnce(&FaultServer)) -> Counts {
    let reply = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let server = FaultServer::start(Fault::https(certificate, Script::executed().send(reply)));
    call(&server);
    // The request may still be on its way.
    thread::sleep(Duration::from_millis(20));
    server.counts()
}

#[test]
fn an_untrusted_certificate_ends_the_call_before_sending() {
    let client = |server: &FaultServer| {
        let builder = without_proxies(server.url()).root_certificates(authority::pem());
        builder.bearer_token(TOKEN).build().unwrap()
    };
    let calls: [fn(Client) -> Result<(), Error>; 3] = [
        get,
        |client| block_on(async { ThingsClient::new(client).post().await.map(drop) }),
        |client| BlockingThingsClient::new(client).get().send().map(drop),
    ];
    for certificate in UNTRUSTED {
        for call in calls {
            let counts = counts(certificate, |server| {
                let error = call(client(server)).unwrap_err();
                assert_eq!(
                    (error.kind(), error.attempts()),
                    (ErrorKind::Tls, 1),
                    "{certificate:?}: {error}"
                );
                assert!(!error.may_have_executed(), "{certificate:?}");
            });
            assert_eq!(
                (counts.connections, counts.received, counts.executed),
                (1, 0, 0),
                "{certificate:?}"
            );
        }
    }
    println!("figure: 3 certificates, 3 calls each: 1 connection and 0 requests each");
    let counts = counts(Certificate::Good, |server| get(client(server)).unwrap());
    assert_eq!((counts.received, counts.executed), (1, 1));
}

/// Control: a client with certificate checks disabled, as is often done for a test system.
#[test]
fn a_client_without_certificate_checks_sends_its_token() {
    let careless = plain_reqwest::unchecked().build().unwrap();
    for certificate in UNTRUSTED {
        let counts = counts(certificate, |server| {
            block_on(careless.get(server.url()).bearer_auth(TOKEN).send()).unwrap();
        });
        println!("figure: careless, {certificate:?}: {} received", counts.received);
        assert_eq!((counts.received, counts.executed), (1, 1), "{certificate:?}");
    }
}

/// Returns the bytes that a proxy from the environment receives from a call, which runs in its own
/// process.
fn proxy_hears(test: &str, call: fn(u16)) -> Option<(usize, String)> {
    let (server, proxy) = (Ear::start(), Ear::start());
    let (url, port) = (format!("http://127.0.0.1:{}", proxy.port), server.port.to_string());
    let mut variables = vec![("TARGET", port.as_str()), ("NO_PROXY", ""), ("no_proxy", "")];
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    {
        variables.push((name, &url));
    }
    alone_with(test, &variables, || call(std::env::var("TARGET").unwrap().parse().unwrap()));
    (!is_child(test)).then(|| (proxy.connections(), proxy.heard()))
}

#[test]
fn loopback_calls_bypass_environment_proxies() {
    let test = "on_the_way::loopback_calls_bypass_environment_proxies";
    let heard = proxy_hears(test, |port| {
        for host in ["127.0.0.1", "localhost"] {
            get(support::client(format!("http://{host}:{port}"))
                .bearer_token(TOKEN)
                .build()
                .unwrap())
            .unwrap();
        }
    });
    assert_eq!(heard.unwrap_or_default(), (0, String::new()));
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "0.0.0.0 is this machine on Linux alone")]
fn disabled_environment_proxies_receive_nothing() {
    let test = "on_the_way::disabled_environment_proxies_receive_nothing";
    let heard = proxy_hears(test, |port| {
        let client = without_proxies(far(port)).allow_http_tokens(true).bearer_token(TOKEN);
        get(client.build().unwrap()).unwrap();
    });
    assert_eq!(heard.unwrap_or_default(), (0, String::new()));
}

/// Control of the previous test: the same client without the option.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "0.0.0.0 is this machine on Linux alone")]
fn remote_calls_use_environment_proxies() {
    let test = "on_the_way::remote_calls_use_environment_proxies";
    let heard = proxy_hears(test, |port| {
        get(support::client(far(port)).max_retries(0).build().unwrap()).unwrap();
    });
    if let Some((connections, heard)) = heard {
        assert!(connections == 1 && heard.starts_with("GET http://0.0.0.0:"), "{heard}");
    }
}

/// A proxy that is used is asked for a tunnel and learns only the destination.
#[test]
fn a_proxy_receives_no_token_of_an_https_call() {
    let test = "on_the_way::a_proxy_receives_no_token_of_an_https_call";
    let heard = proxy_hears(test, |_| {
        let client = support::client("https://far.example").bearer_token(TOKEN).max_retries(0);
        get(client.build().unwrap()).unwrap_err();
    });
    if let Some((connections, heard)) = heard {
        assert!(connections == 1 && heard.starts_with("CONNECT far.example:443 "), "{heard}");
        assert!(!heard.contains(TOKEN), "{heard}");
    }
}

/// Control: plain reqwest sends the token to the proxy, even for loopback.
#[test]
fn a_careless_client_reveals_its_token_to_a_proxy() {
    let test = "on_the_way::a_careless_client_reveals_its_token_to_a_proxy";
    let heard = proxy_hears(test, |port| {
        let careless =
            reqwest::Client::builder().tls_backend_preconfigured(plain_reqwest::tls("", &[]));
        let url = format!("http://127.0.0.1:{port}/");
        block_on(careless.build().unwrap().get(url).bearer_auth(TOKEN).send()).unwrap();
    });
    if let Some((connections, heard)) = heard {
        println!("figure: careless: {connections} connection to the proxy, with the token");
        assert!(connections == 1 && heard.contains(TOKEN), "{heard}");
    }
}
