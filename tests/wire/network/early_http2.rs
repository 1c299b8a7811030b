//! A response to an upload over HTTP/2 that comes before its body is sent (RFC 9113 section 8.1).

use connectors_client::Body;
use futures_util::stream;
use support::fault_server::{Certificate, authority, http2};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

use super::{both, things};

const NO_ERROR: u32 = 0;

/// Starts a server that answers 413 to the head of each request, and reads no body.
async fn refusing() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let acceptor = TlsAcceptor::from(authority::server_config(Certificate::Good, b"h2"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut stream = acceptor.accept(stream).await.unwrap();
                stream.write_all(&http2::settings()).await.unwrap();
                stream.read_exact(&mut [0; 24]).await.unwrap();
                let mut head = [0; 9];
                while stream.read_exact(&mut head).await.is_ok() {
                    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
                    stream.read_exact(&mut vec![0; length as usize]).await.unwrap();
                    let number = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
                    if head[3] == 1 {
                        // The name of entry 8 of RFC 7541 appendix A, `:status`.
                        let mut answer = http2::frame(1, 5, number, &[8, 3, b'4', b'1', b'3']);
                        answer.extend(http2::reset(number, NO_ERROR));
                        let _ = stream.write_all(&answer).await;
                    } else if (head[3], head[4]) == (4, 0) {
                        let _ = stream.write_all(&http2::frame(4, 1, 0, &[])).await;
                    }
                }
            });
        }
    });
    url
}

#[tokio::test]
async fn an_early_413_over_http2_is_the_result() {
    let chunked = || {
        let chunk = || Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b'x'; 16 << 10]));
        Body::from_stream(stream::iter((0..512).map(move |_| chunk())))
    };
    let url = refusing().await;
    for (name, builder) in both(&url) {
        let things = things(builder.root_certificates(authority::pem()));
        for number in 0..20 {
            let whole = Body::from(vec![b'x'; 8 << 20]);
            for (kind, body) in [("whole", whole), ("stream", chunked())] {
                let error = things.post(body).await.unwrap_err();
                let status = error.status().map(|status| status.as_u16());
                assert_eq!(status, Some(413), "{name}, {kind}, {number}: {error}");
                assert_eq!(error.attempts(), 1, "{name}, {kind}");
            }
        }
    }
}
