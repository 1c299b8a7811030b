//! What must hold whatever a server, a caller or the machine does: secrets stay where they belong, calls end, and nothing
//! is left behind.

mod alone;
mod captured;
mod careless;
mod extremes;
mod full_port;
mod lean_server;
mod leftovers;
mod process;
mod public_types;
mod redirects;
mod runtimes;
mod scanner;
mod secrets;
mod shown;
mod sizes;
mod soak;
