//! JSON text sequences: `application/json-seq`, RFC 7464.
//!
//! A record is RS, a JSON text, LF. The text may have line ends of its own (section 2.1), so that only the next RS would
//! tell for certain where a record ends. That comes with the next record, and a live stream must not be one behind:
//! therefore a record ends at the LF after which no bracket or string is open.

use std::mem;

use bytes::Bytes;

use super::TooLarge;
use super::delimiter_scanner::DelimiterScanner;
use super::lines::is_blank;

const RECORD_SEPARATOR: u8 = 0x1e;

/// A record that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// What stands in it, without RS and the LF at its end.
    pub(crate) text: Bytes,
    /// Whether it lacks its RS, or the LF after the text's end (section 2.4): what is there need not be all, even where it
    /// is JSON, as `12` may be a part of `123`.
    pub(crate) is_truncated: bool,
}

/// Finds the records of a stream.
///
/// ```text
/// push(chunk) → next() → Some(record), None → push(chunk) → .. → finish() → Some(record), None
/// ```
pub(crate) struct JsonSequence {
    cutter: DelimiterScanner,
    /// There was an RS, and no record since.
    is_in_record: bool,
    nesting: Nesting,
}

impl JsonSequence {
    /// Reads records of up to so many bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self { cutter: DelimiterScanner::new(limit), is_in_record: false, nesting: Nesting::default() }
    }

    /// Adds a chunk, when [`next`](Self::next) has nothing more to give of the one before.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        self.cutter.push(chunk);
    }

    /// The next record; `None` where its end has not come yet.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, TooLarge> {
        while let Some((text, mark)) = self.cutter.take(0, |text| self.nesting.end_in(text))? {
            self.nesting = Nesting::default();
            let record = self.record(text, mark == b'\n');
            self.is_in_record |= mark == RECORD_SEPARATOR;
            if record.is_some() {
                return Ok(record);
            }
        }
        Ok(None)
    }

    /// Ends the stream: gives what [`next`](Self::next) would, then the record that has no end.
    pub(crate) fn finish(&mut self) -> Result<Option<Record>, TooLarge> {
        if let Some(record) = self.next()? {
            return Ok(Some(record));
        }
        let text = self.cutter.rest();
        Ok(self.record(text, false))
    }

    /// How many bytes are held.
    #[cfg(test)]
    pub(crate) fn buffered(&self) -> usize {
        self.cutter.buffered()
    }

    /// The record of this text. White space before it, or between records, is none.
    fn record(&mut self, text: Bytes, is_ended: bool) -> Option<Record> {
        if is_blank(&text) {
            return None;
        }
        let is_begun = mem::take(&mut self.is_in_record);
        Some(Record { text, is_truncated: !(is_begun && is_ended) })
    }
}

/// What of a JSON text is open.
#[derive(Default)]
struct Nesting {
    brackets: usize,
    is_in_string: bool,
    is_after_backslash: bool,
}

impl Nesting {
    /// Where the record ends: at an RS, which JSON never has, or at an LF where nothing is open.
    fn end_in(&mut self, text: &[u8]) -> Option<usize> {
        text.iter().position(|byte| self.is_end(*byte))
    }

    fn is_end(&mut self, byte: u8) -> bool {
        if byte == RECORD_SEPARATOR {
            return true;
        }
        if self.is_in_string {
            self.read_in_string(byte);
            return false;
        }
        match byte {
            b'\n' => return self.brackets == 0,
            b'"' => self.is_in_string = true,
            b'{' | b'[' => self.brackets += 1,
            b'}' | b']' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
        false
    }

    fn read_in_string(&mut self, byte: u8) {
        if !mem::take(&mut self.is_after_backslash) {
            self.is_after_backslash = byte == b'\\';
            self.is_in_string = byte != b'"';
        }
    }
}
