//! Test servers and a test clock, shared by all tests.

pub mod clock;
pub mod fault_server;
pub mod server;
