//! Lines of JSON (NDJSON, JSON Lines): `application/x-ndjson` and its other names.
//!
//! Only LF and CRLF end a line. All else that ends one elsewhere (a CR alone, U+0085, U+2028, U+2029) may stand in a
//! JSON text, raw or in its strings.

use bytes::Bytes;
use memchr::memchr;

use super::TooLarge;
use super::delimiter_scanner::DelimiterScanner;

/// A line that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Which it is, counted from 1; blank ones count.
    pub(crate) number: u64,
    /// What stands in it, without its end.
    pub(crate) text: Bytes,
    /// Whether it has an end. Only the last line may lack it, by intent or because the stream was cut off.
    pub(crate) is_ended: bool,
}

/// Finds the lines of a stream. Those of white space only are left out.
///
/// ```text
/// push(chunk) → next() → Some(line), Some(line), None → push(chunk) → .. → finish() → Some(line), None
/// ```
pub(crate) struct Lines {
    cutter: DelimiterScanner,
    /// How many lines there were.
    count: u64,
}

impl Lines {
    /// Reads lines of up to so many bytes, of which a CR at the end is one.
    pub(crate) fn new(limit: usize) -> Self {
        Self { cutter: DelimiterScanner::new(limit), count: 0 }
    }

    /// Adds a chunk, when [`next`](Self::next) has nothing more to give of the one before.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        self.cutter.push(chunk);
    }

    /// The next line; `None` where its end has not come yet.
    pub(crate) fn next(&mut self) -> Result<Option<Line>, TooLarge> {
        while let Some((mut text, _)) = self.cutter.take(0, |text| memchr(b'\n', text))? {
            // Which has one byte at least.
            if text.ends_with(b"\r") {
                text.truncate(text.len() - 1);
            }
            if let Some(line) = self.line(text, true) {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// Ends the stream: gives what [`next`](Self::next) would, then the line that has no end.
    pub(crate) fn finish(&mut self) -> Result<Option<Line>, TooLarge> {
        if let Some(line) = self.next()? {
            return Ok(Some(line));
        }
        let text = self.cutter.rest();
        Ok(self.line(text, false))
    }

    /// How many bytes are held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        self.cutter.buffered()
    }

    fn line(&mut self, text: Bytes, is_ended: bool) -> Option<Line> {
        self.count += 1;
        (!is_blank(&text)).then_some(Line { number: self.count, text, is_ended })
    }
}

/// Whether there is nothing but the white space of JSON (RFC 8259 section 2).
pub(super) fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}
