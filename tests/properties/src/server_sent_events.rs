//! Server-sent events.

use std::time::Duration;

use bytes::Bytes;

use crate::cuts;
use crate::stream::TooLarge;
use crate::stream::server_sent_events::{ServerSentEvent, ServerSentEvents};

#[path = "../../../connectors-client/src/stream/tests/plain.rs"]
mod plain;

use plain::Plain;

/// A limit that no input reaches.
const AMPLE: usize = 1 << 20;

/// Reads a stream of events. The first byte sets the limit, the second the chunks.
///
/// The events are exactly those of the standard, do not depend on the chunks and stay within the
/// limit. A later connection continues with the last id.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn server_sent_events(input: &[u8]) {
    let [limit, seed, stream @ ..] = input else { return };
    let whole = read(AMPLE, &[stream]);
    assert_eq!(whole.failure, None);
    let plain = Plain::read(stream);
    let found: Vec<_> = whole
        .events
        .iter()
        .map(|event| [&*event.event, &event.data, &event.id].map(str::to_owned))
        .collect();
    assert_eq!(found, plain.events);
    assert_eq!(whole.last_event_id.as_deref().unwrap_or_default(), plain.last_event_id);
    assert_eq!(whole.retry, plain.retry);

    let limit = [0, 1, 8, 24, 64, 300, AMPLE][usize::from(*limit) % 7];
    let within = read(limit, &[stream]);
    for event in &within.events {
        let size = event.data.len() + event.id.len();
        assert!(size <= limit, "{event:?} has {size} bytes and the limit is {limit}");
    }
    assert_eq!(within.events, whole.events[..within.events.len()]);
    assert!(within.failure.is_some() || within == whole);
    for chunks in cuts::of(stream, *seed) {
        let cut = read(limit, &chunks);
        assert_eq!((&cut.events, cut.failure), (&within.events, within.failure));
        assert!(cut.failure.is_some() || cut == within, "{cut:?} is not {within:?}");
    }
    check_reset(stream, *seed, &whole);
}

/// A connection keeps only the id and the wait, wherever it ends.
fn check_reset(stream: &[u8], seed: u8, whole: &Read) {
    let end = usize::from(seed) % (stream.len() + 1);
    let mut events = ServerSentEvents::new(AMPLE);
    events.push(Bytes::copy_from_slice(&stream[..end]));
    while events.next().is_ok_and(|event| event.is_some()) {}
    let id = events.last_event_id().map(str::to_owned);
    events.reset();
    assert_eq!(events.last_event_id(), id.as_deref());
    events.push(Bytes::copy_from_slice(stream));
    let mut again = Vec::new();
    while let Ok(Some(event)) = events.next() {
        again.push(event.data);
    }
    let first: Vec<_> = whole.events.iter().map(|event| event.data.clone()).collect();
    assert_eq!(again, first);
}

/// All events and errors of a stream.
#[derive(Debug, Default, PartialEq)]
struct Read {
    events: Vec<ServerSentEvent>,
    failure: Option<TooLarge>,
    last_event_id: Option<String>,
    retry: Option<Duration>,
    is_unfinished: bool,
}

fn read(limit: usize, chunks: &[&[u8]]) -> Read {
    let mut stream = ServerSentEvents::new(limit);
    let mut read = Read::default();
    for chunk in chunks {
        stream.push(Bytes::copy_from_slice(chunk));
        loop {
            match stream.next() {
                Ok(Some(event)) => read.events.push(event),
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(
                        stream.next(),
                        Err(error),
                        "a stream that was too large must stay so"
                    );
                    read.failure = Some(error);
                    return read;
                }
            }
        }
    }
    read.last_event_id = stream.last_event_id().map(str::to_owned);
    read.retry = stream.reconnection_time();
    read.is_unfinished = stream.finish();
    read
}
