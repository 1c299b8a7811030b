//! A body that is small on the wire and large once it is decompressed.

use std::io::{self, Write};

use crate::Encoding;

/// Number of bytes of a bomb that are compressed at a time.
const STEP: usize = 1 << 20;

/// A body of repeated letters `x`.
#[derive(Clone, Debug)]
pub enum Bomb {
    /// A bomb that exists as a whole.
    Whole(Vec<u8>),
    /// A bomb that grows until the client stops reading.
    Endless(Encoding),
}

impl Bomb {
    /// Returns a body that becomes this many mebibytes.
    ///
    /// # Panics
    ///
    /// Never: writing to memory does not fail.
    pub fn of_mebibytes(encoding: Encoding, count: usize) -> Self {
        let mut compressed = Vec::new();
        let step = vec![b'x'; STEP];
        let written = encoding.write(&mut compressed, |encoder| {
            (0..count).try_for_each(|_| encoder.write_all(&step))
        });
        written.expect("memory can be written to");
        Self::Whole(compressed)
    }

    /// Writes the body. An endless one stops with the error of a closed connection.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Whole(compressed) => out.write_all(compressed),
            Self::Endless(encoding) => encoding.write(out, |encoder| {
                let step = vec![b'x'; STEP];
                loop {
                    encoder.write_all(&step)?;
                    // Otherwise an encoder buffers hundreds of mebibytes before it writes anything.
                    encoder.flush()?;
                }
            }),
        }
    }
}
