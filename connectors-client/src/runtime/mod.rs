//! The Tokio runtimes that calls run in: the caller's own, and one in the background for blocking calls.

pub(crate) mod affinity;
pub(crate) mod background;
