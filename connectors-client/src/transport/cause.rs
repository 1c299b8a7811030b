//! Classifies an error of the HTTP library by its causes.

use std::error::Error;
use std::io;

use crate::error::cause::{chain, find};
use crate::error::{ErrorKind, TransportError};

/// Returns true if the request's own body failed, which is the caller's code.
pub(super) fn is_of_the_request(error: &(dyn Error + 'static)) -> bool {
    find::<TransportError>(error).is_some()
}

/// Returns true if an HTTP/2 server said that it has not processed the request (RFC 9113 section
/// 8.7): it refused the stream, or closed the connection before it looked at it.
#[cfg(feature = "http2")]
pub(super) fn is_not_processed(error: &(dyn Error + 'static)) -> bool {
    let Some(error) = find::<h2::Error>(error).filter(|error| error.is_remote()) else {
        return false;
    };
    // h2 gives the error of a GOAWAY frame only to streams above its last one.
    error.is_go_away() || (error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM))
}

/// Returns true if an HTTP/2 server asks for fewer requests.
#[cfg(feature = "http2")]
pub(super) fn is_throttled(error: &(dyn Error + 'static)) -> bool {
    find::<h2::Error>(error)
        .is_some_and(|error| error.reason() == Some(h2::Reason::ENHANCE_YOUR_CALM))
}

/// Returns the kind of an error before the response headers, on an established connection.
pub(super) fn exchange_kind(error: &(dyn Error + 'static)) -> ErrorKind {
    match find::<hyper::Error>(error) {
        _ if is_refused_certificate(error) => ErrorKind::Tls,
        _ if is_broken_http2(error) => ErrorKind::Protocol,
        Some(hyper) if hyper.is_parse() || hyper.is_parse_status() => ErrorKind::Protocol,
        _ => ErrorKind::Interrupted,
    }
}

/// Returns the kind of an error while connecting: TLS failed, or the network did.
pub(super) fn connecting_kind(error: &(dyn Error + 'static)) -> ErrorKind {
    if is_of_tls(error) { ErrorKind::Tls } else { ErrorKind::Connect }
}

#[cfg(feature = "tls")]
fn is_of_tls(error: &(dyn Error + 'static)) -> bool {
    find::<rustls::Error>(error).is_some()
}

#[cfg(not(feature = "tls"))]
fn is_of_tls(_: &(dyn Error + 'static)) -> bool {
    false
}

/// Returns true if the server refused the client's certificate, or asked for one. With TLS 1.3 it
/// does so after the handshake, and h2 keeps only the text of the error.
fn is_refused_certificate(error: &(dyn Error + 'static)) -> bool {
    const ALERTS: [&str; 10] = [
        "AccessDenied",
        "BadCertificate",
        "CertificateExpired",
        "CertificateRequired",
        "CertificateRevoked",
        "CertificateUnknown",
        "DecryptError",
        "HandshakeFailure",
        "UnknownCA",
        "UnsupportedCertificate",
    ];
    chain(error).any(|error| {
        let text = error.to_string();
        text.strip_prefix("received fatal alert: ").is_some_and(|alert| ALERTS.contains(&alert))
    })
}

/// Returns true if the connection that a request waited for ended before the request was sent.
/// hyper-util calls that an error of connecting and says the rest only by a text.
pub(super) fn is_of_the_pool(error: &(dyn Error + 'static)) -> bool {
    const TEXTS: [&str; 2] = ["checked out connection was closed", "request was canceled"];
    chain(error).any(|error| TEXTS.contains(&error.to_string().as_str()))
}

/// Returns true if a proxy refused to connect to the server. hyper-util says so only by a text.
pub(super) fn is_denied(error: &(dyn Error + 'static)) -> bool {
    denial(error).is_some()
}

/// Explains an error of connecting whose own text does not help.
pub(super) fn explanation(error: &(dyn Error + 'static)) -> Option<&'static str> {
    const TLS: [(&str, &str); 3] = [
        (
            "CaUsedAsEndEntity",
            "the server's certificate is marked as an authority: issue one without that mark \
             (`openssl req -x509 -addext basicConstraints=critical,CA:FALSE`) and trust it by `root_certificates`",
        ),
        (
            "InvalidContentType",
            "the server did not answer in TLS: check the port, or write `http://` for a server without TLS",
        ),
        (
            "tls handshake eof",
            "the server closed the connection during the TLS handshake: if it always does, check that its port is for https",
        ),
    ];
    let of_tls = || {
        let said = |text| chain(error).any(|error| error.to_string().contains(text));
        TLS.iter().find(|(text, _)| said(*text)).map(|(_, explanation)| *explanation)
    };
    denial(error).or_else(of_tls)
}

/// Returns why a proxy will not connect to the server if it is asked again. hyper-util says so only
/// by texts: of a tunnel, and of SOCKS (RFC 1928 section 6, RFC 1929 section 2).
fn denial(error: &(dyn Error + 'static)) -> Option<&'static str> {
    const TEXTS: [(&str, &str); 11] = [
        (
            "tunnel error: proxy authorization required",
            "the proxy answered CONNECT with 407: it asks for a user and password",
        ),
        (
            "tunnel error: unsuccessful",
            "the proxy refused CONNECT with a status other than 407, which reqwest does not tell: \
             `ClientBuilder::lean` selects the transport that does",
        ),
        ("SOCKS error: credentials not accepted", SOCKS_USER),
        ("SOCKS error: server ident service failed", SOCKS_USER),
        ("SOCKS error: server ident service did not recognise client identifier", SOCKS_USER),
        ("SOCKS error: server does not support user/pass authentication", SOCKS_METHOD),
        ("SOCKS error: server implements authentication incorrectly", SOCKS_METHOD),
        (
            "SOCKS error: connection not allowed",
            "the SOCKS proxy does not allow connections to this server",
        ),
        ("SOCKS error: command not supported", SOCKS_UNSUPPORTED),
        ("SOCKS error: address type not supported", SOCKS_UNSUPPORTED),
        ("SOCKS error: IPV6 is not supported", SOCKS_UNSUPPORTED),
    ];
    chain(error).find_map(|error| {
        let said = error.to_string();
        TEXTS.iter().find(|(text, _)| *text == said).map(|(_, explanation)| *explanation)
    })
}

const SOCKS_USER: &str = "the SOCKS proxy did not accept the user or password";
const SOCKS_METHOD: &str =
    "the SOCKS proxy asks for another way to sign in: check the user and password in its URL";
const SOCKS_UNSUPPORTED: &str = "the SOCKS proxy does not support connections to this kind of address: \
                                 `socks5h` and `socks4a` send the server's name";

/// Returns true if the server closed the connection. If the request's body is large, it was then
/// most likely still being sent.
pub(super) fn is_closed(error: &(dyn Error + 'static)) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    let is_reset = |error: &io::Error| {
        matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset)
    };
    find::<io::Error>(error).is_some_and(is_reset)
        || find::<hyper::Error>(error).is_some_and(hyper::Error::is_incomplete_message)
}

/// Returns true if the other end did not answer keep-alive, of HTTP/2 or TCP.
pub(super) fn is_unanswered(error: &(dyn Error + 'static)) -> bool {
    find::<hyper::Error>(error).is_some_and(hyper::Error::is_timeout)
        || find::<io::Error>(error).is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

/// Returns the kind of an error within a response body: its framing is broken, or the network
/// failed.
pub(super) fn body_kind(error: &(dyn Error + 'static)) -> ErrorKind {
    match find::<io::Error>(error).map(io::Error::kind) {
        _ if is_broken_http2(error) => ErrorKind::Protocol,
        Some(io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => ErrorKind::Protocol,
        _ => ErrorKind::Interrupted,
    }
}

/// Returns true if the server broke the rules of HTTP/2. Ending a stream or connection is not that.
#[cfg(feature = "http2")]
fn is_broken_http2(error: &(dyn Error + 'static)) -> bool {
    find::<h2::Error>(error).is_some_and(h2::Error::is_library)
}

#[cfg(not(feature = "http2"))]
fn is_broken_http2(_: &(dyn Error + 'static)) -> bool {
    false
}

#[cfg(all(test, feature = "http2"))]
mod tests {
    use std::io;

    use h2::Reason;
    use h2::server::Connection;
    use tokio::io::DuplexStream;

    use super::{is_not_processed, is_throttled};

    type Server = Connection<DuplexStream, bytes::Bytes>;

    /// Returns the error of a request whose server does this, wrapped in another error.
    async fn error_of(server: impl AsyncFnOnce(&mut Server) + Send + 'static) -> io::Error {
        let (here, there) = tokio::io::duplex(64 * 1024);
        let (client, connection) = h2::client::handshake(here).await.unwrap();
        let serving = async move {
            let mut connection = h2::server::handshake(there).await.unwrap();
            server(&mut connection).await;
            while connection.accept().await.is_some() {}
        };
        let asking = async move {
            let request = http::Request::get("http://h/").body(()).unwrap();
            let (response, _) = client.ready().await.unwrap().send_request(request, true).unwrap();
            response.await.unwrap_err()
        };
        let (error, _, ()) = tokio::join!(asking, connection, serving);
        io::Error::other(error)
    }

    async fn reset(server: &mut Server, reason: Reason) {
        let (_, mut response) = server.accept().await.unwrap().unwrap();
        response.send_reset(reason);
    }

    #[tokio::test]
    async fn refused_requests_were_not_processed() {
        let refused = error_of(async |server| reset(server, Reason::REFUSED_STREAM).await).await;
        assert!(is_not_processed(&refused), "{refused:?}");
        for reason in [Reason::NO_ERROR, Reason::INTERNAL_ERROR, Reason::ENHANCE_YOUR_CALM] {
            let closed = error_of(async move |server| server.abrupt_shutdown(reason)).await;
            assert!(is_not_processed(&closed), "{closed:?}");
            assert_eq!(is_throttled(&closed), reason == Reason::ENHANCE_YOUR_CALM);
        }
        for reason in [Reason::INTERNAL_ERROR, Reason::CANCEL, Reason::ENHANCE_YOUR_CALM] {
            let reset = error_of(async move |server| reset(server, reason).await).await;
            assert!(!is_not_processed(&reset), "{reset:?}");
        }
        assert!(!is_not_processed(&io::Error::other(h2::Error::from(Reason::REFUSED_STREAM))));
    }

    #[tokio::test]
    async fn accepted_requests_may_have_been_processed() {
        let closed = error_of(async |server| {
            let accepted = server.accept().await.unwrap().unwrap();
            server.abrupt_shutdown(Reason::INTERNAL_ERROR);
            let _ = std::future::poll_fn(|context| server.poll_closed(context)).await;
            drop(accepted);
        })
        .await;
        assert!(!is_not_processed(&closed), "{closed:?}");
    }
}
