//! JSON lines and JSON text sequences.

use serde::de::IgnoredAny;

use crate::cuts;
use crate::stream::TooLarge;
use crate::stream::json_sequence::{JsonSequence, Record};
use crate::stream::lines::{Line, Lines};

#[path = "../../../connectors-client/src/stream/tests/reading.rs"]
mod reading;

use reading::{read_lines, read_records};

/// A limit that no input reaches.
const AMPLE: usize = 1 << 20;

/// Reads a stream as lines and as records. The first byte sets the limit, the second the chunks.
///
/// Lines are separated by line feeds. Lines and records do not depend on the chunks, and stay
/// within the limit. Every JSON text written as a line or record is read back unchanged.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn json_lines(input: &[u8]) {
    let [limit, seed, stream @ ..] = input else { return };
    let lines = read_lines(AMPLE, [stream]);
    let found: Vec<_> = lines.0.iter().map(|line| (line.number, &*line.text, line.is_ended)).collect();
    assert_eq!((found, lines.1), (between_line_feeds(stream), None));

    let limit = [0, 1, 8, 24, 64, 300, AMPLE][usize::from(*limit) % 7];
    let (lines, records) = (read_lines(limit, [stream]), read_records(limit, [stream]));
    // The beginning of a byte order mark counts as text only at the end of the stream.
    let is_within = |text: &[u8]| text.len() <= limit || b"\xef\xbb".starts_with(text);
    assert!(lines.0.iter().all(|line| is_within(&line.text)));
    assert!(records.0.iter().all(|record| is_within(&record.text)));
    for chunks in cuts::of(stream, *seed) {
        assert_eq!(read_lines(limit, chunks.iter().copied()), lines);
        assert_eq!(read_records(limit, chunks.iter().copied()), records);
    }
    check_written(stream, *seed);
}

/// Returns the JSON values of the stream, serialized again.
fn check_written(stream: &[u8], seed: u8) {
    let texts = stream.split(|byte| matches!(byte, b'\n' | 0x1e));
    let texts: Vec<_> = texts.filter(|text| serde_json::from_slice::<IgnoredAny>(text).is_ok()).collect();

    let lines: Vec<u8> = texts.iter().flat_map(|text| [text, &b"\n"[..]].concat()).collect();
    for chunks in cuts::of(&lines, seed) {
        let (read, failure) = read_lines(AMPLE, chunks.iter().copied());
        assert_eq!(failure, None);
        let read: Vec<_> = read.iter().map(|line| (line.text.trim_ascii(), line.is_ended)).collect();
        assert_eq!(read, texts.iter().map(|text| (text.trim_ascii(), true)).collect::<Vec<_>>());
    }

    // A JSON text with several lines is still one record.
    let spread = |text: &&[u8]| text.to_vec();
    let texts: Vec<_> = texts.iter().map(spread).chain(pretty(&texts)).collect();
    let records: Vec<u8> = texts.iter().flat_map(|text| [b"\x1e", &text[..], b"\n"].concat()).collect();
    for chunks in cuts::of(&records, seed) {
        let (read, failure) = read_records(AMPLE, chunks.iter().copied());
        assert_eq!(failure, None);
        let read: Vec<_> =
            read.iter().map(|record| (record.text.trim_ascii(), record.is_truncated)).collect();
        assert_eq!(read, texts.iter().map(|text| (text.trim_ascii(), false)).collect::<Vec<_>>());
    }
}

fn pretty(texts: &[&[u8]]) -> Vec<Vec<u8>> {
    let values = texts.iter().filter_map(|text| serde_json::from_slice::<serde_json::Value>(text).ok());
    values.filter_map(|value| serde_json::to_vec_pretty(&value).ok()).collect()
}

fn between_line_feeds(stream: &[u8]) -> Vec<(u64, &[u8], bool)> {
    let text = stream.strip_prefix(b"\xef\xbb\xbf").unwrap_or(stream);
    let pieces: Vec<_> = text.split(|byte| *byte == b'\n').collect();
    let lines = pieces.iter().zip(1u64..).map(|(piece, number)| {
        let is_ended = number < pieces.len() as u64;
        let text = if is_ended { piece.strip_suffix(b"\r").unwrap_or(piece) } else { piece };
        (number, text, is_ended)
    });
    lines.filter(|(_, text, _)| !text.iter().all(|byte| b" \t\r".contains(byte))).collect()
}
