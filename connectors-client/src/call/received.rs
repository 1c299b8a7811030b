//! A body as far as it was received.

use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;

use crate::body::Body;
use crate::error::TransportError;

/// A body as far as it was received.
pub(super) struct Received {
    pieces: Pieces,
    length: usize,
    max: usize,
    /// Its length, as far as that is believed before it is there; none where it is not known.
    expected: usize,
}

/// How much room is made for what a reply only says that it has.
const MAX_BELIEVED: usize = 1024 * 1024;

/// How many pieces are kept as they come: each keeps the transport's buffer alive that it is a part of, be it of one byte.
const MAX_KEPT: usize = 16;

/// A body of one piece, the common case, is not copied; of a few, each is copied once, when all are there.
enum Pieces {
    One(Bytes),
    Few(Vec<Bytes>),
    Many(BytesMut),
}

/// Why reading ended early.
pub(super) enum End {
    Full,
    Broken(TransportError),
}

impl Received {
    pub(super) fn new(max: usize) -> Self {
        Self { pieces: Pieces::One(Bytes::new()), length: 0, max, expected: 0 }
    }

    pub(super) async fn read(&mut self, mut body: Body) -> Result<(), End> {
        let length = body.size_hint().exact().and_then(|length| usize::try_from(length).ok());
        self.expected = length.unwrap_or_default().min(self.max).min(MAX_BELIEVED);
        while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            if let Ok(data) = frame.map_err(End::Broken)?.into_data() {
                self.push(data)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, mut data: Bytes) -> Result<(), End> {
        // What is held is never more than the limit: all of it has passed here.
        let room = self.max - self.length;
        let full = data.len() > room;
        data.truncate(room);
        self.length += data.len();
        match &mut self.pieces {
            Pieces::One(first) if first.is_empty() => *first = data,
            Pieces::One(first) => self.pieces = Pieces::Few(vec![std::mem::take(first), data]),
            Pieces::Few(few) if few.len() < MAX_KEPT => few.push(data),
            Pieces::Few(few) => {
                let room = if self.expected == 0 { self.length * 2 } else { self.expected.max(self.length) };
                let mut all = joined(few, room);
                all.extend_from_slice(&data);
                self.pieces = Pieces::Many(all);
            }
            Pieces::Many(all) => all.extend_from_slice(&data),
        }
        if full { Err(End::Full) } else { Ok(()) }
    }

    pub(super) fn bytes(self) -> Bytes {
        match self.pieces {
            Pieces::One(first) => first,
            Pieces::Few(few) => joined(&few, self.length).freeze(),
            Pieces::Many(all) => all.freeze(),
        }
    }
}

/// All pieces as one, with room for as much.
fn joined(pieces: &[Bytes], room: usize) -> BytesMut {
    let mut all = BytesMut::with_capacity(room);
    for piece in pieces {
        all.extend_from_slice(piece);
    }
    all
}
