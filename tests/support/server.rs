//! An HTTP/1.1 server on a loopback port, for tests that compare whole requests.
//!
//! It is written on bare TCP for two reasons: it has to misbehave below HTTP, and it has to record
//! the request as it was sent, not as an HTTP library understood it. It is strict: it answers a
//! malformed request with a 400 that gives the reason, and lists it under [`Server::rejected`]
//! instead of [`Server::requests`].

mod connection;
mod recorded;
mod reply;
mod request;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, mpsc as std_mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use self::connection::Connection;

pub use self::recorded::Recorded;
pub use self::reply::Reply;

/// A running server. Dropping it closes every socket it holds.
pub struct Server {
    port: u16,
    shared: Arc<Shared>,
    control: Option<UnboundedSender<StopListening>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that sends the n-th reply to the n-th request, and the last reply from then
    /// on.
    ///
    /// # Panics
    ///
    /// Panics if `replies` is empty or no loopback port is free.
    pub fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        assert!(!replies.is_empty(), "a server needs at least one reply");
        let last = replies.len() - 1;
        Self::run(Box::new(move |index, _| replies[index.min(last)].clone()))
    }

    /// Starts a server that calls `answer` for each reply. All connections wait while it runs.
    ///
    /// # Panics
    ///
    /// Panics if no loopback port is free.
    pub fn answer(answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(Box::new(move |_, request| answer(request)))
    }

    /// Returns the base of the server's URLs, without a trailing slash.
    pub fn url(&self) -> String {
        url(self.port)
    }

    /// Returns the port the server listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the requests received in full so far, in the order of their completion.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.log().requests.clone()
    }

    /// Returns the only request received.
    ///
    /// # Panics
    ///
    /// Panics if the server received no request or more than one.
    pub fn request(&self) -> Recorded {
        let log = self.shared.log();
        // The assertion below may panic, so it must not hold the lock.
        let (requests, rejected) = (log.requests.clone(), log.rejected.clone());
        drop(log);
        let count = requests.len();
        assert!(
            count == 1,
            "expected one request, got {count}: {requests:#?}; rejected: {rejected:?}"
        );
        requests[0].clone()
    }

    /// Returns the reasons why malformed requests were rejected.
    pub fn rejected(&self) -> Vec<String> {
        self.shared.log().rejected.clone()
    }

    /// Returns the number of connections accepted so far. A connection is counted before its first
    /// request is answered.
    pub fn connections(&self) -> usize {
        self.shared.log().connections
    }

    /// Refuses new connections once this method returns. Open connections stay open.
    pub fn stop_listening(&self) {
        let (done, wait) = std_mpsc::channel();
        if let Some(control) = &self.control
            && control.send(StopListening { done }).is_ok()
        {
            // An error means that the server has stopped, so it does not listen either.
            let _ = wait.recv();
        }
    }

    fn run(answer: Box<Answer>) -> Self {
        // The listener is bound here, not on the thread. A client may connect as soon as this
        // returns.
        let listener = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        listener.set_nonblocking(true).expect("a listener can be made non-blocking");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        let shared = Arc::new(Shared { answer, log: Mutex::default() });
        let (control, commands) = mpsc::unbounded_channel();
        let on_thread = Arc::clone(&shared);
        // The server has its own thread, so that tests with any runtime, a paused clock or no
        // runtime can use it.
        let thread = thread::Builder::new()
            .name(format!("server on port {port}"))
            .spawn(move || {
                let runtime = runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(serve(listener, port, commands, on_thread));
            })
            .expect("a thread for the server");
        Self { port, shared, control: Some(control), thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.control = None;
        if let Some(thread) = self.thread.take() {
            // The thread has printed its own panic. A second panic here could abort the test
            // process.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("port", &self.port).finish_non_exhaustive()
    }
}

/// Returns a loopback URL that has no listener for the life of the process.
///
/// # Panics
///
/// Panics if no loopback port is free.
pub fn refused_url() -> String {
    // The port stays bound. A free port could become the port of the next server.
    static TAKEN: OnceLock<TcpSocket> = OnceLock::new();
    let socket = TAKEN.get_or_init(|| take_port(0).expect("a free loopback port"));
    url(socket.local_addr().expect("a bound socket has an address").port())
}

fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// Binds without listening. The system then refuses connections to the port and does not assign it
/// to other sockets.
fn take_port(port: u16) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Connections that outlive their listener still occupy its port.
    socket.set_reuseaddr(port != 0)?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    Ok(socket)
}

type Answer = dyn Fn(usize, &Recorded) -> Reply + Send + Sync;

struct StopListening {
    done: std_mpsc::Sender<()>,
}

struct Shared {
    answer: Box<Answer>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    requests: Vec<Recorded>,
    rejected: Vec<String>,
    connections: usize,
}

impl Shared {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count_connection(&self) -> usize {
        let mut log = self.log();
        log.connections += 1;
        log.connections - 1
    }

    fn record(&self, request: &Recorded) -> Reply {
        let mut log = self.log();
        let index = log.requests.len();
        log.requests.push(request.clone());
        // The test's closure may ask the server for its requests, so the lock is released first.
        drop(log);
        (self.answer)(index, request)
    }

    fn reject(&self, reason: String) {
        self.log().rejected.push(reason);
    }
}

async fn serve(
    listener: StdListener,
    port: u16,
    mut commands: UnboundedReceiver<StopListening>,
    shared: Arc<Shared>,
) {
    let mut listener = Some(TcpListener::from_std(listener).expect("a listener for the runtime"));
    let mut taken = None;
    loop {
        tokio::select! {
            command = commands.recv() => {
                let Some(StopListening { done }) = command else { return };
                listener = None;
                // Keep the port from the servers of other tests if possible. If not, it refuses
                // connections anyway.
                taken = taken.or_else(|| take_port(port).ok());
                let _ = done.send(());
            }
            stream = accept(listener.as_ref()) => {
                let index = shared.count_connection();
                tokio::spawn(Connection::new(stream, index, Arc::clone(&shared)).run());
            }
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> TcpStream {
    let Some(listener) = listener else { return future::pending().await };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            // The client gave up, or too many files are open. Sleep instead of spinning.
            Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
        }
    }
}
