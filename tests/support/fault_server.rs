//! A server that fails as it is told, at any point of a connection, and counts what it did.
//!
//! ```text
//! Fault ── Entrance   what becomes of a connection that is asked for: refused, queued, accepted
//!   ├─ Protocol       HTTP/1.1, the same over TLS, or HTTP/2 over TLS
//!   └─ Script         what is read and sent on it, and how it ends
//! ```
//!
//! It speaks bare TCP, so that it can break off within a status line or a frame. A request counts as received once it was
//! read whole, and as executed once the script says that the server acts on it, which comes before any byte of its
//! answer. [`FaultServer::heal`] has it answer all that comes from then on as it should.

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

/// What the healthy server answers to each of the connectors API's six operations: an object that fits all of them.
pub const HEALTHY_BODY: &str = r#"{"connectors": [], "connector": {"id": "healthy", "name": "n",
    "created_at": "2024-01-02T03:04:05Z", "updated_at": "2024-01-02T03:04:05Z"},
    "redirect_url": "https://example.com/"}"#;

/// The id of requests that the healthy server answered, so that a reply of the fault is not taken for one of its own.
pub const HEALTHY_ID: &str = "healthy";

/// The most connections that wait to be accepted, where the queue is not to be full.
const BACKLOG: i32 = 1024;

/// What a server did so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Connections that were accepted.
    pub connections: usize,
    /// Requests that were read whole.
    pub received: usize,
    /// Requests that were acted on.
    pub executed: usize,
    /// Bytes that were written, below TLS and beyond it counted alike.
    pub sent: usize,
}

/// A running server; dropping it closes every socket it holds.
pub struct FaultServer {
    port: u16,
    state: Arc<State>,
    control: Option<UnboundedSender<Heal>>,
    thread: Option<JoinHandle<()>>,
    /// What fills the queue of a server whose queue is full.
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
    // The counts are read where the client has the reply or waits for them, and order nothing else; but `SeqCst` costs
    // nothing here and leaves no question.
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
    /// Starts a server that fails like this.
    ///
    /// # Panics
    ///
    /// When no loopback port can be had.
    pub fn start(fault: Fault) -> Self {
        let entrance = fault.entrance;
        let socket = bound().expect("a free loopback port");
        let address = socket.local_addr().ok().and_then(|address| address.as_socket());
        let address = address.expect("a bound socket has an address");
        let mut queue = Vec::new();
        match entrance {
            Entrance::Refusing => {}
            Entrance::Open | Entrance::Queued => socket.listen(BACKLOG).expect("a bound socket can listen"),
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
        // A thread of its own: blocking clients and runtimes of one thread use the server too.
        let thread = thread::Builder::new()
            .name(format!("faults on port {}", address.port()))
            .spawn(move || {
                let runtime = runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(serve(socket, commands, on_thread));
            })
            .expect("a thread for the server");
        Self { port: address.port(), state, control: Some(control), thread: Some(thread), _queue: queue }
    }

    /// The base of the server's URLs, without a slash at the end.
    pub fn url(&self) -> String {
        let scheme = if self.state.fault.protocol == Protocol::Http { "http" } else { "https" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// What the server did so far.
    pub fn counts(&self) -> Counts {
        let read = |count: &AtomicUsize| count.load(Ordering::SeqCst);
        Counts {
            connections: read(&self.state.connections),
            received: read(&self.state.received),
            executed: read(&self.state.executed),
            sent: read(&self.state.sent),
        }
    }

    /// From now on the server listens and answers as it should, also on the connections that are open.
    pub fn heal(&self) {
        self.state.healed.store(true, Ordering::SeqCst);
        let (listening, wait) = std_mpsc::channel();
        if let Some(control) = &self.control
            && control.send(Heal { listening }).is_ok()
        {
            // An error means that the server is gone; the test will see that it does not answer.
            let _ = wait.recv();
        }
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.control = None;
        if let Some(thread) = self.thread.take() {
            // A panic on the thread was printed by the thread; a second one here could abort the tests.
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

/// The server is to be well; it says when it listens.
struct Heal {
    listening: std_mpsc::Sender<()>,
}

fn bound() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Connects until a connection has to wait: then the next one waits too.
fn fill(address: SocketAddr) -> Vec<StdStream> {
    let mut queue = Vec::new();
    while let Ok(stream) = StdStream::connect_timeout(&address, Duration::from_millis(50)) {
        queue.push(stream);
        assert!(queue.len() < 64, "this system's queues of connections are never full");
    }
    queue
}

async fn serve(socket: Socket, mut commands: UnboundedReceiver<Heal>, state: Arc<State>) {
    if state.fault.entrance != Entrance::Open {
        let Some(Heal { listening }) = commands.recv().await else { return };
        // Also where it listens already: this makes its queue longer.
        socket.listen(BACKLOG).expect("a bound socket can listen");
        let _ = listening.send(());
    }
    let listener = TcpListener::from_std(StdListener::from(socket)).expect("a listener for the runtime");
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
                // A client that gave up, or too many open files: neither is worth spinning for.
                Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        }
    }
}
