//! A blocking reader as a body: Tokio's threads for blocking work read it.

use std::io::{self, Read};
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::runtime::Handle;
use tokio::task::{JoinHandle, spawn_blocking};

use super::streamed::CHUNK;
use super::unreadable;
use crate::error::TransportError;

/// A reader whose chunks are the frames of a body.
pub(super) struct BlockingReader<R>(State<R>);

enum State<R> {
    Idle(R),
    Reading(JoinHandle<(R, io::Result<Bytes>)>),
    Ended,
}

impl<R> BlockingReader<R> {
    pub(super) fn new(reader: R) -> Self {
        Self(State::Idle(reader))
    }
}

impl<R: Read + Send + Unpin + 'static> Body for BlockingReader<R> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.0 = match std::mem::replace(&mut self.0, State::Ended) {
            State::Idle(reader) if Handle::try_current().is_ok() => {
                State::Reading(spawn_blocking(|| read(reader)))
            }
            State::Idle(_) => {
                let text = "a blocking reader can only be read inside a Tokio runtime";
                return Poll::Ready(Some(Err(unreadable(text))));
            }
            other => other,
        };
        let State::Reading(reading) = &mut self.0 else { return Poll::Ready(None) };
        let done = ready!(Pin::new(reading).poll(context));
        self.0 = State::Ended;
        let (reader, result) = match done.map_err(tokio::task::JoinError::try_into_panic) {
            Ok(done) => done,
            Err(Ok(panic)) => resume_unwind(panic),
            Err(Err(error)) => return Poll::Ready(Some(Err(unreadable(error)))),
        };
        Poll::Ready(match result {
            Ok(chunk) if chunk.is_empty() => None,
            Ok(chunk) => {
                self.0 = State::Idle(reader);
                Some(Ok(Frame::data(chunk)))
            }
            Err(error) => Some(Err(unreadable(error))),
        })
    }
}

/// Reads a chunk. An empty one is the end.
fn read<R: Read>(mut reader: R) -> (R, io::Result<Bytes>) {
    let mut buffer = vec![0; CHUNK];
    loop {
        match reader.read(&mut buffer) {
            Ok(length) => {
                buffer.truncate(length);
                return (reader, Ok(buffer.into()));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (reader, Err(error)),
        }
    }
}
