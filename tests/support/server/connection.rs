//! A client connection: reads requests and writes replies.

use std::future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::reply::Ending;
use super::request::{self, Missing};
use super::{Reply, Shared};

pub(super) struct Connection {
    stream: BufReader<TcpStream>,
    index: usize,
    shared: Arc<Shared>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, index: usize, shared: Arc<Shared>) -> Self {
        Self { stream: BufReader::new(stream), index, shared }
    }

    /// Serves until the client or the server ends the connection. Errors here are left to the
    /// client to report.
    pub(super) async fn run(mut self) {
        // Otherwise the kernel would merge the steps of a dripped body into fewer segments.
        let _ = self.stream.get_ref().set_nodelay(true);
        let _ = self.serve().await;
    }

    async fn serve(&mut self) -> io::Result<()> {
        loop {
            let request = match request::read(&mut self.stream, self.index).await {
                Ok(request) => request,
                Err(Missing::Gone) => return Ok(()),
                Err(Missing::Malformed(reason)) => return self.reject(reason).await,
            };
            let reply = self.shared.record(&request);
            self.send(&reply, &request.method).await?;
            match reply.ending {
                Ending::KeepOpen if request::keeps_alive(&request) => {}
                Ending::KeepOpen | Ending::Close => return self.stream.shutdown().await,
                Ending::Reset => return self.reset().await,
                Ending::Stall => future::pending().await,
            }
        }
    }

    async fn reject(&mut self, reason: String) -> io::Result<()> {
        let reply = Reply::text(400, "text/plain", &reason).header("connection", "close");
        self.shared.reject(reason);
        self.send(&reply, "").await?;
        self.stream.shutdown().await
    }

    async fn send(&mut self, reply: &Reply, method: &str) -> io::Result<()> {
        // Even a zero-length sleep takes one tick of the timer.
        if !reply.delay.is_zero() {
            sleep(reply.delay).await;
        }
        let mut bytes = reply.head_bytes();
        let body = reply.body_bytes(method);
        let Some(drip) = &reply.drip else {
            bytes.extend(body);
            return self.write(&bytes).await;
        };
        self.write(&bytes).await?;
        for (index, step) in body.chunks(drip.bytes).enumerate() {
            if index > 0 {
                sleep(drip.pause).await;
            }
            self.write(step).await?;
        }
        Ok(())
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    async fn reset(&mut self) -> io::Result<()> {
        // A reset discards unsent data. The client has to receive it first.
        sleep(Duration::from_millis(20)).await;
        self.stream.get_ref().set_zero_linger()
    }
}
