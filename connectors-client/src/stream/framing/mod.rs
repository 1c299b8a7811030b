//! Finds where each item of a stream begins and ends.

pub(crate) mod array_items;
pub(crate) mod delimiter_scanner;
pub(crate) mod lines;
mod pending_event;
pub(crate) mod server_sent_events;
mod utf8;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

/// Finds items in chunks.
pub(crate) trait Framing {
    type Item;

    /// Adds a chunk, after [`next`](Self::next) has returned `None`.
    fn push(&mut self, chunk: Bytes);

    /// Returns the next item; `None` if it needs more of the stream.
    fn next(&mut self) -> Result<Option<Self::Item>, TooLarge>;

    /// Returns the rest of the stream after its last chunk.
    fn finish(&mut self) -> Result<Remainder<Self::Item>, TooLarge>;

    /// Returns the text of an item.
    fn text(item: &Self::Item) -> &[u8];

    /// Returns true if the item is data, and not text around the items.
    fn is_data(_: &Self::Item) -> bool {
        true
    }

    /// Returns true if the item may say that the call has failed.
    fn may_fail(_: &Self::Item) -> bool {
        true
    }

    /// Returns the last event id to send on a new connection, if the stream has one.
    fn last_event_id(&self) -> Option<&str> {
        None
    }

    /// Returns how long the server asks to wait before a new connection.
    fn reconnection_time(&self) -> Option<Duration> {
        None
    }

    /// Forgets an incomplete item, before a new connection.
    fn reset(&mut self) {}
}

/// The rest of a stream after its last chunk.
pub(crate) enum Remainder<I> {
    /// An item. More items may follow.
    Item(I),
    /// Nothing.
    None,
    /// A part of an item.
    Partial,
}

/// An item of a stream is larger than the limit. Its end is not known, so that reading cannot
/// continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLarge {
    /// The limit, in bytes.
    pub(crate) limit: usize,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an item of the stream is larger than {} bytes", self.limit)
    }
}

impl std::error::Error for TooLarge {}
