//! One connection: the server plays its script on it until it is healed.

use std::future;
use std::io;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::http2::{self, Http2};
use super::socket::Socket;
use super::{Certificate, HEALTHY_BODY, HEALTHY_ID, Protocol, State, Step};

pub(super) struct Connection {
    socket: Socket,
    state: Arc<State>,
    /// State of the HTTP/2 connection, if it is one.
    http2: Option<Http2>,
    /// HTTP/2 stream of the last request that was read.
    stream: u32,
}

/// The next step after a script.
enum Next {
    /// Plays the script again for the next request.
    Request,
    Close,
    Reset,
}

impl Connection {
    /// Serves until the client or the server ends the connection. Errors here are left to the
    /// client to report.
    pub(super) async fn serve(stream: TcpStream, state: Arc<State>) {
        // Otherwise the kernel would merge dripped bytes into fewer segments.
        let _ = stream.set_nodelay(true);
        if let Ok(connection) = Self::open(stream, state).await {
            let _ = connection.run().await;
        }
    }

    async fn open(stream: TcpStream, state: Arc<State>) -> io::Result<Self> {
        let healed = state.is_healed();
        let socket = match state.fault.protocol {
            Protocol::Http => Socket::plain(stream),
            Protocol::NoTls if !healed => Socket::plain(stream),
            Protocol::Http2 => Socket::tls(stream, Certificate::Good, b"h2").await?,
            Protocol::Https(certificate) if !healed => {
                Socket::tls(stream, certificate, b"http/1.1").await?
            }
            Protocol::Https(_) | Protocol::NoTls => {
                Socket::tls(stream, Certificate::Good, b"http/1.1").await?
            }
        };
        let http2 = (state.fault.protocol == Protocol::Http2).then(Http2::default);
        Ok(Self { socket, state, http2, stream: 0 })
    }

    async fn run(mut self) -> io::Result<()> {
        loop {
            let next = if self.state.is_healed() {
                self.read_request().await?;
                self.answer().await?;
                Next::Request
            } else {
                self.play().await?
            };
            match next {
                Next::Request => {}
                Next::Close => return self.socket.close().await,
                Next::Reset => return self.socket.reset().await,
            }
        }
    }

    async fn play(&mut self) -> io::Result<Next> {
        let state = Arc::clone(&self.state);
        for step in &state.fault.script.steps {
            match step {
                Step::Peek => self.socket.peek().await?,
                Step::ReadBytes(count) => drop(self.socket.read_exactly(*count).await?),
                Step::ReadRequest => {
                    self.read_request().await?;
                    // The server may have been healed while the connection was open.
                    if state.is_healed() {
                        self.answer().await?;
                        return Ok(Next::Request);
                    }
                }
                Step::ExecuteWithin(time) => {
                    if let Ok(read) = timeout(*time, self.read_request()).await {
                        read?;
                        state.count_executed();
                    }
                }
                Step::Execute => state.count_executed(),
                Step::Send(bytes) => self.write(bytes).await?,
                Step::SendOnStream(frames) => {
                    let frames = frames(self.stream);
                    self.write(&frames).await?;
                }
                Step::SendEndlessly(bytes, pause) => loop {
                    self.write(bytes).await?;
                    // Without a pause, other connections still need their turn.
                    tokio::task::yield_now().await;
                    if !pause.is_zero() {
                        sleep(*pause).await;
                    }
                },
                Step::Drip(bytes, pause) => {
                    for byte in bytes {
                        self.write(std::slice::from_ref(byte)).await?;
                        sleep(*pause).await;
                    }
                }
                Step::Wait(pause) => sleep(*pause).await,
                Step::Close => return Ok(Next::Close),
                Step::Reset => return Ok(Next::Reset),
                Step::Stall => future::pending().await,
            }
        }
        // An empty script would be played forever.
        if state.fault.script.steps.is_empty() { Ok(Next::Close) } else { Ok(Next::Request) }
    }

    async fn read_request(&mut self) -> io::Result<()> {
        match &mut self.http2 {
            Some(http2) => self.stream = http2.read_request(&mut self.socket).await?,
            None => read_request(&mut self.socket).await?,
        }
        self.state.count_received();
        Ok(())
    }

    /// Executes the last request that was read, and answers it correctly.
    async fn answer(&mut self) -> io::Result<()> {
        self.state.count_executed();
        let reply = if self.http2.is_some() {
            http2::reply(self.stream, HEALTHY_ID, HEALTHY_BODY)
        } else {
            let length = HEALTHY_BODY.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\nx-request-id: {HEALTHY_ID}\r\ncontent-length: {length}\r\n"
            );
            format!("{head}content-type: application/json\r\n\r\n{HEALTHY_BODY}").into_bytes()
        };
        self.write(&reply).await
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.socket.write(bytes).await?;
        self.state.count_sent(bytes.len());
        Ok(())
    }
}

/// Reads an HTTP/1.1 request. Its body, if any, must have a declared length.
async fn read_request(socket: &mut Socket) -> io::Result<()> {
    let head = socket.read_to(b"\r\n\r\n").await?;
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    // A request with other framing would be misread and miscounted.
    if head.contains("\r\ntransfer-encoding:") {
        return Err(io::Error::other("the fault server takes no chunked requests"));
    }
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    socket.read_exactly(length.unwrap_or(0)).await?;
    Ok(())
}
