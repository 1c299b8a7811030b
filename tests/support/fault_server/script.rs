//! The faults of a server, step by step.

use std::time::Duration;

use super::authority::Certificate;

/// A fault of a server.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) entrance: Entrance,
    pub(crate) protocol: Protocol,
    pub(crate) script: Script,
}

/// The fate of a connection attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// The server accepts it.
    Open,
    /// The system refuses it, since no socket listens.
    Refusing,
    /// It is neither accepted nor refused, since the accept queue is full.
    Full,
    /// The system accepts it, but the server never does.
    Queued,
}

/// The protocol spoken on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http,
    /// HTTP/1.1 over TLS with this certificate.
    Https(Certificate),
    /// HTTP/2 over TLS.
    Http2,
    /// The client expects TLS, but the server plays its script without.
    NoTls,
}

impl Fault {
    /// The system refuses connections, since no socket listens.
    pub fn refused() -> Self {
        Self::new(Entrance::Refusing, Protocol::Http, Script::default())
    }

    /// The accept queue is full, so a further connection attempt gets no answer.
    pub fn full_queue() -> Self {
        Self::new(Entrance::Full, Protocol::Http, Script::default())
    }

    /// The system accepts connections, but the server never takes them.
    pub fn never_accepted() -> Self {
        Self::new(Entrance::Queued, Protocol::Http, Script::default())
    }

    /// HTTP/1.1 over TLS with this certificate.
    pub fn https(certificate: Certificate, script: Script) -> Self {
        Self::new(Entrance::Open, Protocol::Https(certificate), script)
    }

    /// HTTP/2 over TLS. The script sends every frame of the server, also the first.
    pub fn http2(script: Script) -> Self {
        Self::new(Entrance::Open, Protocol::Http2, script)
    }

    /// The client starts a TLS handshake, and the server plays its script in plain TCP.
    pub fn instead_of_tls(script: Script) -> Self {
        Self::new(Entrance::Open, Protocol::NoTls, script)
    }

    /// Returns the number of requests that one run of the script executes.
    pub fn executes(&self) -> usize {
        self.script.steps.iter().filter(|step| matches!(step, Step::Execute)).count()
    }

    /// Returns true if the script ends the connection after its other steps.
    pub fn ends_the_connection(&self) -> bool {
        matches!(self.script.steps.last(), Some(Step::Close | Step::Reset))
    }

    /// Returns true if the client uses TLS.
    pub fn has_tls(&self) -> bool {
        self.protocol != Protocol::Http
    }

    fn new(entrance: Entrance, protocol: Protocol, script: Script) -> Self {
        Self { entrance, protocol, script }
    }
}

impl From<Script> for Fault {
    fn from(script: Script) -> Self {
        Self::new(Entrance::Open, Protocol::Http, script)
    }
}

/// The steps on a connection. A script starts with the connection, or when its previous run ends.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Peek,
    ReadBytes(usize),
    ReadRequest,
    /// Reads and executes a request if it arrives in time.
    ExecuteWithin(Duration),
    Execute,
    Send(Vec<u8>),
    /// Sends bytes that depend on the HTTP/2 stream of the last request that was read.
    SendOnStream(fn(u32) -> Vec<u8>),
    SendEndlessly(Vec<u8>, Duration),
    Drip(Vec<u8>, Duration),
    Wait(Duration),
    Close,
    Reset,
    Stall,
}

impl Script {
    /// Starts as soon as the connection is open, before a byte is read.
    pub fn at_once() -> Self {
        Self::default()
    }

    /// Starts when the first byte of a request has arrived, but reads nothing.
    pub fn before_reading() -> Self {
        Self::default().then(Step::Peek)
    }

    /// Starts by reading a request in full and executing it.
    pub fn executed() -> Self {
        Self::received().then(Step::Execute)
    }

    /// Starts by reading a request in full, without executing it.
    pub fn received() -> Self {
        Self::default().then(Step::ReadRequest)
    }

    /// Starts by reading this many bytes of a request, which is never read in full.
    pub fn after_bytes(count: usize) -> Self {
        Self::default().then(Step::ReadBytes(count))
    }

    /// Reads one more request in full, without executing it.
    pub fn read_request(self) -> Self {
        self.then(Step::ReadRequest)
    }

    /// Waits this long for one more request, and executes it if it arrives.
    pub fn execute_within(self, time: Duration) -> Self {
        self.then(Step::ExecuteWithin(time))
    }

    /// Executes the last request that was read.
    pub fn execute(self) -> Self {
        self.then(Step::Execute)
    }

    /// Sends these bytes in one write.
    pub fn send(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then(Step::Send(bytes.into()))
    }

    /// Sends HTTP/2 frames that depend on the stream of the last request that was read.
    pub fn send_on_stream(self, frames: fn(u32) -> Vec<u8>) -> Self {
        self.then(Step::SendOnStream(frames))
    }

    /// Sends these bytes one by one, with a pause after each.
    pub fn drip(self, bytes: impl Into<Vec<u8>>, pause: Duration) -> Self {
        self.then(Step::Drip(bytes.into(), pause))
    }

    /// Sends these bytes repeatedly, with a pause after each time, until the client disconnects.
    pub fn send_endlessly(self, bytes: impl Into<Vec<u8>>, pause: Duration) -> Self {
        self.then(Step::SendEndlessly(bytes.into(), pause))
    }

    /// Does nothing for a while.
    pub fn wait(self, pause: Duration) -> Self {
        self.then(Step::Wait(pause))
    }

    /// Closes the connection gracefully (FIN).
    pub fn close(self) -> Self {
        self.then(Step::Close)
    }

    /// Resets the connection (RST), shortly after earlier data has been sent.
    pub fn reset(self) -> Self {
        self.then(Step::Reset)
    }

    /// Keeps the connection open and does nothing more.
    pub fn stall(self) -> Self {
        self.then(Step::Stall)
    }

    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}
