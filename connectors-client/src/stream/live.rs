//! The items of a stream as it arrives: framing, terminators, errors within it, and connecting again.
//!
//! ```text
//! ReplyStream ── chunks ──> Framing ── items ──┬─ a terminator       the end, and the connection is closed
//!                                              ├─ an error object    the call's error
//!                                              └─ anything else      decoded by the stream's type
//! ```

use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::framing::{End, Framing, TooLarge};
use crate::endpoint::matcher;
use crate::error::{Error, ErrorKind};
use crate::response::reply_stream::ReplyStream;

/// A stream of items.
pub(crate) struct Live<F> {
    reply: ReplyStream,
    framing: F,
    state: State,
}

enum State {
    Reading,
    /// The body has ended, and the framing may have items left.
    Finishing,
    Reconnecting,
    Ended,
}

impl<F: Framing> Live<F> {
    pub(crate) fn new(reply: ReplyStream, framing: F) -> Self {
        Self { reply, framing, state: State::Reading }
    }

    /// How often the stream was connected again.
    pub(crate) fn reconnections(&self) -> u32 {
        self.reply.reconnections()
    }

    /// The error of an item that cannot be decoded, and the end unless the endpoint says that the stream goes on.
    pub(crate) fn bad_item(&mut self, what: &str, text: Bytes, error: &serde_json::Error) -> Error {
        if !self.reply.head().endpoint.options.stream.skips_bad_lines {
            self.end();
        }
        crate::response::decode::explain_item(self.reply.head(), what, text, error)
    }

    /// The error of an item whose end is missing, and the end unless there is more behind it and the endpoint says that
    /// the stream goes on.
    pub(crate) fn cut_item(&mut self, text: Bytes) -> Error {
        if !self.reply.head().endpoint.options.stream.skips_bad_lines
            || matches!(self.state, State::Finishing)
        {
            self.end();
        }
        self.reply.head().error(ErrorKind::StreamTruncated, "the stream ended within an item", text)
    }

    pub(crate) fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<F::Item, Error>>> {
        loop {
            match self.state {
                State::Ended => return Poll::Ready(None),
                State::Reading => {
                    if let Some(result) = ready!(self.poll_read(context)) {
                        return Poll::Ready(Some(result));
                    }
                }
                State::Finishing => {
                    if let Some(result) = self.finish() {
                        return Poll::Ready(Some(result));
                    }
                }
                State::Reconnecting => match ready!(self.reply.poll_reconnect(context)) {
                    Ok(true) => self.state = State::Reading,
                    // The server says that there is no more.
                    Ok(false) => self.end(),
                    Err(error) => return self.failed(error),
                },
            }
        }
    }

    /// Reads up to the next item, or up to a change of state.
    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<F::Item, Error>>> {
        // A flood without items, of comments say, must leave others their turn.
        const CHUNKS_IN_A_TURN: usize = 16;
        for _ in 0..CHUNKS_IN_A_TURN {
            match self.framing.next() {
                Ok(Some(item)) => return Poll::Ready(self.take(item)),
                Ok(None) => {}
                Err(error) => {
                    let error = self.too_large(error);
                    return self.failed(error);
                }
            }
            match ready!(self.reply.poll_chunk(context)) {
                Some(Ok(chunk)) => self.framing.push(chunk),
                Some(Err(error)) => return self.interrupted(error),
                None => {
                    self.state = State::Finishing;
                    return Poll::Ready(None);
                }
            }
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }

    /// A stream that breaks off is connected again, or is at its end.
    fn interrupted(&mut self, error: Error) -> Poll<Option<Result<F::Item, Error>>> {
        let may_resume = matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::Timeout);
        if may_resume && self.resume().is_ok() {
            return Poll::Ready(None);
        }
        let error = self.truncated(error);
        self.failed(error)
    }

    /// What is left behind the last chunk.
    fn finish(&mut self) -> Option<Result<F::Item, Error>> {
        let is_cut = match self.framing.finish() {
            Ok(End::Item(item)) => return self.take(item),
            Ok(End::Complete) => false,
            Ok(End::Cut) => true,
            Err(error) => {
                let error = self.too_large(error);
                self.end();
                return Some(Err(error));
            }
        };
        let rules = self.reply.head().endpoint.options.stream;
        let error = match self.resume() {
            Ok(()) => return None,
            Err(why) if rules.resumes => {
                self.truncation(&format!("the stream ended, and is not connected again: {why}"))
            }
            Err(_) if is_cut => self.truncation("the stream ended within an item"),
            // Without a terminator any end between items may be the right one.
            Err(_) if rules.done.is_empty() => {
                self.end();
                return None;
            }
            Err(_) => self.truncation("the stream ended before it said that it was complete"),
        };
        self.end();
        Some(Err(error))
    }

    /// Begins to connect the stream again, or says why not.
    fn resume(&mut self) -> Result<(), &'static str> {
        self.reply.resume(self.framing.last_event_id(), self.framing.reconnection_time())?;
        self.framing.reset();
        self.state = State::Reconnecting;
        Ok(())
    }

    /// Looks at what an item says of the stream.
    fn take(&mut self, item: F::Item) -> Option<Result<F::Item, Error>> {
        let endpoint = self.reply.head().endpoint;
        let text = F::text(&item);
        if let Some(mark) = endpoint.options.stream.done.iter().find(|mark| matcher::matches(mark, text)) {
            self.end();
            // A text that says nothing else is no item.
            return (!matcher::is_text(mark)).then_some(Ok(item));
        }
        if endpoint.options.stream.fails_on.iter().any(|mark| matcher::matches(mark, text)) {
            let error = self.reply.head().reported(text.clone());
            self.end();
            return Some(Err(error));
        }
        self.reply.arrived();
        Some(Ok(item))
    }

    fn end(&mut self) {
        self.state = State::Ended;
        self.reply.close();
    }

    fn failed(&mut self, error: Error) -> Poll<Option<Result<F::Item, Error>>> {
        self.end();
        Poll::Ready(Some(Err(error)))
    }

    fn too_large(&self, error: TooLarge) -> Error {
        self.reply.head().error(ErrorKind::TooLarge, error.to_string(), Bytes::new())
    }

    fn truncation(&self, detail: &str) -> Error {
        self.reply.head().error(ErrorKind::StreamTruncated, detail, Bytes::new())
    }

    /// A connection that breaks before the declared terminator cuts the stream off.
    fn truncated(&self, error: Error) -> Error {
        if error.kind() != ErrorKind::Interrupted || self.reply.head().endpoint.options.stream.done.is_empty()
        {
            return error;
        }
        self.truncation("the connection ended before the stream said that it was complete").with_source(error)
    }
}
