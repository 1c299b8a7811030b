//! A connection to a proxy, whose answer to CONNECT is read along. hyper-util keeps only whether its
//! status is 200.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{self, Context, Poll};

use http::Uri;
use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use tower_service::Service;

use super::connector::{BoxError, Connected, Connection};
use super::stream::Wire;

/// Length of a beginning such as `HTTP/1.1 407`.
const BEGINNING: usize = 12;

/// The status by which a proxy answered CONNECT, once it is known.
pub(super) type Answer = Arc<OnceLock<u16>>;

/// Connects to a proxy and takes note of its answer.
#[derive(Clone)]
pub(super) struct Overhearing<C> {
    pub(super) to_proxy: C,
    pub(super) answer: Answer,
}

impl<C> Service<Uri> for Overhearing<C>
where
    C: Service<Uri, Response: Wire, Error: Into<BoxError>, Future: Send + 'static>,
{
    type Response = Overheard<C::Response>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.to_proxy.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let (connecting, answer) = (self.to_proxy.call(to), Arc::clone(&self.answer));
        Box::pin(async move {
            let wire = connecting.await.map_err(Into::into)?;
            Ok(Overheard { wire, beginning: Vec::with_capacity(BEGINNING), answer })
        })
    }
}

/// A connection whose first bytes are kept.
pub(super) struct Overheard<W> {
    wire: W,
    beginning: Vec<u8>,
    answer: Answer,
}

impl<W> Overheard<W> {
    fn note(&mut self, bytes: &[u8]) {
        self.beginning.extend_from_slice(bytes);
        let status = self.beginning.get(BEGINNING - 3..BEGINNING);
        let status = status.and_then(|digits| str::from_utf8(digits).ok()?.parse().ok());
        if let Some(status) = status {
            self.answer.get_or_init(|| status);
        }
    }
}

impl<W: Wire> Read for Overheard<W> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let missing = BEGINNING.saturating_sub(self.beginning.len()).min(buffer.remaining());
        if missing == 0 {
            return Pin::new(&mut self.wire).poll_read(context, buffer);
        }
        let mut bytes = [0; BEGINNING];
        let mut own = ReadBuf::new(&mut bytes[..missing]);
        task::ready!(Pin::new(&mut self.wire).poll_read(context, own.unfilled()))?;
        buffer.put_slice(own.filled());
        self.note(own.filled());
        Poll::Ready(Ok(()))
    }
}

impl<W: Wire> Write for Overheard<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.wire).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.wire.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.wire).poll_write_vectored(context, bytes)
    }
}

impl<W: Wire> Connection for Overheard<W> {
    fn connected(&self) -> Connected {
        self.wire.connected()
    }
}
