//! The framing of streams, as the library has it.

#[path = "../../../connectors-client/src/stream/framing/mod.rs"]
mod framing;

pub(crate) use framing::*;
