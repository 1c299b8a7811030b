//! What the examples share, so that tests can call it too.

pub mod apis;
pub mod embedded;
pub mod manage;
mod serve;

pub use serve::serve;
