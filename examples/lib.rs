//! What the examples share, so that tests can call it too.

pub mod embedded;
pub mod manage;
