//! What the lines of a server-sent event have said so far.

use std::mem;

use bytes::Bytes;

use super::delimiter_scanner::grow;
use super::utf8::Utf8Bytes;

/// An event whose empty line has not come yet: the buffers of section 9.2.6 of the HTML standard.
#[derive(Default)]
pub(super) struct PendingEvent {
    /// How many bytes its lines have, decoded where that is more.
    pub(super) size: usize,
    pub(super) data: Option<Data>,
    pub(super) event: Option<Kept>,
    pub(super) id: Option<Kept>,
}

impl PendingEvent {
    /// Adds a line of data. The buffer for several of them will not grow beyond so many bytes on its own account.
    pub(super) fn add_data(&mut self, line: Utf8Bytes, most: usize) {
        self.data = Some(match self.data.take() {
            None => Data::Line(line.into_bytes()),
            Some(data) => data.with(line.as_bytes(), most),
        });
    }

    /// Whether an end of the stream now would lose something.
    pub(super) fn is_empty(&self) -> bool {
        self.data.is_none() && self.event.is_none() && self.id.is_none()
    }

    /// Lets go of the chunk.
    pub(super) fn detach(&mut self) {
        self.data = self.data.take().map(Data::detached);
        for kept in [&mut self.event, &mut self.id].into_iter().flatten() {
            kept.detach();
        }
    }

    /// How many bytes are held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        let data = match &self.data {
            None => 0,
            Some(Data::Line(line)) => line.len(),
            Some(Data::Buffer(buffer)) => buffer.capacity(),
        };
        data + [&self.event, &self.id]
            .into_iter()
            .flatten()
            .map(|kept| kept.text.as_bytes().len())
            .sum::<usize>()
    }
}

/// The lines of `data`, joined by LF.
pub(super) enum Data {
    /// The only one, as it lies in the chunk.
    Line(Bytes),
    Buffer(Vec<u8>),
}

impl Data {
    /// All of it.
    pub(super) fn into_text(self) -> Utf8Bytes {
        Utf8Bytes::known(match self {
            Self::Line(line) => line,
            Self::Buffer(buffer) => buffer.into(),
        })
    }

    fn with(self, line: &[u8], most: usize) -> Self {
        let mut buffer = match self {
            Self::Line(first) => {
                let mut buffer = Vec::with_capacity(first.len() + 1 + line.len());
                buffer.extend_from_slice(&first);
                buffer
            }
            Self::Buffer(buffer) => buffer,
        };
        grow(&mut buffer, 1 + line.len(), most);
        buffer.push(b'\n');
        buffer.extend_from_slice(line);
        Self::Buffer(buffer)
    }

    fn detached(self) -> Self {
        match self {
            Self::Line(line) => Self::Buffer(line.to_vec()),
            Self::Buffer(_) => self,
        }
    }
}

/// A text that is kept: as a part of its chunk while that is read, and then on its own.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) text: Utf8Bytes,
    is_of_chunk: bool,
}

impl Kept {
    /// A text that may be a part of the chunk.
    pub(super) fn of_chunk(text: Utf8Bytes) -> Self {
        Self { text, is_of_chunk: true }
    }

    /// Lets go of the chunk; copies once, however many chunks follow.
    pub(super) fn detach(&mut self) {
        if mem::take(&mut self.is_of_chunk) {
            self.text = self.text.detached();
        }
    }
}
