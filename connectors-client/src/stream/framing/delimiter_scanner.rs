//! Splits a stream of chunks at delimiters of one byte.

use std::mem;

use bytes::{Buf as _, Bytes};

use super::TooLarge;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns the text between delimiters. A byte order mark at the start of the stream is skipped.
pub(super) struct DelimiterScanner {
    /// The unread part of the last chunk.
    unread: Bytes,
    /// The beginning of a text whose end is in a later chunk.
    begun: Vec<u8>,
    limit: usize,
    state: State,
}

enum State {
    /// A byte order mark may follow.
    Start,
    Text,
    TooLarge,
}

impl DelimiterScanner {
    /// Limits a text, together with the bytes that the caller holds, to `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self { unread: Bytes::new(), begun: Vec::new(), limit, state: State::Start }
    }

    /// Adds a chunk. Read the previous one to its end first; otherwise both are copied.
    pub(super) fn push(&mut self, chunk: Bytes) {
        if matches!(self.state, State::TooLarge) {
            return;
        }
        self.unread =
            if self.unread.is_empty() { chunk } else { [&*self.unread, &*chunk].concat().into() };
    }

    /// Takes the bytes up to the next delimiter, and the delimiter; `None` if it has not arrived.
    ///
    /// `find` looks for the delimiter. `held` is the part of the limit that the caller already
    /// uses.
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
        // From here on `held` is within the limit, and `end` within the unread bytes.
        let Some(end) = end else {
            self.keep(self.limit - held);
            return Ok(None);
        };
        let delimiter = self.unread[end];
        let last = self.unread.split_to(end);
        self.skip();
        Ok(Some((self.joined(last), delimiter)))
    }

    /// Returns the first unread byte.
    pub(super) fn first(&self) -> Option<u8> {
        self.unread.first().copied()
    }

    /// Skips the first unread byte, which must exist.
    pub(super) fn skip(&mut self) {
        self.unread.advance(1);
        if self.unread.is_empty() {
            // An empty slice would keep the chunk alive.
            self.unread = Bytes::new();
        }
    }

    /// Takes the text after the last delimiter, at the end of the stream.
    pub(super) fn rest(&mut self) -> Bytes {
        let last = mem::take(&mut self.unread);
        self.joined(last)
    }

    /// Drops everything, now and from now on.
    pub(super) fn fail(&mut self) -> TooLarge {
        *self = Self { state: State::TooLarge, ..Self::new(self.limit) };
        TooLarge { limit: self.limit }
    }

    /// Returns the limit of a text together with the bytes that the caller holds.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// Returns the number of bytes held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        self.unread.len() + self.begun.capacity()
    }

    /// Skips a byte order mark. Returns false while there are too few bytes to recognize one.
    fn is_at_text(&mut self) -> Result<bool, TooLarge> {
        match self.state {
            State::Start
                if self.unread.len() < BYTE_ORDER_MARK.len()
                    && BYTE_ORDER_MARK.starts_with(&self.unread) =>
            {
                return Ok(false);
            }
            State::Start => {
                let mark = if self.unread.starts_with(BYTE_ORDER_MARK) {
                    BYTE_ORDER_MARK.len()
                } else {
                    0
                };
                self.unread.advance(mark);
                self.state = State::Text;
            }
            State::Text => {}
            State::TooLarge => return Err(TooLarge { limit: self.limit }),
        }
        Ok(true)
    }

    /// Copies the beginning of a text and releases the chunk.
    fn keep(&mut self, most: usize) {
        let beginning = mem::take(&mut self.unread);
        self.begun.reserve_exact(growth(
            self.begun.len(),
            self.begun.capacity(),
            beginning.len(),
            most,
        ));
        self.begun.extend_from_slice(&beginning);
    }

    /// Returns the text that ends with `last`.
    fn joined(&mut self, last: Bytes) -> Bytes {
        if self.begun.is_empty() {
            return last;
        }
        let mut text = mem::take(&mut self.begun);
        text.reserve_exact(last.len());
        text.extend_from_slice(&last);
        text.into()
    }
}

/// Returns how much to reserve in a buffer for `more` bytes. The buffer doubles, so that growing
/// costs little, but not beyond `most` unless it has to.
pub(super) fn growth(length: usize, capacity: usize, more: usize, most: usize) -> usize {
    let needed = length + more;
    if needed <= capacity { 0 } else { (2 * capacity).min(most).max(needed) - length }
}
