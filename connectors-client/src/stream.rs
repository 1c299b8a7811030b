//! Where the items of a streamed body begin and end; what they mean is for others to decode.
//!
//! ```text
//! chunks ── Cutter ─┬─ ServerSentEvents   text/event-stream        events
//!                   ├─ Lines              application/x-ndjson     lines, with their numbers
//!                   └─ JsonSequence       application/json-seq     records
//! ```
//!
//! Nothing here waits or reads: a caller pushes a chunk, takes items until there is none, pushes the next, and finishes.
//!
//! - How a stream is cut into chunks never shows in the items.
//! - An item that lies within one chunk is a slice of it, so that it keeps the chunk alive while it is kept itself.
//!   Otherwise it is copied once. A chunk without items in use is free as soon as it is read.
//! - What is held is an unfinished item up to the limit, and one chunk. Beyond the limit each call says [`TooLarge`].

mod cutter;
pub(crate) mod from_event;
pub(crate) mod json_sequence;
pub(crate) mod lines;
mod pending_event;
pub(crate) mod server_sent_events;
#[cfg(test)]
mod tests;
pub(crate) mod utf8;

use std::fmt;

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
