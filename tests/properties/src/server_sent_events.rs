//! Server-sent events.

use std::mem;
use std::time::Duration;

use bytes::Bytes;

use crate::cuts;
use crate::stream::TooLarge;
use crate::stream::server_sent_events::{ServerSentEvent, ServerSentEvents};

/// A limit that no input reaches.
const AMPLE: usize = 1 << 20;

/// Reads a stream of events; the first byte says the limit, the second how it is cut.
///
/// The events are those of the standard word by word, the same in all cuttings and within the limit; a connection after
/// this one goes on with the last id.
#[allow(clippy::missing_panics_doc, reason = "that is what it is for")]
pub fn server_sent_events(input: &[u8]) {
    let [limit, seed, stream @ ..] = input else { return };
    let whole = read(AMPLE, &[stream]);
    assert_eq!(whole.failure, None);
    let plain = Plain::read(stream);
    let found: Vec<_> = whole
        .events
        .iter()
        .map(|event| [&event.event, &event.data, &event.id].map(|text| text.as_str().to_owned()))
        .collect();
    assert_eq!(found, plain.events);
    assert_eq!(whole.last_event_id, plain.last_event_id);
    assert_eq!(whole.retry, plain.retry);

    let limit = [0, 1, 8, 24, 64, 300, AMPLE][usize::from(*limit) % 7];
    let within = read(limit, &[stream]);
    for event in &within.events {
        let size = event.data.as_bytes().len() + event.id.as_bytes().len();
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

/// A connection that ends anywhere leaves nothing behind but the id and the wait.
fn check_reset(stream: &[u8], seed: u8, whole: &Read) {
    let end = usize::from(seed) % (stream.len() + 1);
    let mut events = ServerSentEvents::new(AMPLE);
    events.push(Bytes::copy_from_slice(&stream[..end]));
    while events.next().is_ok_and(|event| event.is_some()) {}
    let id = events.last_event_id().to_owned();
    events.reset();
    assert_eq!(events.last_event_id(), id);
    events.push(Bytes::copy_from_slice(stream));
    let mut again = Vec::new();
    while let Ok(Some(event)) = events.next() {
        again.push(event.data);
    }
    let first: Vec<_> = whole.events.iter().map(|event| event.data.clone()).collect();
    assert_eq!(again, first);
}

/// All that a stream gives.
#[derive(Debug, Default, PartialEq)]
struct Read {
    events: Vec<ServerSentEvent>,
    failure: Option<TooLarge>,
    last_event_id: String,
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
                    assert_eq!(stream.next(), Err(error), "a stream that is too large stays so");
                    read.failure = Some(error);
                    return read;
                }
            }
        }
    }
    stream.last_event_id().clone_into(&mut read.last_event_id);
    read.retry = stream.reconnection_time();
    read.is_unfinished = stream.finish();
    read
}

/// Section 9.2.6 of the HTML standard, sentence by sentence, over the whole decoded stream.
#[derive(Default)]
struct Plain {
    data: String,
    event: String,
    id: String,
    events: Vec<[String; 3]>,
    last_event_id: String,
    retry: Option<Duration>,
}

impl Plain {
    fn read(stream: &[u8]) -> Self {
        let text = String::from_utf8_lossy(stream);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        let mut this = Self::default();
        let mut lines: Vec<&str> = text.split('\n').collect();
        // What follows the last line end is no line.
        lines.pop();
        for line in lines {
            this.line(line);
        }
        this
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            return self.dispatch();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => self.data.extend([value, "\n"]),
            "event" => value.clone_into(&mut self.event),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        self.last_event_id.clone_from(&self.id);
        let (data, event) = (mem::take(&mut self.data), mem::take(&mut self.event));
        if let Some(data) = data.strip_suffix('\n') {
            let event = if event.is_empty() { "message".to_owned() } else { event };
            self.events.push([event, data.to_owned(), self.id.clone()]);
        }
    }
}
