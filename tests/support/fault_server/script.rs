//! What a server does wrong, step by step.

use std::time::Duration;

use super::authority::Certificate;

/// A way to fail.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) entrance: Entrance,
    pub(crate) protocol: Protocol,
    pub(crate) script: Script,
}

/// What becomes of a connection that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// It is accepted.
    Open,
    /// It is refused, since nobody listens.
    Refusing,
    /// It is neither accepted nor refused, since too many wait already.
    Full,
    /// The system accepts it, the server never does.
    Queued,
}

/// What is spoken once a connection is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http,
    /// Over TLS, with this certificate.
    Https(Certificate),
    /// HTTP/2 over TLS.
    Http2,
    /// The server should speak TLS, but plays its script without.
    NoTls,
}

impl Fault {
    /// Nobody listens.
    pub fn refused() -> Self {
        Self::new(Entrance::Refusing, Protocol::Http, Script::default())
    }

    /// So many connections wait to be accepted that the next is left without an answer.
    pub fn full_queue() -> Self {
        Self::new(Entrance::Full, Protocol::Http, Script::default())
    }

    /// A connection can be made, but the server does not take it.
    pub fn never_accepted() -> Self {
        Self::new(Entrance::Queued, Protocol::Http, Script::default())
    }

    /// HTTP/1.1 over TLS with this certificate.
    pub fn https(certificate: Certificate, script: Script) -> Self {
        Self::new(Entrance::Open, Protocol::Https(certificate), script)
    }

    /// HTTP/2 over TLS. The server's first frame is the script's business, as is everything else it sends.
    pub fn http2(script: Script) -> Self {
        Self::new(Entrance::Open, Protocol::Http2, script)
    }

    /// The client begins a TLS handshake, and the server plays its script below it.
    pub fn instead_of_tls(script: Script) -> Self {
        Self::new(Entrance::Open, Protocol::NoTls, script)
    }

    /// How many requests one go through the script executes.
    pub fn executes(&self) -> usize {
        self.script.steps.iter().filter(|step| matches!(step, Step::Execute)).count()
    }

    /// Whether the server ends the connection behind all else.
    pub fn ends_the_connection(&self) -> bool {
        matches!(self.script.steps.last(), Some(Step::Close | Step::Reset))
    }

    /// Whether a connection begins with TLS, or should.
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

/// What happens on a connection, from its beginning or from the end of the script before it on.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Peek,
    ReadBytes(usize),
    ReadRequest,
    /// A request is read and executed if it comes in time.
    ExecuteWithin(Duration),
    Execute,
    Send(Vec<u8>),
    /// Bytes that depend on the number of the HTTP/2 stream of the request that was read last.
    SendOnStream(fn(u32) -> Vec<u8>),
    SendEndlessly(Vec<u8>, Duration),
    Drip(Vec<u8>, Duration),
    Wait(Duration),
    Close,
    Reset,
    Stall,
}

impl Script {
    /// Begins with what happens once the connection is there, before a byte is read.
    pub fn at_once() -> Self {
        Self::default()
    }

    /// Begins once something of a request is there, of which nothing is read.
    pub fn before_reading() -> Self {
        Self::default().then(Step::Peek)
    }

    /// Begins with a request that is read whole and executed.
    pub fn executed() -> Self {
        Self::received().then(Step::Execute)
    }

    /// Begins with a request that is read whole; the server does not act on it.
    pub fn received() -> Self {
        Self::default().then(Step::ReadRequest)
    }

    /// Begins with so many bytes of a request, which is never read whole.
    pub fn after_bytes(count: usize) -> Self {
        Self::default().then(Step::ReadBytes(count))
    }

    /// Reads one more request whole, without acting on it.
    pub fn read_request(self) -> Self {
        self.then(Step::ReadRequest)
    }

    /// Waits so long for one more request, and acts on it if it comes.
    pub fn execute_within(self, time: Duration) -> Self {
        self.then(Step::ExecuteWithin(time))
    }

    /// Acts on the request that was read last.
    pub fn execute(self) -> Self {
        self.then(Step::Execute)
    }

    /// Sends these bytes in one piece.
    pub fn send(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then(Step::Send(bytes.into()))
    }

    /// Sends frames of HTTP/2 that depend on the stream of the request that was read last.
    pub fn send_on_stream(self, frames: fn(u32) -> Vec<u8>) -> Self {
        self.then(Step::SendOnStream(frames))
    }

    /// Sends these bytes one by one with a pause after each.
    pub fn drip(self, bytes: impl Into<Vec<u8>>, pause: Duration) -> Self {
        self.then(Step::Drip(bytes.into(), pause))
    }

    /// Sends these bytes again and again, with a pause after each time, until the client is gone.
    pub fn send_endlessly(self, bytes: impl Into<Vec<u8>>, pause: Duration) -> Self {
        self.then(Step::SendEndlessly(bytes.into(), pause))
    }

    /// Does nothing for a while.
    pub fn wait(self, pause: Duration) -> Self {
        self.then(Step::Wait(pause))
    }

    /// Ends the connection as it should be ended (FIN).
    pub fn close(self) -> Self {
        self.then(Step::Close)
    }

    /// Breaks the connection off (RST), a moment after what was sent before has gone out.
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
