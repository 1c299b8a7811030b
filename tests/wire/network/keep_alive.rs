//! Keep-alive of TCP and HTTP/2.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use connectors_client::{ClientBuilder, ErrorKind};
use support::fault_server::{Certificate, authority};

use super::server::Server;
use super::{both, things};

/// Returns the timer of the client's connection, as Linux shows it: its kind, and when it ends.
/// Kind 2 is keep-alive.
#[cfg(target_os = "linux")]
fn timer(server: SocketAddr) -> (u8, Duration) {
    let remote = format!("0100007F:{:04X}", server.port());
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let fields = table
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .find(|fields| fields[2] == remote && fields[3] == "01")
        .unwrap();
    let (kind, ticks) = fields[5].split_once(':').unwrap();
    let ticks = u64::from_str_radix(ticks, 16).unwrap();
    (kind.parse().unwrap(), Duration::from_millis(ticks * 10))
}

#[cfg(target_os = "linux")]
type Setting = fn(ClientBuilder) -> ClientBuilder;

#[cfg(target_os = "linux")]
#[tokio::test]
async fn tcp_asks_after_the_idle_time() {
    let settings: [(&str, Setting, u64); 3] = [
        ("default", |builder| builder, 15),
        ("100 s", |builder| builder.tcp_keepalive(Duration::from_secs(100)), 100),
        ("never", |builder| builder.tcp_keepalive(None), 0),
    ];
    for (setting, set, seconds) in settings {
        for transport in 0..2 {
            let server = Server::default();
            let address = server.http().await;
            let (name, builder) =
                both(format!("http://{address}")).into_iter().nth(transport).unwrap();
            let things = things(set(builder));
            things.get().await.unwrap();
            let mut found = timer(address);
            // The timer of an acknowledgement may be on its way.
            for _ in 0..100 {
                if matches!(found.0, 0 | 2) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
                found = timer(address);
            }
            println!("{name}, {setting}: {found:?}");
            let (kind, ends) = found;
            if seconds == 0 {
                assert_eq!(kind, 0, "{name}");
            } else {
                assert_eq!(kind, 2, "{name}, {setting}");
                let rest = Duration::from_secs(seconds).saturating_sub(ends);
                assert!(ends.as_secs() <= seconds && rest < Duration::from_secs(5), "{ends:?}");
            }
            drop(things);
        }
    }
}

fn with_keep_alive(builder: ClientBuilder, interval: impl Into<Option<Duration>>) -> ClientBuilder {
    builder
        .root_certificates(authority::pem())
        .max_retries(0)
        .http2_keep_alive(interval, Duration::from_millis(200))
}

#[tokio::test]
async fn http2_asks_while_a_request_waits() {
    let config = authority::server_config(Certificate::Good, b"h2");
    for transport in 0..2 {
        for (interval, expected) in [(Some(Duration::from_millis(50)), 4..=20), (None, 0..=0)] {
            let server = Server { is_silent: true, ..Server::default() };
            let address = server.https(config.clone()).await;
            let (name, builder) =
                both(format!("https://{address}")).into_iter().nth(transport).unwrap();
            let builder =
                with_keep_alive(builder, interval).attempt_timeout(Duration::from_millis(800));
            let error = things(builder).get().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Timeout, "{name}: {error}");
            let pings = server.pings.load(Ordering::SeqCst);
            println!("{name}: {pings} PINGs in 800 ms with {interval:?}");
            assert!(expected.contains(&pings), "{name}: {pings}");
        }
    }
}

/// In paused time, which passes at once while all wait.
#[tokio::test]
async fn http2_asks_by_default() {
    let config = authority::server_config(Certificate::Good, b"h2");
    for transport in 0..2 {
        for is_on in [true, false] {
            let server = Server { is_silent: true, ..Server::default() };
            let address = server.https(config.clone()).await;
            let (name, builder) =
                both(format!("https://{address}")).into_iter().nth(transport).unwrap();
            let minute = Duration::from_secs(60);
            let builder = builder.root_certificates(authority::pem()).max_retries(0);
            let builder = builder.attempt_timeout(minute).timeout(minute);
            let off = Duration::from_secs(1);
            let builder = if is_on { builder } else { builder.http2_keep_alive(None, off) };
            let call = tokio::spawn(async move { things(builder).get().await });
            while server.requests.load(Ordering::SeqCst) == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::pause();
            call.await.unwrap().unwrap_err();
            tokio::time::resume();
            tokio::time::sleep(Duration::from_millis(50)).await;
            let pings = server.pings.load(Ordering::SeqCst);
            assert_eq!(pings > 0, is_on, "{name}: {pings}");
        }
    }
}

#[tokio::test]
async fn a_dead_http2_connection_is_found_by_keep_alive() {
    let config = authority::server_config(Certificate::Good, b"h2");
    for transport in 0..2 {
        let server = Server::default();
        let address = server.https(config.clone()).await;
        let (name, builder) =
            both(format!("https://{address}")).into_iter().nth(transport).unwrap();
        let things = things(with_keep_alive(builder, Duration::from_millis(100)));
        things.get().await.unwrap();
        server.is_dead.store(true, Ordering::SeqCst);
        let started = Instant::now();
        let error = things.get().await.unwrap_err();
        let took = started.elapsed();
        println!("{name}: {error} after {took:?}");
        assert!(took >= Duration::from_millis(250) && took < Duration::from_secs(10), "{took:?}");
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{name}: {error}");
        assert!(error.may_have_executed(), "{name}");
        // Later calls get another connection.
        server.is_dead.store(false, Ordering::SeqCst);
        things.get().await.unwrap();
        assert_eq!(server.connections(), 2, "{name}");
    }
}
