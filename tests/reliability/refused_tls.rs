//! TLS that one of the two sides refuses: one attempt, and an error that says what to do.

use std::sync::Arc;
use std::time::Duration;

use connectors_client::{Error, ErrorKind, RetryPolicy, api_client};
use rustls::ServerConfig;
use support::fault_server::authority;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);
}

/// Makes a GET to a server with this configuration.
async fn get(config: Arc<ServerConfig>, trusted: String) -> Result<(), Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let acceptor = TlsAcceptor::from(config);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
                let _ = stream.read(&mut [0; 4096]).await;
            });
        }
    });
    let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
    let client = support::client(&url).env_proxies(false).root_certificates(trusted).retry(retry);
    ThingsClient::new(client.build().unwrap()).get().await
}

#[tokio::test]
async fn a_missing_client_certificate_is_a_tls_error_after_one_attempt() {
    for protocol in [&b"http/1.1"[..], b"h2"] {
        for _ in 0..5 {
            let error = get(authority::requiring_a_certificate(protocol), authority::pem())
                .await
                .unwrap_err();
            println!("{error}");
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{error}");
            assert!(!error.may_have_executed());
            assert!(error.to_string().ends_with("fatal alert: CertificateRequired"), "{error}");
        }
    }
}

/// Makes a GET with https to a server that answers without TLS, or with nothing.
async fn get_without_tls(answer: &'static [u8]) -> Error {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer).await;
        }
    });
    let client = support::client(&url).env_proxies(false).max_retries(0).build().unwrap();
    ThingsClient::new(client).get().await.unwrap_err()
}

#[tokio::test]
async fn a_port_without_tls_is_explained() {
    let error = get_without_tls(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    assert_eq!(error.kind(), ErrorKind::Tls);
    let text = "TLS failed: the server did not answer in TLS: check the port, or write `http://`";
    assert!(error.to_string().contains(text), "{error}");

    let error = get_without_tls(b"").await;
    assert_eq!(error.kind(), ErrorKind::Connect);
    let text = "the server closed the connection during the TLS handshake: if it always does, \
                check that its port is for https";
    assert!(error.to_string().ends_with(text), "{error}");
    let explained = std::error::Error::source(&error).unwrap();
    assert!(explained.source().is_some(), "the cause is lost");
}

#[tokio::test]
async fn a_certificate_that_is_its_own_authority_is_explained() {
    let (config, pem) = authority::self_signed(true);
    let error = get(config, pem).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1));
    let text = error.to_string();
    assert!(
        text.starts_with(
            "GET things: TLS failed: the server's certificate is marked as an authority: "
        ),
        "{text}"
    );

    // The error's advice works.
    let (config, pem) = authority::self_signed(false);
    get(config, pem).await.unwrap();
}
