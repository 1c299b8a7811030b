//! A proxy that checks credentials.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::io::{AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::server::head;

/// A proxy for one user. Every host is this machine.
#[derive(Clone)]
pub(crate) struct ProxyServer {
    authorization: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl ProxyServer {
    pub(crate) async fn start(user: &str, password: &str) -> (Self, SocketAddr) {
        let credentials = BASE64_STANDARD.encode(format!("{user}:{password}"));
        let proxy = Self { authorization: format!("Basic {credentials}"), heads: Arc::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = proxy.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let proxy = serving.clone();
                tokio::spawn(async move { proxy.serve(stream).await });
            }
        });
        (proxy, address)
    }

    /// Returns the value that the proxy expects.
    pub(crate) fn authorization(&self) -> &str {
        &self.authorization
    }

    /// Returns the heads of the requests since the last time.
    pub(crate) fn take_heads(&self) -> Vec<String> {
        std::mem::take(&mut self.heads.lock().unwrap())
    }

    async fn serve(&self, mut stream: TcpStream) {
        while let Some(head) = head(&mut stream).await {
            self.heads.lock().unwrap().push(head.clone());
            let given = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("proxy-authorization").then_some(value)
            });
            if given != Some(&self.authorization) {
                let refusal =
                    "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
                let _ = stream.write_all(refusal.as_bytes()).await;
                continue;
            }
            let Some(to) = head.strip_prefix("CONNECT ") else {
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
                continue;
            };
            let port: u16 =
                to.split_once(' ').unwrap().0.rsplit_once(':').unwrap().1.parse().unwrap();
            let mut origin = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            let _ = copy_bidirectional(&mut stream, &mut origin).await;
            return;
        }
    }
}
