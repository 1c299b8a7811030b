//! Code shared by the examples, which tests can call too.

pub mod apis;
pub mod embedded;
pub mod manage;
mod serve;

pub use serve::serve;
