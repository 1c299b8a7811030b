//! The Tokio runtimes that calls run in: the caller's, and a background runtime for blocking calls.

pub(crate) mod affinity;
pub(crate) mod background;
