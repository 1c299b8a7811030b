//! The future of credentials.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::AuthError;

/// The future that [`Authenticate`](super::Authenticate) returns: a result, or work that waits.
pub struct AuthFuture<'a, T = ()>(State<'a, T>);

enum State<'a, T> {
    Ready(Option<Result<T, AuthError>>),
    Waiting(Pin<Box<dyn Future<Output = Result<T, AuthError>> + Send + 'a>>),
}

impl<'a, T> AuthFuture<'a, T> {
    /// Returns a result that needs no waiting, and no allocation.
    pub fn ready(result: Result<T, AuthError>) -> Self {
        Self(State::Ready(Some(result)))
    }

    /// Wraps work that waits: `AuthFuture::new(async move { .. })`.
    pub fn new(work: impl Future<Output = Result<T, AuthError>> + Send + 'a) -> Self {
        Self(State::Waiting(Box::pin(work)))
    }
}

impl<T: Unpin> Future for AuthFuture<'_, T> {
    type Output = Result<T, AuthError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            State::Ready(result) => result.take().map_or(Poll::Pending, Poll::Ready),
            State::Waiting(work) => work.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for AuthFuture<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthFuture(..)")
    }
}
