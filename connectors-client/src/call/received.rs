//! Reading a response body into memory.

use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;

use crate::body::Body;
use crate::error::TransportError;

/// The part of a response body received so far.
pub(super) struct Received {
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
    pub(super) fn new(max: usize) -> Self {
        Self { chunks: Chunks::One(Bytes::new()), length: 0, max, expected: 0 }
    }

    pub(super) async fn read(&mut self, mut body: Body) -> Result<(), End> {
        let length = body.size_hint().exact().and_then(|length| usize::try_from(length).ok());
        self.expected = length.unwrap_or_default().min(self.max).min(MAX_BELIEVED);
        while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await
        {
            if let Ok(data) = frame.map_err(End::Broken)?.into_data() {
                self.push(data)?;
            }
        }
        Ok(())
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

    pub(super) fn bytes(self) -> Bytes {
        match self.chunks {
            Chunks::One(first) => first,
            Chunks::Few(few) => joined(&few, self.length).freeze(),
            Chunks::Many(all) => all.freeze(),
        }
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
