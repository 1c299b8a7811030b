//! The framing of streams, included from the library.

#[path = "../../../connectors-client/src/stream/cutter.rs"]
mod cutter;
#[path = "../../../connectors-client/src/stream/json_sequence.rs"]
pub(crate) mod json_sequence;
#[path = "../../../connectors-client/src/stream/lines.rs"]
pub(crate) mod lines;
#[path = "../../../connectors-client/src/stream/pending_event.rs"]
mod pending_event;
#[path = "../../../connectors-client/src/stream/server_sent_events.rs"]
pub(crate) mod server_sent_events;
#[path = "../../../connectors-client/src/stream/utf8.rs"]
mod utf8;

/// The only type these modules import from above, as in `connectors-client/src/stream.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLarge {
    pub(crate) limit: usize,
}
