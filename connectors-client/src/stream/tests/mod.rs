//! What holds for every stream: that the cutting never shows, that the standard's own cases pass, and what is held.

mod cutting;
mod events;
mod lines;
mod memory;
mod plain;
mod random;
mod reading;
mod sequences;
mod vectors;

use bytes::Bytes;

use reading::{read_lines, read_records, take_all};

use super::framing::TooLarge;
use super::framing::json_sequence::{JsonSequence, Record};
use super::framing::lines::{Line, Lines};
use super::framing::server_sent_events::{ServerSentEvent, ServerSentEvents};

/// A limit that no stream here reaches.
const AMPLE: usize = 1 << 20;

/// All that a stream of events gives.
#[derive(Debug, Default, PartialEq)]
struct Events {
    items: Vec<ServerSentEvent>,
    failure: Option<TooLarge>,
    last_event_id: String,
    retry_ms: Option<u128>,
    is_unfinished: bool,
}

fn read_events<'a>(limit: usize, chunks: impl IntoIterator<Item = &'a [u8]>) -> Events {
    let mut stream = ServerSentEvents::new(limit);
    let mut all = Events::default();
    for chunk in chunks {
        stream.push(Bytes::copy_from_slice(chunk));
        all.failure = take_all(&mut all.items, || stream.next());
        if all.failure.is_some() {
            break;
        }
    }
    all.last_event_id = stream.last_event_id().to_owned();
    all.retry_ms = stream.reconnection_time().map(|time| time.as_millis());
    all.is_unfinished = stream.finish();
    all
}
