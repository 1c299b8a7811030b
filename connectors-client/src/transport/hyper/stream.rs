//! A connection as hyper reads and writes it.

use std::io;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::task::{self, Context, Poll};

use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
#[cfg(unix)]
use tokio::net::UnixStream;

use super::super::network::liveness::Heard;
#[cfg(unix)]
use super::connector::TokioIo;
use super::connector::{Connected, Connection};

/// The transport below HTTP: TCP, TLS, a tunnel or a Unix socket.
pub(super) trait Wire: Read + Write + Connection + Send + Unpin {}

impl<T: Read + Write + Connection + Send + Unpin> Wire for T {}

/// A connection. `D` is the type of direct ones, which most are. It has room for the state of TLS,
/// and hyper-util's futures hold it several times, so it is boxed.
pub(super) enum Route<D> {
    Direct(Box<D>),
    Other(Box<dyn Wire>),
}

/// A connection that goes on reading after writing has failed. A server that does not want a body may
/// answer and close before it has read all of it. Its response is still in the socket then.
pub(super) struct Stream<D> {
    route: Route<D>,
    /// The error of a write.
    broken: Option<io::Error>,
    multiplexes: bool,
}

impl<D: Wire> Stream<D> {
    pub(super) fn new(route: Route<D>, heard: &Heard) -> Self {
        let mut stream = Self { route, broken: None, multiplexes: false };
        stream.multiplexes = stream.wire_ref().connected().is_negotiated_h2();
        if stream.multiplexes {
            heard.multiplexes.store(true, Ordering::Relaxed);
        }
        stream
    }

    fn wire(&mut self) -> Pin<&mut dyn Wire> {
        match &mut self.route {
            Route::Direct(direct) => Pin::new(&mut **direct),
            Route::Other(other) => Pin::new(&mut **other),
        }
    }

    fn wire_ref(&self) -> &dyn Wire {
        match &self.route {
            Route::Direct(direct) => &**direct,
            Route::Other(other) => &**other,
        }
    }

    /// Returns the result of a write. An error is kept for when reading ends: until then, writing
    /// waits.
    fn written<T>(
        &mut self,
        context: &Context<'_>,
        result: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        match result {
            // HTTP/2 tells all its streams of the error.
            Poll::Ready(Err(error)) if !self.multiplexes => {
                self.broken = Some(error);
                // The next read returns the rest, or this error.
                context.waker().wake_by_ref();
                Poll::Pending
            }
            result => result,
        }
    }
}

impl<D: Wire> Read for Stream<D> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if self.broken.is_some() {
            return self.read_rest(context, buffer);
        }
        self.wire().poll_read(context, buffer)
    }
}

impl<D: Wire> Stream<D> {
    /// Reads after a write has failed. At the end, the error of the write is the result.
    fn read_rest(
        &mut self,
        context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut bytes = [0; 4096];
        let room = buffer.remaining().min(bytes.len());
        // A buffer of its own, because a cursor does not tell how much was read.
        let mut read = ReadBuf::new(&mut bytes[..room]);
        let result = task::ready!(self.wire().poll_read(context, read.unfilled()));
        let is_end = result.is_err() || read.filled().is_empty();
        if let Some(error) = self.broken.take_if(|_| is_end) {
            return Poll::Ready(Err(error));
        }
        buffer.put_slice(read.filled());
        Poll::Ready(result)
    }
}

impl<D: Wire> Write for Stream<D> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.broken.is_some() {
            return Poll::Pending;
        }
        let written = self.wire().poll_write(context, buffer);
        self.written(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.broken.is_some() {
            return Poll::Pending;
        }
        let written = self.wire().poll_flush(context);
        self.written(context, written)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.wire().poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.wire_ref().is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.broken.is_some() {
            return Poll::Pending;
        }
        let written = self.wire().poll_write_vectored(context, buffers);
        self.written(context, written)
    }
}

impl<D: Wire> Connection for Stream<D> {
    /// Leaves out the addresses, which hyper-util would copy into each response.
    fn connected(&self) -> Connected {
        let wire = self.wire_ref().connected();
        let connected = Connected::new().proxy(wire.is_proxied());
        if wire.is_negotiated_h2() { connected.negotiated_h2() } else { connected }
    }
}

/// A connection to a proxy that reads the requests itself, so they name the server (RFC 9112 section
/// 3.2.2).
pub(super) struct Proxied<T>(pub(super) T);

impl<T: Connection> Connection for Proxied<T> {
    fn connected(&self) -> Connected {
        self.0.connected().proxy(true)
    }
}

/// A connection to a Unix socket.
#[cfg(unix)]
pub(super) struct Local(pub(super) TokioIo<UnixStream>);

#[cfg(unix)]
impl Connection for Local {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

/// Reads and writes the connection that a type wraps.
macro_rules! forward {
    ($([$($generics:tt)*] $type:ty),*) => {$(
        impl<$($generics)*> Read for $type {
            fn poll_read(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
                buffer: ReadBufCursor<'_>,
            ) -> Poll<io::Result<()>> {
                Pin::new(&mut self.0).poll_read(context, buffer)
            }
        }

        impl<$($generics)*> Write for $type {
            fn poll_write(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
                buffer: &[u8],
            ) -> Poll<io::Result<usize>> {
                Pin::new(&mut self.0).poll_write(context, buffer)
            }

            fn poll_flush(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
            ) -> Poll<io::Result<()>> {
                Pin::new(&mut self.0).poll_flush(context)
            }

            fn poll_shutdown(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
            ) -> Poll<io::Result<()>> {
                Pin::new(&mut self.0).poll_shutdown(context)
            }
        }
    )*};
}

forward!([T: Read + Write + Unpin] Proxied<T>);
#[cfg(unix)]
forward!([] Local);

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;
    use std::task::{Wake, Waker};

    use super::*;
    use crate::retry::clock::ClientClock;

    /// A server that has answered and closed the connection.
    struct Closed {
        response: &'static [u8],
        /// True if a write is taken and only flushing it fails.
        is_buffered: bool,
    }

    impl Read for Closed {
        fn poll_read(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            mut buffer: ReadBufCursor<'_>,
        ) -> Poll<io::Result<()>> {
            buffer.put_slice(std::mem::take(&mut self.response));
            Poll::Ready(Ok(()))
        }
    }

    impl Write for Closed {
        fn poll_write(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &[u8],
        ) -> Poll<io::Result<usize>> {
            let broken = io::ErrorKind::BrokenPipe.into();
            Poll::Ready(if self.is_buffered { Ok(buffer.len()) } else { Err(broken) })
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    impl Connection for Closed {
        fn connected(&self) -> Connected {
            Connected::new()
        }
    }

    #[derive(Default)]
    struct Wakes(AtomicUsize);

    impl Wake for Wakes {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn read(stream: &mut Stream<Closed>, context: &mut Context<'_>) -> io::Result<Vec<u8>> {
        let mut bytes = [0; 64];
        let mut buffer = ReadBuf::new(&mut bytes);
        match Pin::new(stream).poll_read(context, buffer.unfilled()) {
            Poll::Ready(result) => result.map(|()| buffer.filled().to_vec()),
            Poll::Pending => panic!("reading waits"),
        }
    }

    /// Without the wake-up the task would sleep, although its response has arrived.
    #[test]
    fn a_failed_write_wakes_its_task_to_read_the_response() {
        for is_buffered in [false, true] {
            let woken = Arc::new(Wakes::default());
            let waker = Waker::from(Arc::clone(&woken));
            let mut context = Context::from_waker(&waker);
            let closed = Closed { response: b"HTTP/1.1 413 ", is_buffered };
            let heard = Heard::new(ClientClock::default());
            let mut stream = Stream::new(Route::Direct(Box::new(closed)), &heard);
            let written = Pin::new(&mut stream).poll_write(&mut context, b"body");
            assert_eq!(written.is_pending(), !is_buffered);
            assert!(Pin::new(&mut stream).poll_flush(&mut context).is_pending());
            assert_eq!(woken.0.load(Ordering::SeqCst), 1);
            assert_eq!(read(&mut stream, &mut context).unwrap(), b"HTTP/1.1 413 ");
            let error = read(&mut stream, &mut context).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        }
    }
}
