//! Certificates of clients and versions of TLS.

use connectors_client::{ErrorKind, TlsVersion};
use support::fault_server::authority;

use super::server::Server;
use super::{both, mistake, things};

#[tokio::test]
async fn a_client_certificate_is_shown_to_the_server() {
    let (certificate, key) = authority::client_identity();
    for protocol in [&b"http/1.1"[..], b"h2"] {
        // The order in the PEM text does not matter.
        for pem in [format!("{certificate}{key}"), format!("{key}{certificate}")] {
            let server = Server::default();
            let address = server.https(authority::requiring_a_certificate(protocol)).await;
            for (name, builder) in both(format!("https://{address}")) {
                let known = builder.root_certificates(authority::pem()).client_identity(&pem);
                things(known).get().await.unwrap();
                println!("{name}: served over {}", String::from_utf8_lossy(protocol));
            }
            assert_eq!(server.requests(), 2);
            // Control: without it, no request arrives.
            for (name, builder) in both(format!("https://{address}")) {
                let unknown = things(builder.root_certificates(authority::pem()));
                let error = unknown.get().await.unwrap_err();
                assert_eq!(
                    (error.kind(), error.attempts()),
                    (ErrorKind::Tls, 1),
                    "{name}: {error}"
                );
                assert!(!error.may_have_executed(), "{name}");
            }
            assert_eq!(server.requests(), 2);
        }
    }
}

#[test]
fn an_invalid_client_identity_is_reported() {
    let (certificate, key) = authority::client_identity();
    let (_, other_key) = authority::client_identity();
    let begin = "-----BEGIN CERTIFICATE-----\n";
    let cases = [
        (String::new(), "the client identity is not valid PEM: no certificate found"),
        ("hello".to_owned(), "the client identity is not valid PEM: no certificate found"),
        (key.clone(), "the client identity is not valid PEM: no certificate found"),
        (certificate.clone(), "the client identity is not valid PEM: no private key found"),
        (begin.to_owned(), "the client identity is not valid PEM: "),
        (
            format!("{begin}!\n-----END CERTIFICATE-----\n{key}"),
            "the client identity is not valid PEM: ",
        ),
        (format!("{certificate}{other_key}"), "TLS cannot be set up: "),
    ];
    for (pem, expected) in cases {
        for (name, builder) in both("https://example.com") {
            let text = mistake(builder.client_identity(&pem));
            println!("{name}: {text}");
            assert!(text.starts_with(expected), "{name}: {text}");
            for secret in [key.lines().nth(1).unwrap(), other_key.lines().nth(1).unwrap()] {
                assert!(!text.contains(secret), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn an_older_version_of_tls_is_refused_once() {
    for protocol in [&b"http/1.1"[..], b"h2"] {
        let server = Server::default();
        let address = server.https(authority::tls12_only(protocol)).await;
        for (name, builder) in both(format!("https://{address}")) {
            let builder = builder.root_certificates(authority::pem());
            let error = things(builder.min_tls_version(TlsVersion::Tls13)).get().await.unwrap_err();
            println!("{name}: {error}");
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{name}: {error}");
            assert!(!error.may_have_executed(), "{name}");
        }
        assert_eq!((server.connections(), server.requests()), (2, 0));
        // Control: the default allows it.
        for (_, builder) in both(format!("https://{address}")) {
            things(builder.root_certificates(authority::pem())).get().await.unwrap();
        }
        assert_eq!(server.requests(), 2);
    }
}
