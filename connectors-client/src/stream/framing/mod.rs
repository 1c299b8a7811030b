//! From chunks to items: where each item of a stream begins and ends.

pub(crate) mod delimiter_scanner;
pub(crate) mod json_sequence;
pub(crate) mod lines;
mod pending_event;
pub(crate) mod server_sent_events;
pub(crate) mod utf8;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

/// Finds items in chunks.
pub(crate) trait Framing {
    type Item;

    /// Adds a chunk, when [`next`](Self::next) has nothing more to give.
    fn push(&mut self, chunk: Bytes);

    /// The next item; `None` where more is needed for it.
    fn next(&mut self) -> Result<Option<Self::Item>, TooLarge>;

    /// What is left at the end of the stream.
    fn finish(&mut self) -> Result<End<Self::Item>, TooLarge>;

    /// The text of an item.
    fn text(item: &Self::Item) -> &Bytes;

    /// What a new connection is told: the last id.
    #[expect(clippy::unnecessary_literal_bound, reason = "who has an id lends it")]
    fn last_event_id(&self) -> &str {
        ""
    }

    /// How long the server asks to wait before a new connection.
    fn reconnection_time(&self) -> Option<Duration> {
        None
    }

    /// Forgets an item that is not complete, before a new connection.
    fn reset(&mut self) {}
}

/// What is left at the end of a stream.
pub(crate) enum End<I> {
    /// An item; there may be more.
    Item(I),
    /// Nothing.
    Complete,
    /// A part of an item.
    Cut,
}

/// An item of a stream is larger than the limit. The stream cannot be read on: where the item ends is not known.
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
