//! Reading a response body into memory.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::Body as _;

use crate::body::Body;
use crate::error::TransportError;

/// A response body that is read into memory. As a future it ends when the body has.
pub(super) struct Received {
    body: Body,
    chunks: Chunks,
    length: usize,
    max: usize,
    /// The declared length of the body, limited by `MAX_BELIEVED`, or 0 if it is unknown.
    expected: usize,
}

/// Maximum capacity reserved for a declared length before the data arrives, in bytes.
const MAX_BELIEVED: usize = 1024 * 1024;

/// Maximum number of chunks kept without copying. Each chunk, even of one byte, keeps the
/// transport's buffer alive that it is part of.
const MAX_KEPT: usize = 16;

/// The chunks of a body. A single chunk, the common case, is not copied. A few chunks are copied
/// once, after the last one.
enum Chunks {
    One(Bytes),
    Few(Vec<Bytes>),
    Many(BytesMut),
}

/// The reason why reading ended early.
pub(super) enum End {
    Full,
    Broken(TransportError),
}

impl Received {
    pub(super) fn new(body: Body, max: usize) -> Self {
        let length = body.size_hint().exact().and_then(|length| usize::try_from(length).ok());
        let expected = length.unwrap_or_default().min(max).min(MAX_BELIEVED);
        Self { body, chunks: Chunks::One(Bytes::new()), length: 0, max, expected }
    }

    fn push(&mut self, mut data: Bytes) -> Result<(), End> {
        // The subtraction cannot underflow: all data passes here, so `length` never exceeds `max`.
        let room = self.max - self.length;
        let full = data.len() > room;
        data.truncate(room);
        self.length += data.len();
        match &mut self.chunks {
            Chunks::One(first) if first.is_empty() => *first = data,
            Chunks::One(first) => self.chunks = Chunks::Few(vec![std::mem::take(first), data]),
            Chunks::Few(few) if few.len() < MAX_KEPT => few.push(data),
            Chunks::Few(few) => {
                let capacity = if self.expected == 0 {
                    self.length * 2
                } else {
                    self.expected.max(self.length)
                };
                let mut all = joined(few, capacity);
                all.extend_from_slice(&data);
                self.chunks = Chunks::Many(all);
            }
            Chunks::Many(all) => all.extend_from_slice(&data),
        }
        if full { Err(End::Full) } else { Ok(()) }
    }

    /// Returns what was received so far, and the maximum.
    pub(super) fn into_bytes(self) -> (Bytes, usize) {
        let bytes = match self.chunks {
            Chunks::One(first) => first,
            Chunks::Few(few) => joined(&few, self.length).freeze(),
            Chunks::Many(all) => all.freeze(),
        };
        (bytes, self.max)
    }
}

impl Future for Received {
    type Output = Result<(), End>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), End>> {
        while let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(context)) {
            if let Ok(data) = frame.map_err(End::Broken)?.into_data() {
                self.push(data)?;
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// Joins all chunks in a buffer of this capacity.
fn joined(chunks: &[Bytes], capacity: usize) -> BytesMut {
    let mut all = BytesMut::with_capacity(capacity);
    for chunk in chunks {
        all.extend_from_slice(chunk);
    }
    all
}
