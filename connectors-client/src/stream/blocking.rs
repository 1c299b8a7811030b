//! Streams as iterators, for blocking use.

use futures_core::Stream;

use crate::error::Error;
use crate::runtime::background;

/// A blocking iterator over the items of a stream, used by `for item in stream`.
///
/// The calling thread waits for each item. Inside an async task, where a thread must not wait, the
/// only item is a [`Runtime`](crate::ErrorKind::Runtime) error.
#[derive(Debug)]
pub struct BlockingItems<S> {
    stream: S,
    has_failed: bool,
}

impl<S> BlockingItems<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, has_failed: false }
    }

    /// Returns the stream, which continues after the last item.
    pub fn into_stream(self) -> S {
        self.stream
    }
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for BlockingItems<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        match background::next(&mut self.stream) {
            Ok(item) => item,
            Err(error) => {
                self.has_failed = true;
                Some(Err(error))
            }
        }
    }
}
