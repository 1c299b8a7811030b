//! Lines of JSON (NDJSON, JSON Lines): `application/x-ndjson` and its other names.
//!
//! Only LF and CRLF end a line. Other line ends (CR alone, U+0085, U+2028, U+2029) may be part of a
//! JSON text, between its tokens or in its strings.

use std::mem;

use bytes::Bytes;
use memchr::memchr;

use super::TooLarge;
use super::delimiter_scanner::DelimiterScanner;

/// A line that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Number of the line. The first line is 1; blank lines count.
    pub(crate) number: u64,
    /// The text of the line, without its end.
    pub(crate) text: Bytes,
    /// True if all earlier lines were blank.
    pub(crate) is_first: bool,
    /// False for a last line without an end. The server may have left the end out, or the stream
    /// was cut off.
    pub(crate) is_ended: bool,
}

/// Finds the lines of a stream. Blank lines are skipped.
///
/// ```text
/// push(chunk) → next() → Some(line), Some(line), None → push(chunk) → .. → finish() → Some(line), None
/// ```
pub(crate) struct Lines {
    scanner: DelimiterScanner,
    /// Number of lines so far.
    count: u64,
    /// True if all of them were blank.
    is_blank: bool,
}

impl Lines {
    /// Limits a line to `limit` bytes, including a CR at its end.
    pub(crate) fn new(limit: usize) -> Self {
        Self { scanner: DelimiterScanner::new(limit), count: 0, is_blank: true }
    }

    /// Adds a chunk, after [`next`](Self::next) has returned `None`.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        self.scanner.push(chunk);
    }

    /// Returns the next line; `None` if its end has not arrived.
    pub(crate) fn next(&mut self) -> Result<Option<Line>, TooLarge> {
        while let Some((mut text, _)) = self.scanner.take(0, |text| memchr(b'\n', text))? {
            if text.ends_with(b"\r") {
                text.truncate(text.len() - 1);
            }
            if let Some(line) = self.line(text, true) {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// Ends the stream. Returns the same as [`next`](Self::next), then the line without an end.
    pub(crate) fn finish(&mut self) -> Result<Option<Line>, TooLarge> {
        if let Some(line) = self.next()? {
            return Ok(Some(line));
        }
        let text = self.scanner.rest();
        Ok(self.line(text, false))
    }

    /// Returns the number of bytes held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        self.scanner.buffered()
    }

    fn line(&mut self, text: Bytes, is_ended: bool) -> Option<Line> {
        self.count += 1;
        if is_blank(&text) {
            return None;
        }
        let is_first = mem::take(&mut self.is_blank);
        Some(Line { number: self.count, text, is_first, is_ended })
    }
}

/// Returns true if the text is only white space of JSON (RFC 8259 section 2).
fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}
