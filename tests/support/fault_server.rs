//! A server that fails on demand at any point of a connection, and counts its requests.
//!
//! ```text
//! Fault ── Entrance   the fate of a connection attempt: refused, queued or accepted
//!   ├─ Protocol       HTTP/1.1, with or without TLS, or HTTP/2 over TLS
//!   └─ Script         the steps on a connection: reads, writes and its end
//! ```
//!
//! It speaks bare TCP and can therefore break off within a status line or a frame. A request counts
//! as received after it was read in full, and as executed when the script acts on it, before any
//! byte of the response is sent. After [`FaultServer::heal`], the server answers every request
//! correctly.

pub mod authority;
mod connection;
pub mod http2;
mod script;
mod socket;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener, TcpStream as StdStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc as std_mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use self::connection::Connection;

pub use self::authority::Certificate;
pub(crate) use self::script::{Entrance, Protocol, Step};
pub use self::script::{Fault, Script};

/// Body of every response of the healed server: an object that fits all six operations of the
/// connectors API.
pub const HEALTHY_BODY: &str = r#"{"connectors": [], "connector": {"id": "healthy", "name": "n",
    "created_at": "2024-01-02T03:04:05Z", "updated_at": "2024-01-02T03:04:05Z"},
    "redirect_url": "https://example.com/"}"#;

/// Request id in the responses of the healed server. It tells them apart from those of the fault.
pub const HEALTHY_ID: &str = "healthy";

/// Length of the accept queue, unless the queue has to be full.
const BACKLOG: i32 = 1024;

/// Counts of a server so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Accepted connections.
    pub connections: usize,
    /// Requests read in full.
    pub received: usize,
    /// Requests that the server acted on.
    pub executed: usize,
    /// Bytes written, counted before TLS encrypts them.
    pub sent: usize,
}

/// A running server. Dropping it closes every socket it holds.
pub struct FaultServer {
    port: u16,
    state: Arc<State>,
    control: Option<UnboundedSender<Heal>>,
    thread: Option<JoinHandle<()>>,
    /// Connections that keep the accept queue full.
    _queue: Vec<StdStream>,
}

pub(crate) struct State {
    pub(crate) fault: Fault,
    healed: AtomicBool,
    connections: AtomicUsize,
    received: AtomicUsize,
    executed: AtomicUsize,
    sent: AtomicUsize,
}

impl State {
    // `SeqCst` is stronger than needed, but costs nothing here. The counts order nothing else.
    pub(crate) fn is_healed(&self) -> bool {
        self.healed.load(Ordering::SeqCst)
    }

    pub(crate) fn count_received(&self) {
        self.received.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn count_executed(&self) {
        self.executed.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn count_sent(&self, bytes: usize) {
        self.sent.fetch_add(bytes, Ordering::SeqCst);
    }
}

impl FaultServer {
    /// Starts a server with this fault.
    ///
    /// # Panics
    ///
    /// Panics if no loopback port is free.
    pub fn start(fault: Fault) -> Self {
        let entrance = fault.entrance;
        let socket = bound().expect("a free loopback port");
        let address = socket.local_addr().ok().and_then(|address| address.as_socket());
        let address = address.expect("a bound socket has an address");
        let mut queue = Vec::new();
        match entrance {
            Entrance::Refusing => {}
            Entrance::Open | Entrance::Queued => {
                socket.listen(BACKLOG).expect("a bound socket can listen");
            }
            Entrance::Full => {
                socket.listen(1).expect("a bound socket can listen");
                queue = fill(address);
            }
        }
        let state = Arc::new(State {
            fault,
            healed: AtomicBool::new(false),
            connections: AtomicUsize::new(0),
            received: AtomicUsize::new(0),
            executed: AtomicUsize::new(0),
            sent: AtomicUsize::new(0),
        });
        let (control, commands) = mpsc::unbounded_channel();
        let on_thread = Arc::clone(&state);
        // The server has its own thread, so that blocking clients and single-threaded runtimes can
        // use it.
        let thread = thread::Builder::new()
            .name(format!("faults on port {}", address.port()))
            .spawn(move || {
                let runtime = runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(serve(socket, commands, on_thread));
            })
            .expect("a thread for the server");
        Self {
            port: address.port(),
            state,
            control: Some(control),
            thread: Some(thread),
            _queue: queue,
        }
    }

    /// Returns the base of the server's URLs, without a trailing slash.
    pub fn url(&self) -> String {
        let scheme = if self.state.fault.protocol == Protocol::Http { "http" } else { "https" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// Returns the counts so far.
    pub fn counts(&self) -> Counts {
        let read = |count: &AtomicUsize| count.load(Ordering::SeqCst);
        Counts {
            connections: read(&self.state.connections),
            received: read(&self.state.received),
            executed: read(&self.state.executed),
            sent: read(&self.state.sent),
        }
    }

    /// Heals the server: from now on it listens and answers correctly, also on open connections.
    pub fn heal(&self) {
        self.state.healed.store(true, Ordering::SeqCst);
        let (listening, wait) = std_mpsc::channel();
        if let Some(control) = &self.control
            && control.send(Heal { listening }).is_ok()
        {
            // An error means that the server has stopped. The test notices that it does not answer.
            let _ = wait.recv();
        }
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.control = None;
        if let Some(thread) = self.thread.take() {
            // The thread has printed its own panic. A second panic here could abort the test
            // process.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for FaultServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultServer")
            .field("port", &self.port)
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}

/// A command to heal the server. The server signals when it listens.
struct Heal {
    listening: std_mpsc::Sender<()>,
}

fn bound() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Connects until a connection has to wait. The next one then waits too.
fn fill(address: SocketAddr) -> Vec<StdStream> {
    let mut queue = Vec::new();
    while let Ok(stream) = StdStream::connect_timeout(&address, Duration::from_millis(50)) {
        queue.push(stream);
        assert!(queue.len() < 64, "the accept queue of this system never fills up");
    }
    queue
}

async fn serve(socket: Socket, mut commands: UnboundedReceiver<Heal>, state: Arc<State>) {
    if state.fault.entrance != Entrance::Open {
        let Some(Heal { listening }) = commands.recv().await else { return };
        // If the socket already listens, this lengthens its accept queue.
        socket.listen(BACKLOG).expect("a bound socket can listen");
        let _ = listening.send(());
    }
    let listener =
        TcpListener::from_std(StdListener::from(socket)).expect("a listener for the runtime");
    loop {
        tokio::select! {
            command = commands.recv() => {
                let Some(Heal { listening }) = command else { return };
                let _ = listening.send(());
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    state.connections.fetch_add(1, Ordering::SeqCst);
                    tokio::spawn(Connection::serve(stream, Arc::clone(&state)));
                }
                // The client gave up, or too many files are open. Sleep instead of spinning.
                Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        }
    }
}
