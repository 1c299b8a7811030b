//! JSON lines.

use serde::de::IgnoredAny;

use crate::cuts;
use crate::stream::TooLarge;
use crate::stream::lines::{Line, Lines};

#[path = "../../../connectors-client/src/stream/tests/reading.rs"]
mod reading;

use reading::read_lines;

/// A limit that no input reaches.
const AMPLE: usize = 1 << 20;

/// Reads a stream of lines. The first byte sets the limit, the second the chunks.
///
/// Lines are separated by line feeds. They do not depend on the chunks, and stay within the limit.
/// Every JSON text written as a line is read back unchanged.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn json_lines(input: &[u8]) {
    let [limit, seed, stream @ ..] = input else { return };
    let lines = read_lines(AMPLE, [stream]);
    let found: Vec<_> =
        lines.0.iter().map(|line| (line.number, &*line.text, line.is_ended)).collect();
    assert_eq!((found, lines.1), (between_line_feeds(stream), None));

    let limit = [0, 1, 8, 24, 64, 300, AMPLE][usize::from(*limit) % 7];
    let lines = read_lines(limit, [stream]);
    // The beginning of a byte order mark counts as text only at the end of the stream.
    let is_within = |text: &[u8]| text.len() <= limit || b"\xef\xbb".starts_with(text);
    assert!(lines.0.iter().all(|line| is_within(&line.text)));
    for chunks in cuts::of(stream, *seed) {
        assert_eq!(read_lines(limit, chunks.iter().copied()), lines);
    }
    check_written(stream, *seed);
}

/// Writes the JSON texts of the stream as lines and reads them back.
fn check_written(stream: &[u8], seed: u8) {
    let texts = stream.split(|byte| *byte == b'\n');
    let texts: Vec<_> =
        texts.filter(|text| serde_json::from_slice::<IgnoredAny>(text).is_ok()).collect();

    let lines: Vec<u8> = texts.iter().flat_map(|text| [text, &b"\n"[..]].concat()).collect();
    for chunks in cuts::of(&lines, seed) {
        let (read, failure) = read_lines(AMPLE, chunks.iter().copied());
        assert_eq!(failure, None);
        let read: Vec<_> =
            read.iter().map(|line| (line.text.trim_ascii(), line.is_ended)).collect();
        assert_eq!(read, texts.iter().map(|text| (text.trim_ascii(), true)).collect::<Vec<_>>());
    }
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
