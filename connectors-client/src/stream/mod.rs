//! Replies that are read while they arrive, as return types.
//!
//! ```text
//! ReplyStream ── Cutter ─┬─ ServerSentEvents   text/event-stream        events     ── Live ── EventStream<T>
//!   chunks,              ├─ Lines              application/x-ndjson     lines      ── Live ── JsonLines<T>
//!   each within          ├─ JsonSequence       application/json-seq     records    ── Live ── JsonLines<T>
//!   the idle limit       └─────────────────────────────────────────────────────────────────── ByteStream
//! ```
//!
//! Framing is apart from decoding, and nothing of it waits or reads: a caller pushes a chunk, takes items until there is
//! none, pushes the next, and finishes.
//!
//! - How a stream is cut into chunks never shows in the items.
//! - An item that lies within one chunk is a slice of it, so that it keeps the chunk alive while it is kept itself.
//!   Otherwise it is copied once. A chunk without items in use is free as soon as it is read.
//! - What is held is an unfinished item up to the limit, and one chunk. Beyond the limit each call says [`TooLarge`].

mod blocking;
mod byte_stream;
mod event_stream;
mod framing;
mod from_event;
mod json_lines;
mod live;
mod next;
#[cfg(test)]
mod tests;

pub use blocking::BlockingItems;
pub use byte_stream::ByteStream;
pub use event_stream::EventStream;
pub use framing::server_sent_events::ServerSentEvent;
pub use from_event::{Event, EventPayload, FromEvent, unknown_event};
pub use json_lines::JsonLines;
pub use next::Next;
