//! An HTTP/2 server over TLS that leaves requests unprocessed or unanswered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use support::fault_server::{Certificate, authority};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

/// The way in which the server leaves requests unprocessed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Leaves {
    /// It refuses streams beyond this limit.
    Beyond(usize),
    /// It sends GOAWAY with this code after so many requests and ignores later ones, as nginx does.
    After(usize, u8),
    /// It refuses every stream with this code.
    All(u8),
    /// It answers every second request only.
    EverySecond,
}

pub(crate) const REFUSED_STREAM: u8 = 7;
pub(crate) const ENHANCE_YOUR_CALM: u8 = 11;

/// An HTTP/2 server that counts the requests that it executes.
#[derive(Clone)]
pub(crate) struct Server {
    leaves: Leaves,
    acceptor: TlsAcceptor,
    pub(crate) connections: Arc<AtomicUsize>,
    pub(crate) executed: Arc<AtomicUsize>,
    pub(crate) refused: Arc<AtomicUsize>,
}

const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const ACK: u8 = 1;
const END: u8 = 5;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

impl Server {
    pub(crate) async fn start(leaves: Leaves) -> (Self, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Self {
            leaves,
            acceptor: authority::server_config(Certificate::Good, b"h2").into(),
            connections: Arc::default(),
            executed: Arc::default(),
            refused: Arc::default(),
        };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = serving.clone();
                // The client may end the connection at any time.
                tokio::spawn(async move { drop(server.serve(stream).await) });
            }
        });
        (server, address)
    }

    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let stream = self.acceptor.accept(stream).await?;
        self.connections.fetch_add(1, Ordering::SeqCst);
        let (mut reader, mut writer) = tokio::io::split(stream);
        let (frames, mut outgoing) = mpsc::unbounded_channel::<Vec<u8>>();
        let writing = tokio::spawn(async move {
            while let Some(frame) = outgoing.recv().await {
                if writer.write_all(&frame).await.is_err() || writer.flush().await.is_err() {
                    break;
                }
            }
            let _ = writer.shutdown().await;
        });
        reader.read_exact(&mut [0; 24]).await?;
        // Until then clients send as many requests as they like, as on a long way to a server.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let limit = if let Leaves::Beyond(limit) = self.leaves { limit } else { 1000 };
        let limit = u32::try_from(limit).unwrap().to_be_bytes();
        let _ = frames.send(frame(SETTINGS, 0, 0, &[&[0, 3], &limit[..]].concat()));
        let open = Arc::new(AtomicUsize::new(0));
        let (mut requests, mut is_over) = (0, false);
        loop {
            let mut head = [0; 9];
            if is_over && open.load(Ordering::SeqCst) == 0 {
                break;
            }
            match tokio::time::timeout(Duration::from_millis(20), reader.read_exact(&mut head))
                .await
            {
                // Frames are far smaller than a record, so that none is cut off here.
                Err(_) => continue,
                Ok(read) => read?,
            };
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; usize::try_from(length).unwrap()];
            reader.read_exact(&mut payload).await?;
            let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
            match head[3] {
                SETTINGS if head[4] & ACK == 0 => drop(frames.send(frame(SETTINGS, ACK, 0, &[]))),
                PING if head[4] & ACK == 0 => drop(frames.send(frame(PING, ACK, 0, &payload))),
                HEADERS if is_over => {
                    self.refused.fetch_add(1, Ordering::SeqCst);
                }
                HEADERS => {
                    requests += 1;
                    let code = match self.leaves {
                        Leaves::Beyond(limit) if open.load(Ordering::SeqCst) >= limit => {
                            Some(REFUSED_STREAM)
                        }
                        Leaves::All(code) => Some(code),
                        _ => None,
                    };
                    if let Some(code) = code {
                        self.refused.fetch_add(1, Ordering::SeqCst);
                        let _ = frames.send(frame(RST_STREAM, 0, stream, &[0, 0, 0, code]));
                        continue;
                    }
                    let executed = self.executed.fetch_add(1, Ordering::SeqCst);
                    if matches!(self.leaves, Leaves::EverySecond) && executed % 2 == 1 {
                        continue;
                    }
                    open.fetch_add(1, Ordering::SeqCst);
                    let (frames, open) = (frames.clone(), Arc::clone(&open));
                    if let Leaves::After(most, code) = self.leaves
                        && requests == most
                    {
                        is_over = true;
                        let goaway = [&stream.to_be_bytes()[..], &[0, 0, 0, code]].concat();
                        let _ = frames.send(frame(GOAWAY, 0, 0, &goaway));
                    }
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_millis(2)).await;
                        // `:status: 204`, with the ends of headers and stream.
                        let _ = frames.send(frame(HEADERS, END, stream, &[0x89]));
                        open.fetch_sub(1, Ordering::SeqCst);
                    });
                }
                _ => {}
            }
        }
        drop(frames);
        let _ = writing.await;
        // Closing with unread data would reset the connection, and the client would lose responses.
        tokio::io::copy(&mut reader, &mut tokio::io::sink()).await.map(drop)
    }
}

pub(crate) fn client(address: SocketAddr) -> connectors_client::ClientBuilder {
    support::client(format!("https://{address}"))
        .env_proxies(false)
        .root_certificates(authority::pem())
        .connect_timeout(Duration::from_secs(30))
}
