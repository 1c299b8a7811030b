//! HTTP content encodings, and a server whose compressed bodies grow enormously.

mod bomb;
mod bomb_server;

use std::io::{self, Write};

pub use bomb::Bomb;
pub use bomb_server::BombServer;

/// An encoding that the library decodes (RFC 9110 section 8.4.1, RFC 7932, RFC 8878).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// RFC 1952.
    Gzip,
    /// The zlib format of RFC 1950, which HTTP calls deflate.
    Deflate,
    /// RFC 7932.
    Brotli,
    /// RFC 8878, with checksums.
    Zstd,
}

impl Encoding {
    /// All encodings.
    pub const ALL: [Self; 4] = [Self::Gzip, Self::Deflate, Self::Brotli, Self::Zstd];

    /// Returns the value of `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// Returns the encoding with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.name() == name)
    }

    /// Compresses a whole body.
    ///
    /// # Panics
    ///
    /// Never: writing to memory does not fail.
    pub fn compressed(self, body: &[u8]) -> Vec<u8> {
        let mut compressed = Vec::new();
        self.write(&mut compressed, |encoder| encoder.write_all(body))
            .expect("memory can be written to");
        compressed
    }

    /// Compresses the bytes that `fill` writes, and finishes the encoding.
    ///
    /// # Errors
    ///
    /// Errors of writing to `out` and of `fill`.
    pub fn write(
        self,
        out: &mut dyn Write,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        match self {
            Self::Gzip => {
                let mut encoder =
                    flate2::write::GzEncoder::new(out, flate2::Compression::default());
                fill(&mut encoder)?;
                encoder.finish().map(drop)
            }
            Self::Deflate => {
                let mut encoder =
                    flate2::write::ZlibEncoder::new(out, flate2::Compression::default());
                fill(&mut encoder)?;
                encoder.finish().map(drop)
            }
            Self::Brotli => {
                let mut encoder = brotli::CompressorWriter::new(out, 4096, 4, 22);
                fill(&mut encoder)?;
                // Dropping the encoder finishes it.
                encoder.flush()
            }
            Self::Zstd => {
                let mut encoder = zstd::Encoder::new(out, 3)?;
                encoder.include_checksum(true)?;
                fill(&mut encoder)?;
                encoder.finish().map(drop)
            }
        }
    }
}
