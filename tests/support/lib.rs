//! What the tests share.

pub mod clock;
pub mod fault_server;
pub mod server;
