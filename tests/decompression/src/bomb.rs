//! A body that is small on the wire and large once it is decompressed.

use std::io::{self, Write};

use crate::Encoding;

/// How much of a bomb is compressed at a time, in bytes.
const STEP: usize = 1 << 20;

/// A body of the letter `x`, again and again.
#[derive(Clone, Debug)]
pub enum Bomb {
    /// One that is there as a whole.
    Whole(Vec<u8>),
    /// One that goes on until nobody reads it.
    Endless(Encoding),
}

impl Bomb {
    /// A body that becomes so many mebibytes.
    ///
    /// # Panics
    ///
    /// Never: writing to memory does not fail.
    pub fn of_mebibytes(encoding: Encoding, count: usize) -> Self {
        let mut compressed = Vec::new();
        let step = vec![b'x'; STEP];
        let written =
            encoding.write(&mut compressed, |encoder| (0..count).try_for_each(|_| encoder.write_all(&step)));
        written.expect("memory can be written to");
        Self::Whole(compressed)
    }

    /// Writes the body; one without an end ends with the error of a connection that is closed.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Whole(compressed) => out.write_all(compressed),
            Self::Endless(encoding) => encoding.write(out, |encoder| {
                let step = vec![b'x'; STEP];
                loop {
                    encoder.write_all(&step)?;
                    // Otherwise an encoder keeps hundreds of mebibytes of this to itself before it says anything.
                    encoder.flush()?;
                }
            }),
        }
    }
}
