//! A file as a body: it is read while it is sent. Each attempt opens it again.

use std::fs::File as StdFile;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::Handle;
use tokio::task::{self, JoinHandle};

use super::one_shot::OneShotBody;
use super::streamed::Reader;
use super::{Body, Content};

/// Returns the body of a file, with its current length.
pub(super) fn body(path: &Path) -> Body {
    let length = match length(path) {
        Ok(length) => length,
        Err(error) => {
            return Body::mistake(format!("cannot be read from `{}`: {error}", path.display()));
        }
    };
    let content_type =
        mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream");
    let path = path.to_owned();
    let open = move || {
        let reader = Reader::new(Opened::new(path.clone(), length));
        Body::new(Content::OneShot(OneShotBody::new(reader))).with_length(length)
    };
    Body::from_fn(open).with_content_type(content_type)
}

fn length(path: &Path) -> io::Result<u64> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(io::Error::other("it is not a regular file"))
    }
}

/// Reads the first `left` bytes of a file. The first read opens it.
struct Opened {
    state: State,
    left: u64,
}

enum State {
    Closed(PathBuf),
    Opening(JoinHandle<io::Result<StdFile>>),
    Open(File),
}

impl Opened {
    fn new(path: PathBuf, length: u64) -> Self {
        Self { state: State::Closed(path), left: length }
    }

    fn poll_open(&mut self, context: &mut Context<'_>) -> Poll<io::Result<&mut File>> {
        if let State::Closed(path) = &mut self.state {
            // Tokio's files panic without a runtime.
            if Handle::try_current().is_err() {
                return Poll::Ready(Err(io::Error::other(
                    "a file can only be read inside a Tokio runtime",
                )));
            }
            let path = std::mem::take(path);
            self.state = State::Opening(task::spawn_blocking(move || StdFile::open(path)));
        }
        if let State::Opening(opening) = &mut self.state {
            let file = ready!(Pin::new(opening).poll(context)).map_err(io::Error::other)??;
            self.state = State::Open(File::from_std(file));
        }
        match &mut self.state {
            State::Open(file) => Poll::Ready(Ok(file)),
            State::Closed(_) | State::Opening(_) => Poll::Pending,
        }
    }
}

impl AsyncRead for Opened {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.remaining());
        if left == 0 {
            return Poll::Ready(Ok(()));
        }
        let mut chunk = ReadBuf::new(buffer.initialize_unfilled_to(left));
        let file = match ready!(self.poll_open(context)) {
            Ok(file) => file,
            Err(error) => {
                // The file is not opened again.
                self.left = 0;
                return Poll::Ready(Err(error));
            }
        };
        ready!(Pin::new(file).poll_read(context, &mut chunk))?;
        let read = chunk.filled().len();
        buffer.advance(read);
        // The chunk is not larger than `left`.
        self.left -= read as u64;
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::Pin;

    use http_body::Body as _;

    use crate::Body;

    #[tokio::test]
    async fn a_missing_file_gives_one_error_and_then_ends() {
        let path = std::env::temp_dir().join(format!("connectors-gone-{}", std::process::id()));
        std::fs::write(&path, "x").unwrap();
        let mut body = Body::file(&path);
        std::fs::remove_file(&path).unwrap();
        let mut frame = async || poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        assert!(frame().await.unwrap().is_err());
        assert!(!matches!(frame().await, Some(Ok(_))));
    }
}
