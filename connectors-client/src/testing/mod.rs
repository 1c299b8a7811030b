//! Tests without a server: fakes, and recorded responses.

pub(crate) mod fake;
#[cfg(feature = "recorder")]
pub(crate) mod recorder;
