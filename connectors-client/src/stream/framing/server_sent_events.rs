//! Server-sent events: `text/event-stream`, by section 9.2 of the HTML standard.
//!
//! The numbers below are sections of
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use std::borrow::Cow;
use std::mem;
use std::time::Duration;

use bytes::Bytes;
use memchr::{memchr, memchr2};

use super::TooLarge;
use super::delimiter_scanner::DelimiterScanner;
use super::pending_event::PendingEvent;
use super::utf8;

/// The type of an event that names none (9.2.6).
pub(crate) const MESSAGE: &str = "message";

/// A server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerSentEvent {
    /// Its type; `message` if the stream names none.
    pub(crate) event: Cow<'static, str>,
    /// Its lines of data, joined by LF.
    pub(crate) data: String,
    /// The last id of this event or an earlier one; empty if there was none.
    pub(crate) id: String,
    /// Wait before connecting again, if the stream has set it so far.
    pub(crate) retry: Option<Duration>,
}

/// Finds the events of a stream.
///
/// ```text
/// push(chunk) → next() → Some(event), Some(event), None → push(chunk) → .. → finish()
/// ```
///
/// The limit applies to all lines of an event together with the last id, which every event carries.
/// A comment counts only until it ends. While data of several lines grows, it can take up twice its
/// size.
pub(crate) struct ServerSentEvents {
    scanner: DelimiterScanner,
    /// The last line ended in CR, so that an LF that follows belongs to its end.
    is_after_carriage_return: bool,
    pending: PendingEvent,
    /// `None` until an event has an `id` field, which may be empty.
    last_event_id: Option<String>,
    reconnection_time: Option<Duration>,
}

impl ServerSentEvents {
    /// Limits an event to `limit` bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            scanner: DelimiterScanner::new(limit),
            is_after_carriage_return: false,
            pending: PendingEvent::default(),
            last_event_id: None,
            reconnection_time: None,
        }
    }

    /// Adds a chunk, after [`next`](Self::next) has returned `None`.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        self.scanner.push(chunk);
    }

    /// Returns the next event; `None` if it needs more of the stream.
    pub(crate) fn next(&mut self) -> Result<Option<ServerSentEvent>, TooLarge> {
        while let Some(line) = self.next_line()? {
            if !line.is_empty() {
                self.read(&line)?;
            } else if let Some(event) = self.dispatch() {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// Ends the stream, after [`next`](Self::next) has returned `None`. An event without its empty
    /// line is discarded (9.2.6). Returns true if there was one, or if the last line has no end and
    /// is not a comment.
    pub(crate) fn finish(&mut self) -> bool {
        let line = self.scanner.rest();
        let event = mem::take(&mut self.pending);
        !event.is_empty() || line.first().is_some_and(|first| *first != b':')
    }

    /// Returns the last id so far, also of an event without data: the value of `Last-Event-ID` when
    /// connecting again (9.2.4). It is `None` if no event had an `id` field, and empty if an event
    /// cleared it (9.2.6).
    pub(crate) fn last_event_id(&self) -> Option<&str> {
        self.last_event_id.as_deref()
    }

    /// Returns the wait before connecting again, if the stream has set it, also without an event.
    pub(crate) fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time
    }

    /// Forgets an incomplete event, before a new connection. The last id stays.
    pub(crate) fn reset(&mut self) {
        self.scanner = DelimiterScanner::new(self.scanner.limit());
        self.is_after_carriage_return = false;
        self.pending = PendingEvent::default();
    }

    /// Returns the number of bytes held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        self.scanner.buffered()
            + self.pending.buffered()
            + self.last_event_id.as_ref().map_or(0, String::capacity)
    }

    /// Takes a line, which ends in CRLF, LF or CR (9.2.5). A line that ends in CR is returned
    /// before the next byte arrives, since that can take a long time.
    fn next_line(&mut self) -> Result<Option<Bytes>, TooLarge> {
        if self.is_after_carriage_return
            && let Some(first) = self.scanner.first()
        {
            self.is_after_carriage_return = false;
            if first == b'\n' {
                self.scanner.skip();
            }
        }
        let line = self.scanner.take(self.held(), |text| memchr2(b'\n', b'\r', text))?;
        Ok(line.map(|(line, end)| {
            self.is_after_carriage_return = end == b'\r';
            line
        }))
    }

    fn held(&self) -> usize {
        self.pending.size + self.last_event_id.as_ref().map_or(0, String::len)
    }

    /// Processes a field (9.2.6).
    fn read(&mut self, line: &[u8]) -> Result<(), TooLarge> {
        let Some((name, value)) = field(line) else {
            return Ok(());
        };
        self.pending.size += line.len();
        match name {
            b"data" => {
                let line = self.decode(value)?;
                self.pending.add_data(&line, self.scanner.limit());
            }
            b"event" => self.pending.event = Some(self.decode(value)?.into_owned()),
            b"id" if memchr(0, value).is_none() => {
                self.pending.id = Some(self.decode(value)?.into_owned());
            }
            b"retry" => self.reconnection_time = milliseconds(value).or(self.reconnection_time),
            _ => {}
        }
        Ok(())
    }

    /// The standard decodes the whole stream and then looks for lines and fields. The other order
    /// gives the same text: the delimiters are ASCII, and ASCII ends any sequence before it, valid
    /// or not.
    fn decode<'a>(&mut self, value: &'a [u8]) -> Result<Cow<'a, str>, TooLarge> {
        let room = self.scanner.limit().saturating_sub(self.held());
        let Some(text) = utf8::decode(value, value.len() + room) else {
            return Err(self.scanner.fail());
        };
        self.pending.size += text.len().saturating_sub(value.len());
        Ok(text)
    }

    /// Dispatches the event (9.2.6), unless it has no data.
    fn dispatch(&mut self) -> Option<ServerSentEvent> {
        let PendingEvent { data, event, id, .. } = mem::take(&mut self.pending);
        if id.is_some() {
            self.last_event_id = id;
        }
        Some(ServerSentEvent {
            data: data?,
            event: event.filter(|name| !name.is_empty()).map_or(Cow::Borrowed(MESSAGE), Cow::Owned),
            id: self.last_event_id.clone().unwrap_or_default(),
            retry: self.reconnection_time,
        })
    }
}

/// Returns the name and value of a line's field, or `None` for a comment (9.2.6).
fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    match memchr(b':', line) {
        Some(0) => None,
        Some(colon) => {
            let value = &line[colon + 1..];
            Some((&line[..colon], value.strip_prefix(b" ").unwrap_or(value)))
        }
        None => Some((line, b"")),
    }
}

/// Returns a time in milliseconds. All bytes must be digits. A time that is too long for the type
/// becomes the longest one. By the letter of the standard no digits at all would be valid too, but
/// browsers and the standard's own tests ignore that.
fn milliseconds(digits: &[u8]) -> Option<Duration> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let add =
        |number: u64, digit: &u8| number.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
    Some(Duration::from_millis(digits.iter().fold(0, add)))
}
