//! An input taken apart.

/// The texts of an input, which stand behind each other with a byte 0xFF between them. What is no UTF-8 is replaced.
pub(crate) fn texts(input: &[u8]) -> Vec<String> {
    pieces(input).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect()
}

/// The same as bytes.
pub(crate) fn pieces(input: &[u8]) -> impl Iterator<Item = &[u8]> {
    input.split(|byte| *byte == 0xff)
}
