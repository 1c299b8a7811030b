//! What must hold whatever a server, a caller or the machine does: secrets stay where they belong, calls end, and nothing
//! is left behind.

mod alone;
mod captured;
mod careless;
mod extremes;
mod full_port;
mod given_urls;
mod injection;
mod lean_server;
mod leftovers;
mod on_the_way;
#[path = "../plain_reqwest.rs"]
#[allow(dead_code, reason = "what other tests need of it")]
mod plain_reqwest;
mod process;
mod public_types;
mod redirects;
mod runtimes;
mod scanner;
mod secrets;
mod shown;
mod sizes;
mod soak;
