//! The items of a stream while it arrives: framing, terminators, errors within it, and
//! reconnecting.
//!
//! ```text
//! ReplyStream ── chunks ──> Framing ── items ──┬─ a terminator       the end; the connection is closed
//!                                              ├─ an error object    the call's error
//!                                              └─ any other item     decoded by the stream's type
//! ```

use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::framing::{Framing, Remainder, TooLarge};
use crate::endpoint::{ItemMatcher, matcher};
use crate::error::{Error, ErrorKind};
use crate::response::reply_stream::{Head, ReplyStream};

/// Data of the last event of many streams.
const DONE: ItemMatcher = ItemMatcher::Text("[DONE]");

/// A stream of items.
pub(crate) struct FramedStream<F> {
    reply: ReplyStream,
    framing: F,
    state: State,
}

enum State {
    Reading,
    /// The body has ended. The framing may still have items.
    Finishing,
    Reconnecting,
    Ended,
}

impl<F: Framing> FramedStream<F> {
    pub(crate) fn new(reply: ReplyStream, framing: F) -> Self {
        Self { reply, framing, state: State::Reading }
    }

    /// Returns how often the stream was connected again.
    pub(crate) fn reconnections(&self) -> u32 {
        self.reply.reconnections()
    }

    /// Returns the error of an item that cannot be decoded. It ends the stream unless the endpoint
    /// skips such items.
    pub(crate) fn invalid_item(
        &mut self,
        what: &str,
        text: Bytes,
        error: &serde_json::Error,
    ) -> Error {
        if !self.reply.head().endpoint.options.stream.skips_invalid_items {
            self.end();
            self.reply.ended(Some(ErrorKind::Decode));
        }
        crate::response::decode::explain_item(self.reply.head(), what, text, error)
    }

    /// Ends the stream at an item that is `[DONE]`, unless the endpoint declares another end. It is
    /// not JSON, and many APIs send it after their last event.
    pub(crate) fn is_done(&mut self, text: &str) -> bool {
        let is_undeclared = self.reply.head().endpoint.options.stream.done.is_empty();
        let is_done = is_undeclared && matcher::matches(&DONE, text.as_bytes());
        if is_done {
            self.end();
            self.reply.ended(None);
        }
        is_done
    }

    /// Returns the error of an item that is cut off at the end of the stream.
    pub(crate) fn partial_item(&mut self, text: Bytes) -> Error {
        self.end();
        self.reply.ended(Some(ErrorKind::StreamTruncated));
        self.reply.head().error(ErrorKind::StreamTruncated, "the stream ended within an item", text)
    }

    /// Returns the head of the response.
    pub(crate) fn head(&self) -> &Head {
        self.reply.head()
    }

    /// Ends the stream with the error of a response that is not such a stream.
    pub(crate) fn unexpected(&mut self, detail: &str, text: Bytes) -> Error {
        self.end();
        self.reply.ended(Some(ErrorKind::Decode));
        self.reply.head().error(ErrorKind::Decode, detail, text)
    }

    pub(crate) fn poll_item(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<F::Item, Error>>> {
        let item = ready!(self.poll_states(context));
        if matches!(self.state, State::Ended) {
            self.reply.ended(item.as_ref().and_then(|item| item.as_ref().err()).map(Error::kind));
        }
        Poll::Ready(item)
    }

    fn poll_states(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<F::Item, Error>>> {
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
                    // The server says that the stream is complete.
                    Ok(false) => self.end(),
                    Err(error) => return self.failed(error),
                },
            }
        }
    }

    /// Reads up to the next item or change of state.
    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<F::Item, Error>>> {
        // Yield after 16 chunks so that a stream of comments cannot starve other tasks.
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

    /// Connects a broken stream again, or ends it.
    fn interrupted(&mut self, error: Error) -> Poll<Option<Result<F::Item, Error>>> {
        let may_resume = matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::Timeout);
        if may_resume && self.resume().is_ok() {
            return Poll::Ready(None);
        }
        let error = self.truncated(error);
        self.failed(error)
    }

    /// Returns the rest of the stream after its last chunk.
    fn finish(&mut self) -> Option<Result<F::Item, Error>> {
        let is_partial = match self.framing.finish() {
            Ok(Remainder::Item(item)) => return self.take(item),
            Ok(Remainder::None) => false,
            Ok(Remainder::Partial) => true,
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
            Err(_) if is_partial => self.truncation("the stream ended within an item"),
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

    /// Starts to connect the stream again, or returns the reason why it does not.
    fn resume(&mut self) -> Result<(), &'static str> {
        self.reply.resume(self.framing.last_event_id(), self.framing.reconnection_time())?;
        self.framing.reset();
        self.state = State::Reconnecting;
        Ok(())
    }

    /// Checks an item for a terminator or an error.
    fn take(&mut self, item: F::Item) -> Option<Result<F::Item, Error>> {
        let endpoint = self.reply.head().endpoint;
        let text = F::text(&item);
        let mut done = endpoint.options.stream.done.iter().filter(|_| F::is_data(&item));
        if let Some(mark) = done.find(|mark| matcher::matches(mark, text)) {
            self.end();
            // A terminator that is plain text carries no data.
            return (!matcher::is_text(mark)).then_some(Ok(item));
        }
        let mut failed = endpoint.options.stream.failed.iter().filter(|_| F::may_fail(&item));
        if failed.any(|mark| matcher::matches(mark, text)) {
            let error = self.reply.head().reported(Bytes::copy_from_slice(text));
            self.end();
            return Some(Err(error));
        }
        if !F::is_data(&item) {
            return None;
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

    /// Returns the error of a connection that breaks. Before a declared terminator the stream is
    /// truncated.
    fn truncated(&self, error: Error) -> Error {
        if error.kind() != ErrorKind::Interrupted
            || self.reply.head().endpoint.options.stream.done.is_empty()
        {
            return error;
        }
        self.truncation("the connection ended before the stream said that it was complete")
            .with_source(error)
    }
}
