//! The maximum number of headers of a response.

use connectors_client::ErrorKind;
use support::fault_server::authority;

use super::server::Server;
use super::{both, things};

#[tokio::test]
async fn a_response_with_too_many_headers_is_refused() {
    for protocol in [&b"http/1.1"[..], b"h2"] {
        for (headers, maximum, is_allowed) in [
            (100, None, true),
            (101, None, false),
            (101, Some(300), true),
            (300, Some(300), true),
            (301, Some(300), false),
            (3, Some(3), true),
            (4, Some(3), false),
        ] {
            let server = Server { headers, ..Server::default() };
            let config = authority::server_config(authority::Certificate::Good, protocol);
            let address = server.https(config).await;
            for (name, mut builder) in both(format!("https://{address}")) {
                if let Some(maximum) = maximum {
                    builder = builder.max_response_headers(maximum);
                }
                let result = things(builder.root_certificates(authority::pem())).get().await;
                let protocol = String::from_utf8_lossy(protocol);
                let case = format!("{name}, {protocol}: {headers} of {maximum:?}: {result:?}");
                println!("{case}");
                assert_eq!(result.is_ok(), is_allowed, "{case}");
                if let Err(error) = result {
                    assert_eq!(
                        (error.kind(), error.attempts()),
                        (ErrorKind::Protocol, 1),
                        "{case}"
                    );
                    assert!(error.may_have_executed(), "{case}");
                }
            }
            assert_eq!(server.requests(), 2);
        }
    }
}
