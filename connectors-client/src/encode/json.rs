//! Encodes a value as JSON, or as bytes if it is nothing but bytes.

use std::cell::Cell;
use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// The two forms of an encoded value.
pub(crate) enum JsonOrBytes {
    Json(Vec<u8>),
    Bytes(Vec<u8>),
}

/// Encodes `value` as JSON. A value that serializes as bytes, like `bytes::Bytes`, stays these bytes.
pub(crate) fn json_or_bytes<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<JsonOrBytes> {
    let mut out = Vec::with_capacity(128);
    let is_bytes = Cell::new(false);
    value.serialize(&mut Serializer::with_formatter(
        &mut out,
        TopFormatter { depth: 0, is_bytes: &is_bytes },
    ))?;
    Ok(if is_bytes.get() { JsonOrBytes::Bytes(out) } else { JsonOrBytes::Json(out) })
}

/// Writes compact JSON, and bytes at the top unchanged.
struct TopFormatter<'a> {
    depth: usize,
    is_bytes: &'a Cell<bool>,
}

impl Formatter for TopFormatter<'_> {
    fn begin_array<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"]")
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }

    fn write_byte_array<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: &[u8]) -> io::Result<()> {
        if self.depth == 0 {
            self.is_bytes.set(true);
            return writer.write_all(value);
        }
        serde_json::to_writer(writer, value).map_err(io::Error::from)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use bytes::Bytes;

    use super::{JsonOrBytes, json_or_bytes};

    fn json(value: impl serde::Serialize) -> Option<String> {
        match json_or_bytes(&value).unwrap() {
            JsonOrBytes::Json(json) => Some(String::from_utf8(json).unwrap()),
            JsonOrBytes::Bytes(_) => None,
        }
    }

    #[test]
    fn only_bytes_at_the_top_are_sent_as_they_are() {
        let bytes = Bytes::from_static(b"\x00[");
        assert!(matches!(json_or_bytes(&bytes), Ok(JsonOrBytes::Bytes(sent)) if sent == b"\x00["));
        assert_eq!(json([bytes.clone()]).as_deref(), Some("[[0,91]]"));
        assert_eq!(json(BTreeMap::from([("a", bytes)])).as_deref(), Some("{\"a\":[0,91]}"));
        assert_eq!(json(vec![1u8]).as_deref(), Some("[1]"));
        assert_eq!(json("x").as_deref(), Some("\"x\""));
    }
}
