//! Guarantees that hold for every server, caller and machine: secrets do not leak, calls end, and
//! nothing is left behind.

mod alone;
mod captured;
mod careless;
mod extremes;
#[cfg(unix)]
mod forks;
mod full_port;
mod given_urls;
mod injection;
mod lean_server;
mod leftovers;
mod on_the_way;
mod passing_failures;
#[path = "../plain_reqwest.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod plain_reqwest;
mod process;
mod proxy_refusals;
mod public_types;
mod redirects;
mod rooms;
mod runtimes;
mod scanner;
mod secrets;
mod shown;
mod sizes;
mod soak;
