//! Lifetime of the server, from a free port on loopback to its drop.

use std::future::IntoFuture;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::store::Store;
use super::{router, samples};

const FREE_PORT: u16 = 0;

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    /// The other end resolves when this sender is dropped.
    _alive: oneshot::Sender<()>,
}

impl Server {
    /// Starts a server with an empty store on a free port of 127.0.0.1, as a task of the current
    /// runtime.
    pub async fn start() -> io::Result<Self> {
        Self::listen(FREE_PORT, Store::default()).await
    }

    /// Starts a server with a few connectors: `wiki`, `handbook`, which is not authorized,
    /// `tickets`, which is not active, and `archive`, which always fails. Port 0 is any free port.
    pub async fn start_with_samples(port: u16) -> io::Result<Self> {
        Self::listen(port, samples::store()).await
    }

    async fn listen(port: u16, store: Store) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let (alive, dropped) = oneshot::channel::<()>();
        let stop = async {
            dropped.await.ok();
        };
        tokio::spawn(
            axum::serve(listener, router(store)).with_graceful_shutdown(stop).into_future(),
        );
        Ok(Self { address, _alive: alive })
    }

    /// Returns its URL, for example `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}
