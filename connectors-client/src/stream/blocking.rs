//! Streams as iterators, for blocking use.

use futures_core::Stream;

use crate::error::Error;
use crate::runtime::background;

/// The items of a stream, each of which the thread waits for: what `for item in stream` iterates over.
///
/// It is for threads that may wait. Inside an async task the one item is a [`Runtime`](crate::ErrorKind::Runtime) error.
#[derive(Debug)]
pub struct BlockingItems<S> {
    stream: S,
    has_failed: bool,
}

impl<S> BlockingItems<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, has_failed: false }
    }

    /// The stream, to go on with.
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
