//! Properties of every stream: chunks never affect the items, the standard's own cases pass, and
//! memory is bounded.

mod cutting;
mod events;
mod lines;
mod memory;
mod plain;
mod random;
mod reading;
mod vectors;

use bytes::Bytes;

use reading::{read_lines, take_all};

use super::framing::TooLarge;
use super::framing::lines::{Line, Lines};
use super::framing::server_sent_events::{ServerSentEvent, ServerSentEvents};

/// A limit that no stream in these tests reaches.
const AMPLE: usize = 1 << 20;

/// All events of a stream, and its state at the end.
#[derive(Debug, Default, PartialEq)]
struct Events {
    items: Vec<ServerSentEvent>,
    failure: Option<TooLarge>,
    last_event_id: Option<String>,
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
    all.last_event_id = stream.last_event_id().map(str::to_owned);
    all.retry_ms = stream.reconnection_time().map(|time| time.as_millis());
    all.is_unfinished = stream.finish();
    all
}
