//! Text that shares the memory of the bytes it came in.

use std::fmt;
use std::str;

use bytes::Bytes;

/// Bytes that are UTF-8.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Utf8Bytes(Bytes);

impl Utf8Bytes {
    /// A text of the program.
    pub(crate) const fn from_static(text: &'static str) -> Self {
        Self(Bytes::from_static(text.as_bytes()))
    }

    /// Bytes that are known to be UTF-8. Others would be an empty text.
    pub(crate) fn known(bytes: Bytes) -> Self {
        debug_assert!(str::from_utf8(&bytes).is_ok());
        Self(bytes)
    }

    /// Decodes as the Encoding Standard does (section 4.1, "UTF-8 decode without BOM"): what is no UTF-8 becomes U+FFFD.
    /// Only then the bytes are copied. `None` where that text would have more than so many bytes.
    pub(crate) fn decode(bytes: Bytes, most: usize) -> Option<Self> {
        if str::from_utf8(&bytes).is_ok() {
            return (bytes.len() <= most).then_some(Self(bytes));
        }
        // Each replacement is longer than what it stands for, so that the length has to be known first.
        (decoded_length(&bytes) <= most).then(|| Self(String::from_utf8_lossy(&bytes).into_owned().into()))
    }

    /// The text. Finding that it is one is repeated here, as the alternative is unsafe code.
    pub(crate) fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, to be shared.
    pub(crate) fn bytes(&self) -> &Bytes {
        &self.0
    }

    /// The bytes, without a copy.
    pub(crate) fn into_bytes(self) -> Bytes {
        self.0
    }

    /// A copy with memory of its own.
    pub(super) fn detached(&self) -> Self {
        Self(Bytes::copy_from_slice(&self.0))
    }
}

/// How many bytes the text has that bytes are decoded to.
fn decoded_length(bytes: &[u8]) -> usize {
    let replacement =
        |invalid: &[u8]| if invalid.is_empty() { 0 } else { char::REPLACEMENT_CHARACTER.len_utf8() };
    bytes.utf8_chunks().map(|chunk| chunk.valid().len() + replacement(chunk.invalid())).sum()
}

impl fmt::Debug for Utf8Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_known_before_anything_is_decoded() {
        for bytes in [&b"abc"[..], b"\xff", b"a\xe2\x82", b"\xf0\x9f\x98x\xc0\x80", "…".as_bytes(), b""] {
            let text = String::from_utf8_lossy(bytes);
            let shared = Bytes::copy_from_slice(bytes);
            assert_eq!(decoded_length(bytes), text.len());
            assert_eq!(Utf8Bytes::decode(shared.clone(), text.len()).unwrap().as_str(), text);
            assert!(text.is_empty() || Utf8Bytes::decode(shared, text.len() - 1).is_none());
        }
    }
}
