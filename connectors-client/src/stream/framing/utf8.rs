//! Decodes UTF-8 within a size limit.

use std::borrow::Cow;
use std::str;

/// Decodes by the Encoding Standard (section 4.1, "UTF-8 decode without BOM"): invalid bytes become
/// U+FFFD. Returns `None` if the text would have more than `most` bytes.
pub(super) fn decode(bytes: &[u8], most: usize) -> Option<Cow<'_, str>> {
    if let Ok(text) = str::from_utf8(bytes) {
        return (text.len() <= most).then_some(Cow::Borrowed(text));
    }
    // A replacement can be longer than the bytes it replaces, so the length is checked first.
    (decoded_length(bytes) <= most).then(|| String::from_utf8_lossy(bytes))
}

fn decoded_length(bytes: &[u8]) -> usize {
    let replacement = |invalid: &[u8]| {
        if invalid.is_empty() { 0 } else { char::REPLACEMENT_CHARACTER.len_utf8() }
    };
    bytes.utf8_chunks().map(|chunk| chunk.valid().len() + replacement(chunk.invalid())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_known_before_decoding() {
        for bytes in
            [&b"abc"[..], b"\xff", b"a\xe2\x82", b"\xf0\x9f\x98x\xc0\x80", "…".as_bytes(), b""]
        {
            let text = String::from_utf8_lossy(bytes);
            assert_eq!(decoded_length(bytes), text.len());
            assert_eq!(decode(bytes, text.len()).unwrap(), text);
            assert!(text.is_empty() || decode(bytes, text.len() - 1).is_none());
        }
    }
}
