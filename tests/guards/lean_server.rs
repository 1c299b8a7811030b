//! A server that stores nothing it receives, so that memory, files and connections can be counted.

use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// The answer to a request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Sends these bytes.
    Whole(Arc<[u8]>),
    /// Sends these bytes and closes the connection.
    Last(Arc<[u8]>),
    /// Sends these bytes in chunks of the given size.
    Drip(Arc<[u8]>, usize),
    /// Sends the first bytes, then repeats the second ones the given number of times.
    Again(Arc<[u8]>, Arc<[u8]>, usize),
    /// Sends these bytes, then nothing.
    Stall(Arc<[u8]>),
    /// Resets the connection.
    Reset,
}

/// Returns a response with a JSON body.
pub(crate) fn json(status: u16, headers: &str, body: &str) -> Arc<[u8]> {
    let length = body.len();
    let head = "content-type: application/json\r\n";
    format!("HTTP/1.1 {status} X\r\n{head}{headers}content-length: {length}\r\n\r\n{body}")
        .into_bytes()
        .into()
}

/// Counters of the server.
#[derive(Debug, Default)]
struct Counts {
    requests: AtomicUsize,
    accepted: AtomicUsize,
    open: AtomicUsize,
    /// Number of response bytes.
    written: AtomicUsize,
}

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub(crate) struct LeanServer {
    address: SocketAddr,
    counts: Arc<Counts>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

type Choose = dyn Fn(usize, &str) -> Answer + Send + Sync;

impl LeanServer {
    /// Starts a server. `answer` gets the number of the request and its first line.
    pub(crate) fn start(answer: impl Fn(usize, &str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let counts = Arc::new(Counts::default());
        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = std::sync::mpsc::channel();
        let (answer, seen): (Arc<Choose>, _) = (Arc::new(answer), Arc::clone(&counts));
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                ready.send(()).unwrap();
                tokio::select! {
                    () = serve(listener, &seen, &answer) => {}
                    _ = stopped => {}
                }
            });
        });
        // The server opens no further file of its own after this point.
        is_ready.recv().unwrap();
        Self { address, counts, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the number of requests received.
    pub(crate) fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::SeqCst)
    }

    /// Returns the number of connections accepted.
    pub(crate) fn accepted(&self) -> usize {
        self.counts.accepted.load(Ordering::SeqCst)
    }

    /// Returns the number of open connections.
    pub(crate) fn open(&self) -> usize {
        self.counts.open.load(Ordering::SeqCst)
    }

    /// Returns the number of response bytes that the system accepted.
    pub(crate) fn written(&self) -> usize {
        self.counts.written.load(Ordering::SeqCst)
    }
}

impl Drop for LeanServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(listener: StdListener, counts: &Arc<Counts>, answer: &Arc<Choose>) {
    let listener = TcpListener::from_std(listener).unwrap();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(1)).await;
            continue;
        };
        counts.accepted.fetch_add(1, Ordering::SeqCst);
        counts.open.fetch_add(1, Ordering::SeqCst);
        let (counts, answer) = (Arc::clone(counts), Arc::clone(answer));
        tokio::spawn(async move {
            // The client closed the connection early.
            let _ = connection(stream, &counts, &answer).await;
            counts.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn connection(
    stream: TcpStream,
    counts: &Counts,
    answer: &Arc<Choose>,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(1024, stream);
    let (mut first, mut line) = (String::new(), String::new());
    loop {
        first.clear();
        if stream.read_line(&mut first).await? == 0 {
            return Ok(());
        }
        let mut length = 0;
        loop {
            line.clear();
            stream.read_line(&mut line).await?;
            if line.trim().is_empty() {
                break;
            }
            let header = line.split_once(':').unwrap_or_default();
            if header.0.eq_ignore_ascii_case("content-length") {
                length = header.1.trim().parse().unwrap_or(0);
            }
        }
        let body = tokio::io::copy(&mut (&mut stream).take(length), &mut tokio::io::sink()).await?;
        if body < length {
            return Ok(());
        }
        let number = counts.requests.fetch_add(1, Ordering::SeqCst);
        if !write(&mut stream, counts, answer(number, first.trim())).await? {
            return Ok(());
        }
    }
}

/// Writes an answer. Returns true if the connection stays open.
async fn write(
    stream: &mut BufReader<TcpStream>,
    counts: &Counts,
    answer: Answer,
) -> std::io::Result<bool> {
    match answer {
        Answer::Whole(bytes) => put(stream, counts, &bytes).await?,
        Answer::Last(bytes) => {
            put(stream, counts, &bytes).await?;
            stream.shutdown().await?;
            return Ok(false);
        }
        Answer::Drip(bytes, size) => {
            for piece in bytes.chunks(size) {
                put(stream, counts, piece).await?;
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        Answer::Again(head, piece, times) => {
            put(stream, counts, &head).await?;
            for _ in 0..times {
                put(stream, counts, &piece).await?;
            }
            return Ok(false);
        }
        Answer::Stall(bytes) => {
            put(stream, counts, &bytes).await?;
            // Wait until the client disconnects.
            let _ = stream.read_u8().await;
            return Ok(false);
        }
        Answer::Reset => {
            stream.get_ref().set_zero_linger()?;
            return Ok(false);
        }
    }
    Ok(true)
}

async fn put(
    stream: &mut BufReader<TcpStream>,
    counts: &Counts,
    bytes: &[u8],
) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    counts.written.fetch_add(bytes.len(), Ordering::SeqCst);
    Ok(())
}
