//! Server-sent events: `text/event-stream`, by section 9.2 of the HTML standard.
//!
//! The numbers below are sections of <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use std::mem;
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use memchr::{memchr, memchr2};

use super::TooLarge;
use super::delimiter_scanner::DelimiterScanner;
use super::pending_event::{Data, Kept, PendingEvent};
use super::utf8::Utf8Bytes;

/// The type of an event that names none (9.2.6).
const MESSAGE: Utf8Bytes = Utf8Bytes::from_static("message");

/// A server-sent event.
///
/// It shares the memory that it came in: keeping it for long keeps up to a chunk of the stream beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerSentEvent {
    /// Its type; `message` where the stream names none.
    pub(crate) event: Utf8Bytes,
    /// Its lines of data, joined by LF.
    pub(crate) data: Utf8Bytes,
    /// The last id that this event or one before it has; empty where there was none.
    pub(crate) id: Utf8Bytes,
    /// How long to wait before connecting again, where the stream has said so until now.
    pub(crate) retry: Option<Duration>,
}

/// Finds the events of a stream.
///
/// ```text
/// push(chunk) → next() → Some(event), Some(event), None → push(chunk) → .. → finish()
/// ```
///
/// The limit is for the lines of one event, whatever they say, and the last id, which every event carries; comments
/// count only while they have not ended. Data of several lines may take up twice its size while it grows.
pub(crate) struct ServerSentEvents {
    cutter: DelimiterScanner,
    /// An LF that comes next belongs to the line end before it.
    is_after_carriage_return: bool,
    pending: PendingEvent,
    last_event_id: Kept,
    reconnection_time: Option<Duration>,
}

impl ServerSentEvents {
    /// Reads events of up to so many bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            cutter: DelimiterScanner::new(limit),
            is_after_carriage_return: false,
            pending: PendingEvent::default(),
            last_event_id: Kept::default(),
            reconnection_time: None,
        }
    }

    /// Adds a chunk, when [`next`](Self::next) has nothing more to give of the one before.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        self.cutter.push(chunk);
    }

    /// The next event; `None` where more of the stream is needed for it.
    pub(crate) fn next(&mut self) -> Result<Option<ServerSentEvent>, TooLarge> {
        while let Some(line) = self.next_line()? {
            if !line.is_empty() {
                self.read(line)?;
            } else if let Some(event) = self.dispatch() {
                return Ok(Some(event));
            }
        }
        self.pending.detach();
        self.last_event_id.detach();
        Ok(None)
    }

    /// Ends the stream, when [`next`](Self::next) has nothing more to give. An event without its empty line is discarded
    /// (9.2.6); returns whether there was one, or a line without its end that is no comment.
    pub(crate) fn finish(&mut self) -> bool {
        let line = self.cutter.rest();
        let event = mem::take(&mut self.pending);
        !event.is_empty() || line.first().is_some_and(|first| *first != b':')
    }

    /// The last id of the events until now, dispatched or without data: what `Last-Event-ID` says when connecting again
    /// (9.2.4). Empty where there was none.
    pub(crate) fn last_event_id(&self) -> &str {
        self.last_event_id.text.as_str()
    }

    /// How long to wait before connecting again, where the stream has said so; also without an event.
    pub(crate) fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time
    }

    /// Forgets an event that is not complete, for a new connection, which goes on with the last id.
    pub(crate) fn reset(&mut self) {
        self.cutter = DelimiterScanner::new(self.cutter.limit());
        self.is_after_carriage_return = false;
        self.pending = PendingEvent::default();
    }

    /// How many bytes are held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        self.cutter.buffered() + self.pending.buffered() + self.last_event_id.text.as_bytes().len()
    }

    /// Takes a line, which ends in CRLF, LF or CR (9.2.5). One with a CR is there before it is known what follows, as
    /// that may be a long time coming.
    fn next_line(&mut self) -> Result<Option<Bytes>, TooLarge> {
        if self.is_after_carriage_return
            && let Some(first) = self.cutter.first()
        {
            self.is_after_carriage_return = false;
            if first == b'\n' {
                self.cutter.skip();
            }
        }
        let line = self.cutter.take(self.held(), |text| memchr2(b'\n', b'\r', text))?;
        Ok(line.map(|(line, end)| {
            self.is_after_carriage_return = end == b'\r';
            line
        }))
    }

    fn held(&self) -> usize {
        self.pending.size + self.last_event_id.text.as_bytes().len()
    }

    /// Processes a field (9.2.6).
    fn read(&mut self, line: Bytes) -> Result<(), TooLarge> {
        let length = line.len();
        let Some((name, value)) = field(line) else {
            return Ok(());
        };
        self.pending.size += length;
        match name {
            Name::Data => {
                let line = self.decode(value)?;
                self.pending.add_data(line, self.cutter.limit());
            }
            Name::Event => self.pending.event = Some(Kept::of_chunk(self.decode(value)?)),
            Name::Id if memchr(0, &value).is_some() => {}
            Name::Id => self.pending.id = Some(Kept::of_chunk(self.decode(value)?)),
            Name::Retry => self.reconnection_time = milliseconds(&value).or(self.reconnection_time),
            Name::Unknown => {}
        }
        Ok(())
    }

    /// The standard decodes the whole stream and then looks for lines and fields. The other way round comes to the same:
    /// what delimits them is ASCII, which ends any sequence before it, valid or not.
    fn decode(&mut self, value: Bytes) -> Result<Utf8Bytes, TooLarge> {
        let length = value.len();
        let room = self.cutter.limit().saturating_sub(self.held());
        let Some(text) = Utf8Bytes::decode(value, length + room) else {
            return Err(self.cutter.fail());
        };
        self.pending.size += text.as_bytes().len().saturating_sub(length);
        Ok(text)
    }

    /// Dispatches the event (9.2.6), unless it has no data.
    fn dispatch(&mut self) -> Option<ServerSentEvent> {
        let PendingEvent { data, event, id, .. } = mem::take(&mut self.pending);
        if let Some(id) = id {
            self.last_event_id = id;
        }
        Some(ServerSentEvent {
            data: data.map(Data::into_text)?,
            event: event
                .map(|event| event.text)
                .filter(|name| !name.as_bytes().is_empty())
                .unwrap_or(MESSAGE),
            id: self.last_event_id.text.clone(),
            retry: self.reconnection_time,
        })
    }
}

enum Name {
    Data,
    Event,
    Id,
    Retry,
    Unknown,
}

impl Name {
    fn of(name: &[u8]) -> Self {
        match name {
            b"data" => Self::Data,
            b"event" => Self::Event,
            b"id" => Self::Id,
            b"retry" => Self::Retry,
            _ => Self::Unknown,
        }
    }
}

/// The name and value of a line's field, or `None` for a comment (9.2.6).
fn field(mut line: Bytes) -> Option<(Name, Bytes)> {
    let colon = memchr(b':', &line);
    let name = match colon {
        Some(0) => return None,
        Some(colon) => Name::of(&line[..colon]),
        None => Name::of(&line),
    };
    line.advance(colon.map_or(line.len(), |colon| colon + 1));
    if line.first() == Some(&b' ') {
        line.advance(1);
    }
    Some((name, line))
}

/// A time in milliseconds, of digits only. One beyond all measure is the longest there is. The standard's words would
/// also fit no digits at all, which browsers ignore, and so do its tests.
fn milliseconds(digits: &[u8]) -> Option<Duration> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let add = |number: u64, digit: &u8| number.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
    Some(Duration::from_millis(digits.iter().fold(0, add)))
}
