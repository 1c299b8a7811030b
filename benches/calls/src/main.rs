//! Compares instructions, allocations, CPU, time and memory of the same calls in several ways.
//!
//! `cargo run --release -p calls [-- <rounds>]` builds each way separately, so that none gets the
//! features of another. It runs them in turns against a server in its own process and writes the
//! table of RESULTS.md.

mod compare;
mod instructions;
mod picture;
mod serve;

use calls::Failure;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve"] => serve::run(),
        [] => compare::run(5),
        [rounds] => compare::run(rounds.parse()?),
        _ => Err("usage: calls [<rounds>]".into()),
    }
}
