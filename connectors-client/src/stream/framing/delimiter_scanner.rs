//! Takes bytes that arrive in chunks apart at marks of one byte.

use std::mem;

use bytes::{Buf as _, Bytes};

use super::TooLarge;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Chunks, cut into pieces. A byte order mark at the very start is left out.
pub(super) struct DelimiterScanner {
    /// What of the chunk is not read yet.
    unread: Bytes,
    /// The beginning of a piece whose end is in a later chunk.
    begun: Vec<u8>,
    limit: usize,
    state: State,
}

enum State {
    /// There may be a byte order mark to come.
    Start,
    Text,
    TooLarge,
}

impl DelimiterScanner {
    /// Limits a piece, together with what the caller holds, to so many bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self { unread: Bytes::new(), begun: Vec::new(), limit, state: State::Start }
    }

    /// Adds a chunk; the one before should have been read to its end, or both are copied.
    pub(super) fn push(&mut self, chunk: Bytes) {
        if matches!(self.state, State::TooLarge) {
            return;
        }
        self.unread = if self.unread.is_empty() { chunk } else { [&*self.unread, &*chunk].concat().into() };
    }

    /// Takes the bytes up to the next mark, and the mark; `None` where it has not come yet.
    ///
    /// `find` looks for the mark. It sees each byte once, in order, so that it can keep a state of its own. `held` is how
    /// much of the limit is used otherwise.
    pub(super) fn take(
        &mut self,
        held: usize,
        find: impl FnOnce(&[u8]) -> Option<usize>,
    ) -> Result<Option<(Bytes, u8)>, TooLarge> {
        if !self.is_at_text()? {
            return Ok(None);
        }
        let end = find(&self.unread);
        let length = self.begun.len() + end.unwrap_or(self.unread.len());
        if held + length > self.limit {
            return Err(self.fail());
        }
        // From here on `held` is within the limit, and `end` within what is unread.
        let Some(end) = end else {
            self.keep(self.limit - held);
            return Ok(None);
        };
        let mark = self.unread[end];
        let last = self.unread.split_to(end);
        self.skip();
        Ok(Some((self.joined(last), mark)))
    }

    /// The first byte of what is not read yet.
    pub(super) fn first(&self) -> Option<u8> {
        self.unread.first().copied()
    }

    /// Passes over the first byte, which has to be there.
    pub(super) fn skip(&mut self) {
        self.unread.advance(1);
        if self.unread.is_empty() {
            // An empty slice would keep the chunk alive.
            self.unread = Bytes::new();
        }
    }

    /// Takes the piece that has no mark, when the stream is at its end and all others were taken.
    pub(super) fn rest(&mut self) -> Bytes {
        let last = mem::take(&mut self.unread);
        self.joined(last)
    }

    /// Drops everything, now and from now on.
    pub(super) fn fail(&mut self) -> TooLarge {
        *self = Self { state: State::TooLarge, ..Self::new(self.limit) };
        TooLarge { limit: self.limit }
    }

    /// The limit of a piece and what the caller holds.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// How many bytes are held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        self.unread.len() + self.begun.capacity()
    }

    /// Passes over a byte order mark; false while there are too few bytes to tell.
    fn is_at_text(&mut self) -> Result<bool, TooLarge> {
        match self.state {
            State::Start
                if self.unread.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(&self.unread) =>
            {
                return Ok(false);
            }
            State::Start => {
                let mark = if self.unread.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
                self.unread.advance(mark);
                self.state = State::Text;
            }
            State::Text => {}
            State::TooLarge => return Err(TooLarge { limit: self.limit }),
        }
        Ok(true)
    }

    /// Copies the beginning of a piece, and lets go of the chunk.
    fn keep(&mut self, most: usize) {
        let beginning = mem::take(&mut self.unread);
        grow(&mut self.begun, beginning.len(), most);
        self.begun.extend_from_slice(&beginning);
    }

    /// The piece that ends so.
    fn joined(&mut self, last: Bytes) -> Bytes {
        if self.begun.is_empty() {
            return last;
        }
        let mut piece = mem::take(&mut self.begun);
        piece.reserve_exact(last.len());
        piece.extend_from_slice(&last);
        piece.into()
    }
}

/// Makes room for more bytes: doubles the buffer, so that growing costs little, but not beyond the most it can become.
pub(super) fn grow(buffer: &mut Vec<u8>, more: usize, most: usize) {
    let needed = buffer.len() + more;
    if needed > buffer.capacity() {
        let capacity = (2 * buffer.capacity()).min(most).max(needed);
        buffer.reserve_exact(capacity - buffer.len());
    }
}
