//! Blocking clients do not hold each other up, even if a body stream or a callback blocks.

use std::convert::Infallible;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use connectors_client::{
    Body, Error, ErrorKind, Part, RequestOptions, Text, TransportError, api_client,
};
use futures_util::{Stream, StreamExt as _};
use http_body_util::StreamBody;
use support::server::{Reply, Server};
use tokio::io::{AsyncRead, ReadBuf};

use crate::plain_reqwest;

#[api_client]
trait Files {
    #[put("files")]
    async fn put(&self, #[body] content: Body) -> Text;

    #[post("forms", multipart)]
    async fn form(&self, file: Part) -> Text;

    #[get("files")]
    async fn get(&self) -> Text;
}

/// How long a body blocks.
const LONG: Duration = Duration::from_secs(10);
pub(crate) const LIMIT: Duration = Duration::from_secs(3);

fn server() -> Server {
    Server::answer(|_| Reply::text(200, "text/plain", "ok"))
}

fn files(server: &Server) -> BlockingFilesClient {
    let builder = support::client(server.url()).env_proxies(false).max_retries(0);
    BlockingFilesClient::new(builder.timeout(Duration::from_secs(60)).build().unwrap())
}

/// Blocks, and says that it began to.
pub(crate) fn block(began: &mpsc::Sender<()>) {
    let _ = began.send(());
    thread::sleep(LONG);
}

/// A reader that blocks before its end.
struct Slow(mpsc::Sender<()>);

impl Read for Slow {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        block(&self.0);
        Ok(0)
    }
}

impl AsyncRead for Slow {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        block(&self.0);
        Poll::Ready(Ok(()))
    }
}

/// A stream that blocks before its second chunk.
fn stream(began: mpsc::Sender<()>) -> impl Stream<Item = Result<Bytes, Infallible>> + Send {
    futures_util::stream::iter([false, true]).map(move |blocks| {
        if blocks {
            block(&began);
        }
        Ok(Bytes::from_static(b"chunk"))
    })
}

type Upload = fn(&BlockingFilesClient, mpsc::Sender<()>, RequestOptions) -> Result<Text, Error>;

/// Every place where a call runs code of the caller's that may block.
const UPLOADS: [(&str, Upload); 7] = [
    ("stream", |files, began, options| {
        files.put(Body::from_stream(stream(began))).options(options).send()
    }),
    ("reader", |files, began, options| {
        files.put(Body::from_reader(Slow(began))).options(options).send()
    }),
    ("blocking reader", |files, began, options| {
        files.put(Body::from_blocking_reader(Slow(began))).options(options).send()
    }),
    ("http body", |files, began, options| {
        let frames = stream(began).map(|chunk| {
            let Ok(chunk) = chunk;
            Ok::<_, TransportError>(hyper::body::Frame::data(chunk))
        });
        files.put(Body::stream(StreamBody::new(frames))).options(options).send()
    }),
    ("part", |files, began, options| {
        files.form(Part::new(Body::from_stream(stream(began)))).options(options).send()
    }),
    ("upload progress", |files, began, options| {
        files.put(Body::from("data")).options(options.on_upload(move |_| block(&began))).send()
    }),
    ("function", |files, began, options| {
        let function = move || Body::from_stream(stream(began.clone()));
        files.put(Body::from_fn(function)).options(options).send()
    }),
];

/// Returns true if each of three calls ends within its timeout. Our client and the control share this
/// check.
pub(crate) fn other_calls_end(call: impl Fn() -> bool) -> bool {
    let started = Instant::now();
    (0..3).all(|_| call()) && started.elapsed() < LONG
}

#[test]
fn blocking_bodies_do_not_hold_up_other_calls() {
    let server = server();
    let (files, other) = (&files(&server), files(&server));
    let (sender, began) = mpsc::channel();
    thread::scope(|scope| {
        let uploads = UPLOADS.map(|(name, upload)| {
            let sender = sender.clone();
            (name, scope.spawn(move || upload(files, sender, RequestOptions::new())))
        });
        for _ in 0..UPLOADS.len() {
            began.recv().unwrap();
        }
        assert!(other_calls_end(|| {
            let got = other.get().options(RequestOptions::new().timeout(LIMIT)).send();
            got.unwrap().as_str() == "ok"
        }));
        for (name, upload) in uploads {
            assert_eq!(upload.join().unwrap().unwrap().as_str(), "ok", "{name}");
        }
    });
}

/// Control: one thread for all blocking calls, as in programs that keep a runtime for them.
#[test]
fn a_runtime_of_one_thread_is_held_up() {
    let server = server();
    let (sender, began) = mpsc::channel();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    let client = plain_reqwest::plain();
    let frames = stream(sender).map(|chunk| chunk.map(hyper::body::Frame::data));
    let body = reqwest::Body::wrap(StreamBody::new(frames));
    let upload = client.put(server.url() + "/files").body(body);
    let upload = runtime.spawn(async { upload.send().await });
    began.recv().unwrap();
    let ends = other_calls_end(|| {
        let call = client.get(server.url() + "/files").timeout(LIMIT);
        runtime.block_on(runtime.spawn(async { call.send().await })).unwrap().is_ok()
    });
    runtime.block_on(upload).unwrap().unwrap();
    println!("careless: other calls end within their timeout: {ends}");
    assert!(!ends);
}

#[test]
fn a_timeout_ends_a_call_whose_own_body_blocks() {
    let server = server();
    let files = &files(&server);
    let (sender, _began) = mpsc::channel();
    thread::scope(|scope| {
        for (name, upload) in UPLOADS {
            let sender = sender.clone();
            scope.spawn(move || {
                let started = Instant::now();
                let error =
                    upload(files, sender, RequestOptions::new().timeout(LIMIT)).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Timeout, "{name}: {error}");
                assert!(started.elapsed() < LONG, "{name}: {:?}", started.elapsed());
            });
        }
    });
}

/// Gives its data in small reads, and is interrupted in between.
struct Text3(usize);

impl Read for Text3 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0 += 1;
        match self.0 {
            2 => Err(io::ErrorKind::Interrupted.into()),
            1 | 3 => {
                buffer[..3].copy_from_slice(b"abc");
                Ok(3)
            }
            _ => Ok(0),
        }
    }
}

#[tokio::test]
async fn a_blocking_reader_is_sent_in_chunks() {
    let server = server();
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let files = FilesClient::new(client);
    files.put(Body::from_blocking_reader(Text3(0))).await.unwrap();
    assert_eq!(server.request().body, b"abcabc");
    assert_eq!(server.request().header("transfer-encoding"), Some("chunked"));

    let broken = Body::from_blocking_reader(Text3(0)).with_length(7);
    let error = files.put(broken).await.unwrap_err();
    assert!(error.to_string().contains("the body ended 1 bytes before its length of 7"), "{error}");
}

#[tokio::test]
async fn a_blocking_reader_does_not_hold_up_its_runtime() {
    let server = server();
    let client = support::client(server.url()).env_proxies(false).timeout(LIMIT).build().unwrap();
    let files = FilesClient::new(client);
    let (sender, _began) = mpsc::channel();
    let started = Instant::now();
    let (put, got) = tokio::join!(
        files.put(Body::from_blocking_reader(Slow(sender))).send(),
        files.get().send()
    );
    assert_eq!(put.unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(got.unwrap().as_str(), "ok");
    assert!(started.elapsed() < LONG, "{:?}", started.elapsed());
}
