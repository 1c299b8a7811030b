//! A connection, with or without TLS.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::authority::{self, Certificate};

/// A connection and the bytes that were read but not yet used.
pub(super) struct Socket {
    stream: Stream,
    buffer: Vec<u8>,
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Socket {
    pub(super) fn plain(stream: TcpStream) -> Self {
        Self { stream: Stream::Plain(stream), buffer: Vec::new() }
    }

    /// Performs the server's side of a TLS handshake.
    pub(super) async fn tls(
        stream: TcpStream,
        certificate: Certificate,
        protocol: &[u8],
    ) -> io::Result<Self> {
        let acceptor = TlsAcceptor::from(authority::server_config(certificate, protocol));
        let stream = Stream::Tls(Box::new(acceptor.accept(stream).await?));
        Ok(Self { stream, buffer: Vec::new() })
    }

    /// Waits until data can be read.
    pub(super) async fn peek(&mut self) -> io::Result<()> {
        let stream = match &self.stream {
            Stream::Plain(stream) => stream,
            Stream::Tls(stream) => stream.get_ref().0,
        };
        stream.peek(&mut [0]).await.map(drop)
    }

    /// Reads exactly this many bytes.
    pub(super) async fn read_exactly(&mut self, count: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() < count {
            self.read_more().await?;
        }
        Ok(self.buffer.drain(..count).collect())
    }

    /// Reads up to and including this delimiter.
    pub(super) async fn read_to(&mut self, mark: &[u8]) -> io::Result<Vec<u8>> {
        loop {
            if let Some(start) = self.buffer.windows(mark.len()).position(|window| window == mark) {
                return Ok(self.buffer.drain(..start + mark.len()).collect());
            }
            self.read_more().await?;
        }
    }

    async fn read_more(&mut self) -> io::Result<()> {
        let read = match &mut self.stream {
            Stream::Plain(stream) => stream.read_buf(&mut self.buffer).await?,
            Stream::Tls(stream) => stream.read_buf(&mut self.buffer).await?,
        };
        if read == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.stream {
            Stream::Plain(stream) => stream.write_all(bytes).await,
            Stream::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }

    pub(super) async fn close(mut self) -> io::Result<()> {
        match &mut self.stream {
            Stream::Plain(stream) => stream.shutdown().await?,
            // A failing server sends only a FIN, not a `close_notify`.
            Stream::Tls(stream) => stream.get_mut().0.shutdown().await?,
        }
        // Read the rest of the client's data: closing with unread bytes would send a reset.
        while self.read_more().await.is_ok() {
            self.buffer.clear();
        }
        Ok(())
    }

    pub(super) async fn reset(self) -> io::Result<()> {
        // A reset discards unsent data. The client has to receive it first.
        tokio::time::sleep(Duration::from_millis(20)).await;
        match &self.stream {
            Stream::Plain(stream) => stream.set_zero_linger(),
            Stream::Tls(stream) => stream.get_ref().0.set_zero_linger(),
        }
    }
}
