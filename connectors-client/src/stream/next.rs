//! The next item of a stream, as a future.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

/// The next item of a stream, returned by `.next()` of [`EventStream`](crate::EventStream),
/// [`Pages`](crate::Pages) and the other streams. Dropping it loses no item.
#[derive(Debug)]
#[must_use = "nothing is read until it is awaited"]
pub struct Next<'a, S>(&'a mut S);

impl<'a, S> Next<'a, S> {
    pub(crate) fn new(stream: &'a mut S) -> Self {
        Self(stream)
    }
}

impl<S: Stream + Unpin> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.0).poll_next(context)
    }
}
