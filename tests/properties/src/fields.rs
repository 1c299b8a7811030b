//! Splits an input into its fields.

/// Returns the texts of an input, which are separated by the byte 0xFF. Invalid UTF-8 is replaced.
pub(crate) fn texts(input: &[u8]) -> Vec<String> {
    pieces(input).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect()
}

/// Returns the fields as bytes.
pub(crate) fn pieces(input: &[u8]) -> impl Iterator<Item = &[u8]> {
    input.split(|byte| *byte == 0xff)
}
