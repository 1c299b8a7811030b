//! Servers for connections of any kind: TCP, TLS, or a Unix socket.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use support::fault_server::http2::frame;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server that answers every request with 204.
#[derive(Clone, Default)]
pub(crate) struct Server {
    /// Number of headers of a response.
    pub(crate) headers: usize,
    /// The heads of HTTP/1 requests.
    pub(crate) heads: Arc<Mutex<Vec<String>>>,
    pub(crate) connections: Arc<AtomicUsize>,
    pub(crate) requests: Arc<AtomicUsize>,
    pub(crate) pings: Arc<AtomicUsize>,
    /// If set, HTTP/2 requests are not answered.
    pub(crate) is_silent: bool,
    /// If set, nothing is read any more.
    pub(crate) is_dead: Arc<AtomicBool>,
    /// The address of the last client.
    pub(crate) peer: Arc<Mutex<Option<SocketAddr>>>,
}

impl Server {
    pub(crate) async fn http(&self) -> SocketAddr {
        self.listen(None).await
    }

    pub(crate) async fn https(&self, config: Arc<ServerConfig>) -> SocketAddr {
        self.listen(Some(config)).await
    }

    async fn listen(&self, config: Option<Arc<ServerConfig>>) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, peer)) = listener.accept().await {
                *server.peer.lock().unwrap() = Some(peer);
                server.connections.fetch_add(1, Ordering::SeqCst);
                let (server, config) = (server.clone(), config.clone());
                tokio::spawn(async move {
                    let Some(config) = config else { return server.http1(stream).await };
                    let Ok(stream) = TlsAcceptor::from(config).accept(stream).await else { return };
                    if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                        server.http2(stream).await;
                    } else {
                        server.http1(stream).await;
                    }
                });
            }
        });
        address
    }

    async fn http1(&self, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
        while let Some(head) = head(&mut stream).await {
            self.heads.lock().unwrap().push(head);
            self.requests.fetch_add(1, Ordering::SeqCst);
            let mut answer = "HTTP/1.1 204 No Content\r\n".to_owned();
            for number in 0..self.headers {
                write!(answer, "x-{number}: v\r\n").unwrap();
            }
            answer.push_str("\r\n");
            if stream.write_all(answer.as_bytes()).await.is_err() {
                break;
            }
        }
    }

    async fn http2(&self, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
        let _ = self.frames(&mut stream).await;
    }

    async fn frames(
        &self,
        stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    ) -> std::io::Result<()> {
        const HEADERS: u8 = 1;
        const SETTINGS: u8 = 4;
        const PING: u8 = 6;
        stream.read_exact(&mut [0; 24]).await?;
        stream.write_all(&frame(SETTINGS, 0, 0, &[])).await?;
        loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head).await?;
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; usize::try_from(length).unwrap()];
            stream.read_exact(&mut payload).await?;
            let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
            if self.is_dead.load(Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            match head[3] {
                SETTINGS if head[4] & 1 == 0 => {
                    stream.write_all(&frame(SETTINGS, 1, 0, &[])).await?;
                }
                PING if head[4] & 1 == 0 => {
                    self.pings.fetch_add(1, Ordering::SeqCst);
                    stream.write_all(&frame(PING, 1, 0, &payload)).await?;
                }
                HEADERS => {
                    self.requests.fetch_add(1, Ordering::SeqCst);
                    if !self.is_silent {
                        stream.write_all(&frame(HEADERS, 5, id, &self.fields())).await?;
                    }
                }
                _ => {}
            }
            stream.flush().await?;
        }
    }

    /// Returns the block of `:status: 204` and the headers.
    fn fields(&self) -> Vec<u8> {
        let mut block = vec![0x89];
        for number in 0..self.headers {
            let name = format!("x-{number}");
            block.extend([0, u8::try_from(name.len()).unwrap()]);
            block.extend(name.bytes());
            block.extend([1, b'v']);
        }
        block
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Returns the heads of the requests since the last time.
    pub(crate) fn take_heads(&self) -> Vec<String> {
        std::mem::take(&mut self.heads.lock().unwrap())
    }
}

/// Reads the head of a request.
pub(crate) async fn head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8(head).unwrap())
}
