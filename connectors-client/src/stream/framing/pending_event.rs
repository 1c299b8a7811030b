//! The fields of a server-sent event that has not ended.

use super::delimiter_scanner::growth;

/// An event whose empty line has not arrived: the buffers of section 9.2.6 of the HTML standard.
#[derive(Default)]
pub(super) struct PendingEvent {
    /// Size of its lines in bytes; of their decoded text if that is longer.
    pub(super) size: usize,
    /// The lines of `data`, joined by LF.
    pub(super) data: Option<String>,
    pub(super) event: Option<String>,
    pub(super) id: Option<String>,
}

impl PendingEvent {
    /// Adds a line of data. The buffer reserves at most `most` bytes in advance.
    pub(super) fn add_data(&mut self, line: &str, most: usize) {
        let Some(data) = &mut self.data else {
            self.data = Some(line.to_owned());
            return;
        };
        data.reserve_exact(growth(data.len(), data.capacity(), 1 + line.len(), most));
        data.push('\n');
        data.push_str(line);
    }

    /// Returns true if the end of the stream would now lose nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.data.is_none() && self.event.is_none() && self.id.is_none()
    }

    /// Returns the number of bytes held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        [&self.data, &self.event, &self.id].into_iter().flatten().map(String::capacity).sum()
    }
}
