//! A stream while it is observed.

use std::time::Instant;

use super::facts::Outcome;
use super::observer::Ending;
use super::{CallFacts, spans};
use crate::endpoint::Endpoint;
use crate::error::ErrorKind;
use crate::retry::clock::ClientClock;

/// Watches a stream until its end. Dropping it before says that the caller has dropped the stream.
pub(crate) struct StreamWatch {
    endpoint: &'static Endpoint,
    clock: ClientClock,
    url: String,
    attempts: u32,
    started: Instant,
    chunks: u64,
    bytes: u64,
    ending: Ending,
    /// True if there is no event.
    is_discarded: bool,
}

impl StreamWatch {
    /// Returns nothing if no subscriber wants the event.
    pub(super) fn begin(
        endpoint: &'static Endpoint,
        clock: &ClientClock,
        url: &str,
        attempts: u32,
    ) -> Option<Box<Self>> {
        spans::are_enabled().then(|| {
            Box::new(Self {
                endpoint,
                started: clock.now(),
                clock: clock.clone(),
                url: url.to_owned(),
                attempts,
                chunks: 0,
                bytes: 0,
                ending: Ending::Cancelled,
                is_discarded: false,
            })
        })
    }

    pub(crate) fn chunk(&mut self, bytes: usize) {
        self.chunks += 1;
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    pub(crate) fn discard(mut self) {
        self.is_discarded = true;
    }

    /// Notes the end of the stream: complete, or by an error.
    pub(crate) fn ended(&mut self, error: Option<ErrorKind>) {
        self.ending = error.map_or(Ending::Complete, |kind| Ending::Failed { kind });
    }
}

impl Drop for StreamWatch {
    fn drop(&mut self) {
        if self.is_discarded {
            return;
        }
        let outcome = Outcome { ending: self.ending, status: None, not_retried: None };
        let error_type = self.ending.error_type(None);
        let facts = CallFacts {
            endpoint: self.endpoint,
            url: &self.url,
            attempts: self.attempts,
            elapsed: self.clock.now().saturating_duration_since(self.started),
            error_type: error_type.as_deref(),
        };
        spans::stream_ended(&facts, &outcome, (self.chunks, self.bytes));
    }
}
