//! SOCKS proxies with the feature `socks`, over both transports. Here, because the other tests are
//! those of a build without it.
#![allow(missing_docs, reason = "a test")]

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::{Client, ClientBuilder, ErrorKind, Proxy, RetryPolicy, api_client};

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);
}

/// A proxy for one user, which answers requests itself. Keeps the targets.
struct Socks {
    port: u16,
    targets: Arc<Mutex<Vec<String>>>,
}

impl Socks {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let targets = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&targets);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, seen) = (stream.unwrap(), Arc::clone(&seen));
                // The client may end the connection at any time.
                std::thread::spawn(move || drop(serve(stream, &seen)));
            }
        });
        Self { port, targets }
    }

    fn take_targets(&self) -> Vec<String> {
        std::mem::take(&mut self.targets.lock().unwrap())
    }
}

fn bytes(stream: &mut TcpStream, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn counted(stream: &mut TcpStream) -> io::Result<String> {
    let length = bytes(stream, 1)?[0];
    Ok(String::from_utf8(bytes(stream, length.into())?).unwrap())
}

fn until(stream: &mut TcpStream, end: &[u8]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    while !text.ends_with(end) {
        text.extend(bytes(stream, 1)?);
    }
    text.truncate(text.len() - end.len());
    Ok(text)
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<String>>) -> io::Result<()> {
    let target = match bytes(&mut stream, 1)?[0] {
        5 => version5(&mut stream)?,
        _ => version4(&mut stream)?,
    };
    seen.lock().unwrap().push(target);
    loop {
        until(&mut stream, b"\r\n\r\n")?;
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")?;
    }
}

/// RFC 1928, with the authentication of RFC 1929.
fn version5(stream: &mut TcpStream) -> io::Result<String> {
    let methods = counted(stream)?;
    if methods.contains('\u{2}') {
        stream.write_all(&[5, 2])?;
        bytes(stream, 1)?;
        let is_known = (counted(stream)?, counted(stream)?) == ("user".into(), "p@ss".into());
        stream.write_all(&[1, u8::from(!is_known)])?;
    } else {
        stream.write_all(&[5, 0xff])?;
    }
    let kind = bytes(stream, 4)?[3];
    let host = if kind == 3 {
        counted(stream)?
    } else {
        let address = bytes(stream, 4)?;
        Ipv4Addr::new(address[0], address[1], address[2], address[3]).to_string()
    };
    let port = bytes(stream, 2)?;
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    Ok(format!("{host}:{}", u16::from_be_bytes([port[0], port[1]])))
}

fn version4(stream: &mut TcpStream) -> io::Result<String> {
    let head = bytes(stream, 7)?;
    until(stream, &[0])?;
    let address = Ipv4Addr::new(head[3], head[4], head[5], head[6]);
    let host = if head[3..6] == [0, 0, 0] {
        String::from_utf8(until(stream, &[0])?).unwrap()
    } else {
        address.to_string()
    };
    stream.write_all(&[0, 90, 0, 0, 0, 0, 0, 0])?;
    Ok(format!("{host}:{}", u16::from_be_bytes([head[1], head[2]])))
}

/// Returns a builder for each transport, with this proxy.
fn both(base_url: &str, proxy: &str) -> [(&'static str, ClientBuilder); 2] {
    let builder = || {
        Client::builder(base_url)
            .proxy(Proxy::all(proxy).unwrap())
            .resolve("api.internal", [127, 0, 0, 7].into())
            .retry(RetryPolicy::default().initial_backoff(Duration::ZERO))
    };
    [("default", builder()), ("lean", builder().lean())]
}

#[tokio::test]
async fn names_are_resolved_at_the_proxy_or_here_as_the_scheme_says() {
    let socks = Socks::start();
    for (scheme, host) in [
        ("socks5h", "api.internal"),
        ("socks5", "127.0.0.7"),
        ("socks4a", "api.internal"),
        ("socks4", "127.0.0.7"),
    ] {
        let user = if scheme.starts_with("socks5") { "user:p%40ss@" } else { "" };
        let proxy = format!("{scheme}://{user}127.0.0.1:{}", socks.port);
        for port in [80, 8080] {
            for (name, builder) in both(&format!("http://api.internal:{port}"), &proxy) {
                let result = ThingsClient::new(builder.build().unwrap()).get().await;
                result.unwrap_or_else(|error| panic!("{name}, {scheme}: {error}"));
                assert_eq!(socks.take_targets(), [format!("{host}:{port}")], "{name}, {scheme}");
            }
        }
    }
}

#[tokio::test]
async fn a_wrong_password_is_an_error_that_does_not_show_it() {
    let socks = Socks::start();
    for scheme in ["socks5", "socks5h"] {
        let proxy = format!("{scheme}://user:another-secret@127.0.0.1:{}", socks.port);
        for (name, builder) in both("http://api.internal", &proxy) {
            let error = ThingsClient::new(builder.build().unwrap()).get().await.unwrap_err();
            println!("{name}: {error}");
            assert_eq!(error.kind(), ErrorKind::Connect, "{name}: {error}");
            assert!(!error.may_have_executed(), "{name}");
            let mut texts = format!("{error} {error:?}");
            let mut source = std::error::Error::source(&error);
            while let Some(cause) = source {
                texts.push_str(&[cause.to_string(), format!("{cause:?}")].join(" "));
                source = cause.source();
            }
            assert!(!texts.contains("another-secret"), "{name}: {texts}");
        }
    }
    assert_eq!(socks.take_targets(), [""; 0]);
}

/// Starts a proxy that gives these answers in turn, each after something has come. Returns its port.
fn answering(answers: Vec<Vec<u8>>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map(Result::unwrap) {
            for answer in &answers {
                let read = stream.read(&mut [0; 512]);
                assert!(read.is_ok());
                stream.write_all(answer).unwrap();
            }
        }
    });
    port
}

#[tokio::test]
async fn a_refusal_is_final_and_says_who_refused_what() {
    let method_refused = || vec![vec![5, 0xff]];
    let user_refused = || vec![vec![5, 2], vec![1, 1]];
    let version5 = |status| vec![vec![5, 0], vec![5, status, 0, 1, 0, 0, 0, 0, 0, 0]];
    let version4 = |status| vec![vec![0, status, 0, 0, 0, 0, 0, 0]];
    let user = "the SOCKS proxy did not accept the user or password";
    let method =
        "the SOCKS proxy asks for another way to sign in: check the user and password in its URL";
    for (proxy, answers, attempts, text) in [
        ("socks5h://a:b@", user_refused(), 1, user),
        ("socks5h://", method_refused(), 1, method),
        ("socks5://a:b@", method_refused(), 1, method),
        ("socks5h://", version5(2), 1, "the SOCKS proxy does not allow connections to this server"),
        ("socks5h://", version5(7), 1, "the SOCKS proxy does not support"),
        ("socks5h://", version5(8), 1, "the SOCKS proxy does not support"),
        ("socks5h://", version5(1), 3, "general server failure"),
        ("socks5h://", version5(4), 3, "host unreachable"),
        ("socks5h://", version5(5), 3, "connection refused"),
        ("socks4a://", version4(92), 1, "the SOCKS proxy did not accept the user"),
        ("socks4a://", version4(93), 1, "the SOCKS proxy did not accept the user"),
        ("socks4a://", version4(91), 3, "server failed to execute command"),
    ] {
        let proxy = format!("{proxy}127.0.0.1:{}", answering(answers));
        for (name, builder) in both("http://api.internal", &proxy) {
            let error = ThingsClient::new(builder.build().unwrap()).get().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Connect, "{name}: {error}");
            assert_eq!(error.attempts(), attempts, "{name}: {error}");
            assert!(error.to_string().contains(text), "{name}: {text}: {error}");
        }
    }
}

#[test]
fn a_token_does_not_pass_through_socks_over_plain_http() {
    for scheme in ["socks4", "socks4a", "socks5", "socks5h"] {
        for base in ["http://localhost", "http://api.internal"] {
            for (_, builder) in both(base, &format!("{scheme}://127.0.0.1:1")) {
                let error = builder.bearer_token("t").build().unwrap_err().to_string();
                assert!(error.starts_with("a token would be sent over plain http"), "{error}");
            }
        }
    }
}
