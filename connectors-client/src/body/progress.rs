//! A body that reports its progress.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::Body;
use crate::error::TransportError;
use crate::runtime::background::isolate;

/// The progress of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Number of bytes transferred so far in this attempt.
    pub bytes: u64,
    /// Total number of bytes, if known.
    pub total: Option<u64>,
}

/// The callback that receives the progress.
#[derive(Clone)]
pub(crate) struct ProgressHook(pub(crate) Arc<dyn Fn(Progress) + Send + Sync>);

impl fmt::Debug for ProgressHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProgressHook(..)")
    }
}

/// Reports each chunk to the hook.
pub(super) struct WithProgress {
    body: Body,
    hook: ProgressHook,
    progress: Progress,
}

impl WithProgress {
    pub(super) fn new(body: Body, hook: ProgressHook, total: Option<u64>) -> Self {
        Self { body, hook, progress: Progress { bytes: 0, total } }
    }
}

impl http_body::Body for WithProgress {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame
            && let Some(chunk) = frame.data_ref()
        {
            self.progress.bytes += chunk.len() as u64;
            isolate(|| (self.hook.0)(self.progress));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
