//! Streams as return types: responses that are read while they arrive.
//!
//! ```text
//! ReplyStream ─┬─ ServerSentEvents   text/event-stream       events ── FramedStream ── EventStream<T>
//!   chunks,    ├─ Lines              application/x-ndjson    lines  ── FramedStream ── JsonLines<T>
//!   each within├─ ArrayItems         application/json        items  ── FramedStream ── JsonArray<T>
//!              │
//!   the idle   └────────────────────────────────────────────────────────────────────── ByteStream
//!   timeout
//! ```
//!
//! Framing is separate from decoding, and neither waits nor reads: the caller pushes a chunk, takes
//! items until `None`, pushes the next chunk, and finishes.
//!
//! - The boundaries of chunks never affect the items.
//! - A framing holds one chunk and one unfinished item. An item over the limit is [`TooLarge`], as
//!   is every later call.
//! - A line within one chunk is a slice of that chunk. The text of an event is copied once, so that
//!   an event never keeps a chunk alive.
//!
//! [`TooLarge`]: framing::TooLarge

mod blocking;
mod byte_stream;
mod event_stream;
mod framed_stream;
mod framing;
mod from_event;
mod json_array;
mod json_lines;
mod next;
#[cfg(test)]
mod tests;

pub use blocking::BlockingItems;
pub use byte_stream::ByteStream;
pub use event_stream::EventStream;
pub use framing::server_sent_events::ServerSentEvent;
pub use from_event::{Event, EventPayload, FromEvent, unknown_event};
pub use json_array::JsonArray;
pub use json_lines::JsonLines;
pub use next::Next;
