//! Bodies that do not match their encoding.

use std::io::Read as _;
use std::time::Duration;

use bytes::Bytes;
use connectors_client::{Error, ErrorKind, EventStream, JsonLines, ServerSentEvent, api_client};
use connectors_decompression::Encoding;
use futures_util::StreamExt as _;
use support::clock::TestClock;
use support::server::{Reply, Server};

#[api_client]
trait Files {
    #[get("file")]
    async fn file(&self) -> Bytes;

    #[get("events")]
    async fn events(&self) -> EventStream<ServerSentEvent>;

    #[get("lines")]
    async fn lines(&self) -> JsonLines<u32>;
}

/// Text that does not compress to nothing, so that a change breaks it.
fn text() -> Vec<u8> {
    let mut state = 1u64;
    let words = (0..60).map(|_| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:x} ", state >> 44)
    });
    words.collect::<String>().into_bytes()
}

fn encoded(names: &str, body: Vec<u8>) -> Reply {
    Reply::bytes(200, "application/octet-stream", body).header("content-encoding", names)
}

fn files(server: &Server) -> FilesClient {
    let builder = support::client(server.url()).env_proxies(false).clock(TestClock::new());
    FilesClient::new(builder.build().unwrap())
}

/// A server that sends one body after the other.
fn serving(names: &str, bodies: Vec<Vec<u8>>) -> Server {
    Server::start(bodies.into_iter().map(|body| encoded(names, body)).collect::<Vec<_>>())
}

/// Calls once for each body, with one client.
async fn read_all(names: &str, bodies: Vec<Vec<u8>>) -> Vec<Result<Bytes, Error>> {
    let count = bodies.len();
    let server = serving(names, bodies);
    let files = files(&server);
    let mut results = Vec::new();
    for _ in 0..count {
        results.push(files.file().await);
    }
    assert_eq!(server.requests().len(), count, "undecodable responses must not be retried");
    results
}

/// Asserts that the error names the cause and was not retried.
#[track_caller]
fn assert_not_decoded(result: &Result<Bytes, Error>, about: &str) {
    let error = result.as_ref().expect_err(about);
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{about}: {error}");
    assert!(error.may_have_executed(), "{about}");
    assert!(!error.to_string().chars().any(char::is_control), "{about}: {error}");
}

#[tokio::test]
async fn each_encoding_is_requested_and_decoded() {
    for encoding in Encoding::ALL {
        let server = Server::start([encoded(encoding.name(), encoding.compressed(&text()))]);
        assert_eq!(files(&server).file().await.unwrap(), text(), "{encoding:?}");
        let asked = server.request().header("accept-encoding").unwrap().to_owned();
        assert!(asked.split(',').any(|name| name == encoding.name()), "{asked}");
    }
}

/// Returns the body cut at every position.
fn cuts(whole: &[u8]) -> Vec<Vec<u8>> {
    (1..whole.len()).map(|end| whole[..end].to_vec()).collect()
}

/// Returns true if the data are missing or complete. A cut body must never yield a part.
fn is_sound(read: Option<&[u8]>) -> bool {
    read.is_none_or(|read| read == text())
}

/// Control: a decoder that returns what it has at the end of the data, with the same cuts.
#[tokio::test]
async fn a_careless_decoder_accepts_truncated_bodies() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let plain = reqwest::Client::builder().no_proxy().no_gzip().no_brotli().no_deflate().no_zstd();
    let plain = plain.build().unwrap();
    let (mut cut, mut unsound) = (0, 0);
    for encoding in Encoding::ALL {
        let bodies = cuts(&encoding.compressed(&text()));
        let count = bodies.len();
        let server = serving(encoding.name(), bodies);
        for _ in 0..count {
            let body = plain.get(server.url()).send().await.unwrap().bytes().await.unwrap();
            unsound += usize::from(!is_sound(Some(&decoded_as_far_as_it_goes(encoding, &body))));
        }
        cut += count;
    }
    println!("careless: {unsound} of {cut} cuts are taken for the whole");
    assert!(unsound > cut / 2, "{unsound} of {cut}");
}

fn decoded_as_far_as_it_goes(encoding: Encoding, body: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    // Does not check that the data are complete.
    let _ = match encoding {
        Encoding::Gzip => flate2::read::GzDecoder::new(body).read_to_end(&mut data),
        Encoding::Deflate => flate2::read::ZlibDecoder::new(body).read_to_end(&mut data),
        Encoding::Brotli => brotli::Decompressor::new(body, 4096).read_to_end(&mut data),
        Encoding::Zstd => {
            zstd::Decoder::new(body).and_then(|mut decoder| decoder.read_to_end(&mut data))
        }
    };
    data
}

#[tokio::test]
async fn a_truncated_body_is_an_error() {
    for encoding in Encoding::ALL {
        let whole = encoding.compressed(&text());
        for (result, end) in read_all(encoding.name(), cuts(&whole)).await.iter().zip(1..) {
            assert!(is_sound(result.as_deref().ok()), "{encoding:?} cut at {end}");
            assert_not_decoded(result, &format!("{encoding:?} cut at {end} of {}", whole.len()));
        }
    }
}

/// Brotli has no checksum. A changed byte may become other text, which no client can detect.
#[tokio::test]
async fn a_corrupted_body_is_never_wrong_data() {
    for encoding in Encoding::ALL {
        let whole = encoding.compressed(&text());
        let changed = (0..whole.len()).map(|i| {
            let mut body = whole.clone();
            body[i] ^= 0x5a;
            body
        });
        let mut errors = 0;
        for (result, i) in read_all(encoding.name(), changed.collect()).await.iter().zip(0..) {
            let about = format!("{encoding:?} changed at {i}");
            if let Ok(body) = result {
                assert!(encoding == Encoding::Brotli || *body == text(), "{about}: {body:?}");
            } else {
                assert_not_decoded(result, &about);
                errors += 1;
            }
        }
        println!("{encoding:?}: {errors} of {} are errors", whole.len());
        assert!(errors * 4 > whole.len(), "{encoding:?}: {errors} errors of {}", whole.len());
    }
}

#[tokio::test]
async fn a_body_with_another_encoding_is_an_error() {
    for encoding in Encoding::ALL {
        let mut bodies = vec![text(), b"{}".to_vec(), vec![0; 100]];
        let others = Encoding::ALL.into_iter().filter(|other| *other != encoding);
        bodies.extend(others.map(|other| other.compressed(&text())));
        for (result, i) in read_all(encoding.name(), bodies).await.iter().zip(0..) {
            assert_not_decoded(result, &format!("{encoding:?}, {i}"));
        }
    }
}

#[tokio::test]
async fn nested_encodings_are_an_error() {
    for outer in Encoding::ALL {
        for inner in Encoding::ALL {
            let twice = outer.compressed(&inner.compressed(&text()));
            let names = format!("{}, {}", inner.name(), outer.name());
            assert_not_decoded(&read_all(&names, vec![twice.clone()]).await[0], &names);
            // Two headers, which mean the same.
            let reply = encoded(inner.name(), twice).header("content-encoding", outer.name());
            let server = Server::start([reply]);
            assert_not_decoded(&files(&server).file().await, &format!("{names} as two headers"));
        }
    }
}

#[tokio::test]
async fn an_unknown_encoding_is_an_error() {
    for name in ["compress", "x-gzip", "gzip;q=1", "aes128gcm", "gzip gzip"] {
        assert_not_decoded(&read_all(name, vec![text()]).await[0], name);
    }
    for name in ["identity", "Identity", ""] {
        assert_eq!(read_all(name, vec![text()]).await[0].as_ref().unwrap(), &text(), "{name:?}");
    }
}

#[tokio::test]
async fn bytes_after_the_end_are_never_data() {
    for encoding in Encoding::ALL {
        let whole = encoding.compressed(&text());
        let body = [&*whole, b"more"].concat();
        // At the end of the same chunk, or in a second chunk that arrives later.
        let at_once = encoded(encoding.name(), body);
        let first_step = format!("{:x}\r\n\r\n", whole.len()).len() + whole.len();
        let later =
            at_once.clone().chunked([whole.len(), 4]).drip(first_step, Duration::from_millis(30));
        for (when, reply) in [("at once", at_once), ("later", later)] {
            let about = format!("{encoding:?}, {when}");
            let server = Server::start([reply]);
            match files(&server).file().await {
                Ok(body) => {
                    println!("{about}: left out");
                    assert_eq!(body, text(), "{about}");
                }
                result => {
                    println!("{about}: an error");
                    assert_not_decoded(&result, &about);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_broken_stream_yields_its_items_and_an_error() {
    for encoding in Encoding::ALL {
        let events = (0..2000).map(|i| format!("data: {i}\n\n")).collect::<Vec<_>>().concat();
        let whole = encoding.compressed(events.as_bytes());
        let cut = whole[..whole.len() * 3 / 4].to_vec();
        let reply =
            Reply::bytes(200, "text/event-stream", cut).header("content-encoding", encoding.name());
        let server = Server::start([reply]);
        let items: Vec<_> = files(&server).events().await.unwrap().collect().await;
        let (last, before) = items.split_last().unwrap();
        assert_eq!(last.as_ref().unwrap_err().kind(), ErrorKind::Decode, "{encoding:?}");
        assert!(before.len() < 2000 && before.iter().all(Result::is_ok), "{encoding:?}");

        let lines = (0..2000).map(|i| format!("{i}\n")).collect::<Vec<_>>().concat();
        let whole = encoding.compressed(lines.as_bytes());
        let cut = whole[..whole.len() * 3 / 4].to_vec();
        let reply = Reply::bytes(200, "application/x-ndjson", cut)
            .header("content-encoding", encoding.name());
        let server = Server::start([reply]);
        let items: Vec<_> = files(&server).lines().await.unwrap().collect().await;
        let (last, before) = items.split_last().unwrap();
        assert_eq!(last.as_ref().unwrap_err().kind(), ErrorKind::Decode, "{encoding:?}");
        assert!(
            before.iter().zip(0..).all(|(line, i)| line.as_ref().is_ok_and(|line| *line == i)),
            "{encoding:?}"
        );
    }
}
